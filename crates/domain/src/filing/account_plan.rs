//! Accounts: 通知 二（二）1–2.

use super::{
    Act, ApplicantClass, Circumstances, Decision, FilingKind, GateKind, NationalSystem, Office, Refusal, RefusalReason,
    plan::Draft, site_plan::own_decision,
};

const SYSTEM: NationalSystem = NationalSystem::Accounts;

pub(super) fn plan(draft: &mut Draft<'_, '_>, above: Vec<Office>, known: &Circumstances) -> Result<(), Refusal> {
    if draft.applicant().class() == ApplicantClass::InnerOffice {
        let rule = if draft.kind().opens() { "filing.account-inner-office" } else { "filing.sponsor" };
        return Err(draft.refuse(RefusalReason::InnerOffice, rule, &[]));
    }
    match draft.kind() {
        FilingKind::AccountOpen => open(draft, above, known),
        FilingKind::AccountRemove => remove(draft, above),
        FilingKind::AccountSponsorChange => sponsor_change(draft, above),
        FilingKind::AccountClose => {
            same_level(draft, above)?;
            draft.papers("filing.account-papers", "close")?;
            system(draft, "关停申请", "关停之前")
        }
        _ => {
            same_level(draft, above)?;
            draft.papers("filing.account-papers", "change")?;
            system(draft, "变更申请", "变更之前")
        }
    }
}

fn open(draft: &mut Draft<'_, '_>, above: Vec<Office>, known: &Circumstances) -> Result<(), Refusal> {
    let class = draft.applicant().class();
    let who = draft.cite("filing.account-who")?;
    if draft.applicant().is_office() || class == ApplicantClass::RegionDepartment {
        draft.route.decision = Decision::Expected;
    } else {
        draft.cite("filing.account-graded")?;
        draft.warn(who.finding(&[]), &who);
    }
    check_count(draft, known)?;
    if class == ApplicantClass::RegionOffice {
        own_decision(draft)?;
    } else if class == ApplicantClass::RegionDepartment {
        let rule = draft.cite("filing.account-region")?;
        above.into_iter().for_each(|office| draft.step(office, Act::Review, &rule));
    } else {
        let rule = draft.cite("filing.account-open-local")?;
        township(draft)?;
        let last = above.len().saturating_sub(1);
        for (index, office) in above.into_iter().enumerate() {
            let act = match index {
                at if at == last => Act::Approve,
                0 => Act::Accept,
                _ => Act::Review,
            };
            draft.step(office, act, &rule);
        }
    }
    draft.papers("filing.account-papers", "open")?;
    system(draft, "开设申请", "注册账号之前")?;
    gates(draft)
}

fn check_count(draft: &mut Draft<'_, '_>, known: &Circumstances) -> Result<(), Refusal> {
    let rule = draft.cite("filing.account-one")?;
    let most = rule.whole("max").unwrap_or(1);
    match known.existing_accounts {
        Some(existing) if i64::from(existing) >= most => {
            let observed = [("existing", existing.to_string())];
            return Err(draft.refuse(RefusalReason::AlreadyHasOne, "filing.account-one", &observed));
        }
        Some(_) => {}
        None => draft.warn("申请前请核对本单位在同一平台没有其他账号。", &rule),
    }
    draft.limit("一个单位在同一平台的账号", most, "个", &rule);
    Ok(())
}

fn gates(draft: &mut Draft<'_, '_>) -> Result<(), Refusal> {
    let class = draft.applicant().class();
    let approval = match class {
        ApplicantClass::RegionOffice => draft.cite("filing.region-office")?,
        ApplicantClass::RegionDepartment => draft.cite("filing.account-region")?,
        _ => draft.cite("filing.account-open-local")?,
    };
    draft.gate(GateKind::Approval, "审核获批后才能注册账号", None, &approval);
    let system = draft.cite("filing.account-system")?;
    draft.gate(GateKind::NationalReceipt, "在全国政务新媒体报送系统提交申请", None, &system);
    let name = draft.cite("filing.account-name")?;
    draft.gate(GateKind::AccountName, "账号名称简洁规范，与主办单位职责相关", None, &name);
    draft.gate(GateKind::Certification, "公开认证信息中标明主办单位名称", None, &name);
    let ipv6 = draft.cite("filing.account-ipv6")?;
    draft.gate(GateKind::Ipv6, "全面支持IPv6", Some("移动客户端"), &ipv6);
    Ok(())
}

fn remove(draft: &mut Draft<'_, '_>, above: Vec<Office>) -> Result<(), Refusal> {
    let rule = draft.cite("filing.account-remove")?;
    township(draft)?;
    above.into_iter().for_each(|office| draft.step(office, Act::Submit, &rule));
    draft.step(Office::of_the_state_council(), Act::Review, &rule);
    draft.papers("filing.account-papers", "remove")?;
    draft.submit(SYSTEM, "删除该账号的信息", "国务院办公厅审核同意之后", &rule);
    Ok(())
}

fn sponsor_change(draft: &mut Draft<'_, '_>, above: Vec<Office>) -> Result<(), Refusal> {
    let rule = draft.cite("filing.account-sponsor")?;
    same_level(draft, above)?;
    draft.papers("filing.account-papers", "sponsor_change")?;
    draft.notice("主办单位变化公告", "向社会公告（通知未限定地点，可在原账号和本级政府门户网站）", None, &rule);
    draft.afterwards("及时变更认证信息和账号信息；不再使用的，注销账号", &rule);
    draft.warn("新主办单位属于其他地区的，还要由其本级政府办公厅（室）按账号变更或开设办理。", &rule);
    system(draft, "变更或注销申请", "主办单位变化后及时")
}

/// Change and closure: the office of the same level reviews. An office's own account goes one level up instead, as
/// long as the parameter says so.
fn same_level(draft: &mut Draft<'_, '_>, above: Vec<Office>) -> Result<(), Refusal> {
    let class = draft.applicant().class();
    if class == ApplicantClass::RegionOffice {
        return own_decision(draft);
    }
    let at_region = above.len() == 1 && !draft.applicant().is_office();
    let rule = draft.cite(if at_region { "filing.account-region" } else { "filing.account-change-local" })?;
    township(draft)?;
    let mut reviewer = above.into_iter().next();
    if draft.applicant().is_office() {
        let own = draft.cite("filing.own-application")?;
        if !own.flag("goes_up") {
            reviewer = Office::of(&draft.applicant().division);
        } else {
            draft.warn(own.finding(&[]), &own);
        }
        if let Some(office) = reviewer {
            draft.step(office, Act::Review, &own);
        }
        return Ok(());
    }
    if let Some(office) = reviewer {
        draft.step(office, Act::Review, &rule);
    }
    Ok(())
}

fn township(draft: &mut Draft<'_, '_>) -> Result<(), Refusal> {
    if draft.applicant().class() == ApplicantClass::Township {
        let rule = draft.cite("filing.township-account")?;
        draft.warn(rule.finding(&[]), &rule);
    }
    Ok(())
}

fn system(draft: &mut Draft<'_, '_>, what: &str, when: &str) -> Result<(), Refusal> {
    let rule = draft.cite("filing.account-system")?;
    draft.submit(SYSTEM, what, when, &rule);
    Ok(())
}
