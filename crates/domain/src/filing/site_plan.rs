//! Sites: 通知 二（一）3 and what 国办发〔2017〕47号 adds.

use super::{
    Act, ApplicantClass, Circumstances, Decision, FilingKind, GateKind, NationalSystem, Office, OfficeLevel, Refusal,
    RefusalReason, plan::Draft,
};
use crate::rule::RuleInForce;

const SYSTEM: NationalSystem = NationalSystem::Sites;

pub(super) fn plan(draft: &mut Draft<'_, '_>, above: Vec<Office>, known: &Circumstances) -> Result<(), Refusal> {
    if draft.applicant().class() == ApplicantClass::InnerOffice {
        return Err(draft.refuse(RefusalReason::InnerOffice, "filing.sponsor", &[]));
    }
    match draft.kind() {
        FilingKind::SiteOpen => open(draft, above, known),
        FilingKind::SiteChange => change(draft, above),
        FilingKind::SiteSuspend => suspend(draft, above, known),
        FilingKind::SiteMerge => merge(draft, above),
        _ => close(draft, above),
    }
}

fn open(draft: &mut Draft<'_, '_>, above: Vec<Office>, known: &Circumstances) -> Result<(), Refusal> {
    let rule = draft.cite("filing.site-open")?;
    check_class(draft)?;
    check_count(draft, known)?;
    level_by_level(draft, above, &rule)?;
    draft.papers("filing.site-papers", "open")?;
    gates(draft, &rule)?;
    draft.submit(SYSTEM, "网站基本信息，申请政府网站标识码", "获批之后、上线之前", &rule);
    let class = draft.applicant().class();
    if class != ApplicantClass::RegionOffice {
        let announcement = draft.cite("filing.site-announcement")?;
        let place = if draft.applicant().is_office() { "上级政府门户网站" } else { "本级政府门户网站" };
        draft.notice("网站开通公告", place, None, &announcement);
    }
    Ok(())
}

/// Who opens a site at all.
fn check_class(draft: &mut Draft<'_, '_>) -> Result<(), Refusal> {
    let class = draft.applicant().class();
    let who = draft.rule("filing.site-who")?;
    let listed = |key: &str| who.list(key).iter().any(|word| word == class.as_str());
    let observed = [("class", class.chinese().to_owned())];
    if listed("refused") {
        return Err(draft.refuse(RefusalReason::NotForThisClass, "filing.site-who", &observed));
    }
    if listed("in_principle_not") {
        draft.cite("filing.site-who")?;
        draft.route.decision = Decision::InPrincipleNot;
        let unit = draft.applicant().name.clone();
        let sentence = who.finding(&[("unit", unit), observed[0].clone()]);
        draft.warn(format!("{sentence}确有特殊需要的，才按下列路线逐级申请。"), &who);
    } else if draft.applicant().is_office() {
        draft.cite("filing.site-who")?;
        draft.route.decision = Decision::Expected;
    }
    Ok(())
}

fn check_count(draft: &mut Draft<'_, '_>, known: &Circumstances) -> Result<(), Refusal> {
    let rule = draft.cite("filing.site-one")?;
    let most = rule.whole("max").unwrap_or(1);
    match known.existing_sites {
        Some(existing) if i64::from(existing) >= most => {
            let observed = [("existing", existing.to_string())];
            return Err(draft.refuse(RefusalReason::AlreadyHasOne, "filing.site-one", &observed));
        }
        Some(_) => {}
        None => draft.warn("申请前请核对本单位没有其他网站。", &rule),
    }
    draft.limit("一个单位开设的网站", most, "个", &rule);
    Ok(())
}

fn gates(draft: &mut Draft<'_, '_>, open: &RuleInForce<'_>) -> Result<(), Refusal> {
    draft.gate(GateKind::Approval, "自治区人民政府办公厅批准", None, open);
    let records = draft.cite("filing.site-records")?;
    draft.gate(GateKind::Domain, "域名按规定注册（.gov.cn、.政务）", None, &records);
    draft.gate(GateKind::ConacMark, "向机构编制部门申请加挂党政机关网站标识", None, &records);
    let class = draft.applicant().class();
    let portal = matches!(class, ApplicantClass::RegionOffice | ApplicantClass::LeagueOffice);
    // Sites opened before that regulation are judged without it.
    match draft.rule("filing.site-grading").ok().filter(|_| portal) {
        Some(_) => {
            let grading = draft.cite("filing.site-grading")?;
            draft.gate(GateKind::ProtectionGrade, &grading.finding(&[]), None, &grading);
        }
        None => draft.gate(GateKind::ProtectionGrade, "完成网络安全等级保护定级备案", None, &records),
    }
    draft.gate(GateKind::IcpRecord, "向通信管理部门办理ICP备案", None, &records);
    draft.gate(GateKind::PoliceRecord, "向公安机关备案", None, &records);
    draft.gate(GateKind::NationalReceipt, "在全国政府网站信息报送系统提交基本信息，取得回执", None, open);
    draft.gate(GateKind::SiteCode, "取得政府网站标识码", None, open);
    draft.gate(GateKind::SecurityTest, "通过安全检测", None, open);
    Ok(())
}

fn change(draft: &mut Draft<'_, '_>, above: Vec<Office>) -> Result<(), Refusal> {
    let rule = draft.cite("filing.site-change")?;
    draft.cite("filing.competent")?;
    // The nearest office that oversees sites: leagues and the region (通知 一（二）); a banner's office passes on.
    let reach = above.iter().position(|office| office.level < OfficeLevel::Banner).map_or(0, |at| at + 1);
    let last = reach.saturating_sub(1);
    for (index, office) in above.into_iter().take(reach).enumerate() {
        draft.step(office, if index == last { Act::Record } else { Act::Accept }, &rule);
    }
    if reach == 0 {
        own_decision(draft)?;
    }
    draft.papers("filing.site-papers", "change")?;
    draft.submit(SYSTEM, "变更后的网站信息", "变更后及时更新", &rule);
    draft.notice("域名变更公告（变更域名时）", "原网站", None, &rule);
    Ok(())
}

fn suspend(draft: &mut Draft<'_, '_>, above: Vec<Office>, known: &Circumstances) -> Result<(), Refusal> {
    let rule = draft.cite("filing.site-suspend")?;
    let (days, times) = (rule.whole("days").unwrap_or(0), rule.whole("times").unwrap_or(0));
    let too_long = known.suspension_days.filter(|asked| i64::from(*asked) > days);
    let too_often = known.suspensions_this_year.filter(|had| i64::from(*had) >= times);
    if too_long.is_some() || too_often.is_some() {
        let refusal = draft.refuse(RefusalReason::OverTheLimit, "filing.site-suspend", &[]);
        let long = too_long.map(|asked| format!("申请{asked}天，超过{days}天。")).unwrap_or_default();
        let often = too_often.map(|had| format!("本年已临时下线{had}次，不能再次申请。")).unwrap_or_default();
        let advice = "请缩短时间，或办理永久下线。";
        return Err(Refusal { explanation: format!("{}{long}{often}{advice}", refusal.explanation), ..refusal });
    }
    level_by_level(draft, above, &rule)?;
    draft.limit("每次临时下线", days, "天", &rule);
    draft.limit("每年临时下线", times, "次", &rule);
    if known.suspensions_this_year.is_none() {
        draft.warn("申请前请核对本年是否已经临时下线过。", &rule);
    }
    draft.papers("filing.site-papers", "suspend")?;
    draft.submit(SYSTEM, "网站临时下线状态和起止日期", "获批之后、下线之前", &rule);
    draft.notice("临时下线公告", "本网站和本级政府门户网站", None, &rule);
    draft.afterwards("按期恢复运行，并在报送系统更新状态", &rule);
    unauthorised(draft)
}

fn close(draft: &mut Draft<'_, '_>, above: Vec<Office>) -> Result<(), Refusal> {
    let rule = draft.cite("filing.site-close")?;
    level_by_level(draft, above, &rule)?;
    draft.papers("filing.site-papers", "close")?;
    take_down(draft, &rule);
    unauthorised(draft)
}

fn merge(draft: &mut Draft<'_, '_>, above: Vec<Office>) -> Result<(), Refusal> {
    let rule = draft.cite("filing.site-merge")?;
    let closing = draft.cite("filing.site-close")?;
    level_by_level(draft, above, &rule)?;
    draft.papers("filing.site-papers", "merge")?;
    draft.afterwards("内容迁入保留的网站，有价值的原网页归档，显著标注“已归档”和归档时间", &rule);
    take_down(draft, &closing);
    unauthorised(draft)
}

/// What follows when a site goes for good.
fn take_down(draft: &mut Draft<'_, '_>, rule: &RuleInForce<'_>) {
    draft.notice("网站迁移公告", "本网站首页显著位置", rule.whole("notice_days"), rule);
    draft.submit(SYSTEM, "网站关停状态", "注销手续办完后及时更新", rule);
    draft.afterwards("公告期满后注销党政机关网站标识、ICP备案、公安机关备案和域名", rule);
}

fn unauthorised(draft: &mut Draft<'_, '_>) -> Result<(), Refusal> {
    let rule = draft.cite("filing.site-unauthorised")?;
    draft.warn(rule.finding(&[]), &rule);
    Ok(())
}

/// Same-level office, then every office up to the region's, which approves. Whether those between take part is a
/// matter of the guidelines, and so of a parameter.
fn level_by_level(draft: &mut Draft<'_, '_>, above: Vec<Office>, rule: &RuleInForce<'_>) -> Result<(), Refusal> {
    if above.is_empty() {
        return own_decision(draft);
    }
    draft.cite("filing.competent")?;
    let levels = draft.rule("filing.site-levels")?;
    let last = above.len() - 1;
    let between = levels.flag("level_by_level");
    for (index, office) in above.into_iter().enumerate() {
        match index {
            at if at == last => draft.step(office, Act::Approve, rule),
            0 => draft.step(office, Act::Accept, rule),
            _ if between => {
                draft.cite("filing.site-levels")?;
                draft.step(office, Act::Review, &levels);
            }
            _ => {}
        }
    }
    Ok(())
}

/// The region's own office: no office of the region stands above it, so its government's head agrees.
pub(super) fn own_decision(draft: &mut Draft<'_, '_>) -> Result<(), Refusal> {
    let rule = draft.cite("filing.region-office")?;
    if let Some(government) = Office::government_of(&draft.applicant().division) {
        draft.step(government, Act::Approve, &rule);
    }
    draft.warn(rule.finding(&[]), &rule);
    Ok(())
}
