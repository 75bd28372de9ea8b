//! The notice article by article: every kind of filing by every class of applicant.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};

use super::*;
use crate::{division::register, identifier::DivisionCode, rule::Mark};

const DAY: Date = date(2026, 11, 2);

/// One applicant of every class, a league (盟) and a city each where it matters.
const APPLICANTS: [(ApplicantClass, &str); 12] = [
    (ApplicantClass::RegionOffice, "内蒙古自治区人民政府办公厅"),
    (ApplicantClass::RegionDepartment, "内蒙古自治区教育厅"),
    (ApplicantClass::LeagueOffice, "锡林郭勒盟行政公署办公室"),
    (ApplicantClass::LeagueOffice, "赤峰市人民政府办公室"),
    (ApplicantClass::LeagueDepartment, "锡林郭勒盟教育局"),
    (ApplicantClass::BannerOffice, "太仆寺旗人民政府办公室"),
    (ApplicantClass::BannerDepartment, "赤峰市松山区教育局"),
    (ApplicantClass::BannerDepartment, "达茂旗教育局"),
    (ApplicantClass::Township, "赤峰市松山区穆家营子镇人民政府"),
    (ApplicantClass::InnerOffice, "赤峰市教育局办公室"),
    (ApplicantClass::PublicInstitution, "赤峰市图书馆"),
    (ApplicantClass::Enterprise, "赤峰市城市建设投资有限公司"),
];

fn applicant(name: &str) -> Applicant {
    Applicant::from_name(name, register::all()).unwrap()
}

fn ask(kind: FilingKind, name: &str, known: Circumstances) -> Result<Route, Refusal> {
    let applicant = applicant(name);
    route(kind, &applicant, &known, &rules_on(&applicant, DAY))
}

fn plain(kind: FilingKind, name: &str) -> Result<Route, Refusal> {
    ask(kind, name, Circumstances::default())
}

/// `office:act > office:act`, the way a person would write a route on a slip.
fn slip(route: &Route) -> String {
    let short = |name: &str| {
        name.replace("内蒙古自治区人民政府", "自治区")
            .replace("人民政府办公室", "")
            .replace("行政公署办公室", "")
            .replace("赤峰市松山区", "松山区")
    };
    let steps: Vec<String> =
        route.steps.iter().map(|step| format!("{}{}", short(&step.office.name), step.act.chinese())).collect();
    steps.join(" > ")
}

const NO_INNER: &str = "!内设机构";
const NO_SCOPE: &str = "!管理范围";

#[test]
fn every_kind_by_every_class() {
    use FilingKind as K;
    let up = [
        "自治区批准",
        "自治区办公厅批准",
        "自治区办公厅批准",
        "自治区办公厅批准",
        "锡林郭勒盟受理审核 > 自治区办公厅批准",
        "锡林郭勒盟受理审核 > 自治区办公厅批准",
        "松山区受理审核 > 赤峰市审核 > 自治区办公厅批准",
        "达尔罕茂明安联合旗受理审核 > 包头市审核 > 自治区办公厅批准",
        "松山区受理审核 > 赤峰市审核 > 自治区办公厅批准",
        NO_INNER,
        "赤峰市受理审核 > 自治区办公厅批准",
        "赤峰市受理审核 > 自治区办公厅批准",
    ];
    let same = [
        "自治区批准",
        "自治区办公厅审核",
        "自治区办公厅审核",
        "自治区办公厅审核",
        "锡林郭勒盟审核",
        "锡林郭勒盟审核",
        "松山区审核",
        "达尔罕茂明安联合旗审核",
        "松山区审核",
        NO_INNER,
        "赤峰市审核",
        "赤峰市审核",
    ];
    let change = [
        "自治区批准",
        "自治区办公厅备案",
        "自治区办公厅备案",
        "自治区办公厅备案",
        "锡林郭勒盟备案",
        "锡林郭勒盟备案",
        "松山区受理审核 > 赤峰市备案",
        "达尔罕茂明安联合旗受理审核 > 包头市备案",
        "松山区受理审核 > 赤峰市备案",
        NO_INNER,
        "赤峰市备案",
        "赤峰市备案",
    ];
    let remove = [
        "国务院办公厅审核",
        "自治区办公厅书面上报 > 国务院办公厅审核",
        "自治区办公厅书面上报 > 国务院办公厅审核",
        "自治区办公厅书面上报 > 国务院办公厅审核",
        "锡林郭勒盟书面上报 > 自治区办公厅书面上报 > 国务院办公厅审核",
        "锡林郭勒盟书面上报 > 自治区办公厅书面上报 > 国务院办公厅审核",
        "松山区书面上报 > 赤峰市书面上报 > 自治区办公厅书面上报 > 国务院办公厅审核",
        "达尔罕茂明安联合旗书面上报 > 包头市书面上报 > 自治区办公厅书面上报 > 国务院办公厅审核",
        "松山区书面上报 > 赤峰市书面上报 > 自治区办公厅书面上报 > 国务院办公厅审核",
        NO_INNER,
        "赤峰市书面上报 > 自治区办公厅书面上报 > 国务院办公厅审核",
        "赤峰市书面上报 > 自治区办公厅书面上报 > 国务院办公厅审核",
    ];
    let mut site_open = up;
    (site_open[8], site_open[10], site_open[11]) = ("!原则上不开设网站", NO_SCOPE, NO_SCOPE);
    let mut account_open = up;
    (account_open[1], account_open[10], account_open[11]) = ("自治区办公厅审核", NO_SCOPE, NO_SCOPE);
    for (kind, expected) in [
        (K::SiteOpen, site_open),
        (K::SiteChange, change),
        (K::SiteSuspend, up),
        (K::SiteClose, up),
        (K::SiteMerge, up),
        (K::AccountOpen, account_open),
        (K::AccountChange, same),
        (K::AccountClose, same),
        (K::AccountRemove, remove),
        (K::AccountSponsorChange, same),
    ] {
        for ((class, name), expected) in APPLICANTS.into_iter().zip(expected) {
            assert_eq!(applicant(name).class(), class, "{name}");
            match (plain(kind, name), expected.strip_prefix('!')) {
                (Ok(route), None) => {
                    assert_eq!(slip(&route), expected, "{kind:?} {name}");
                    check_whole(&route);
                }
                (Err(refusal), Some(said)) => {
                    assert!(refusal.explanation.contains(said), "{kind:?} {name}: {refusal}");
                    assert!(refusal.explanation.starts_with("依据") && !refusal.basis.is_empty(), "{refusal}");
                }
                (told, _) => panic!("{kind:?} {name}: {told:?}"),
            }
        }
    }
}

/// What holds of every route.
fn check_whole(route: &Route) {
    let text = &route.explanation;
    assert!(text.starts_with("依据") && text.contains("需经") && text.contains(&route.applicant.name), "{text}");
    assert!(text.contains("〔"), "{text}");
    let cited: BTreeSet<&str> = route.basis.iter().map(|clause| clause.rule.as_str()).collect();
    let mut used: Vec<&str> = route.steps.iter().map(|part| part.basis.as_str()).collect();
    used.extend(route.gates.iter().map(|part| part.basis.as_str()));
    used.extend(route.submissions.iter().map(|part| part.basis.as_str()));
    used.extend(route.notices.iter().map(|part| part.basis.as_str()));
    used.extend(route.limits.iter().map(|part| part.basis.as_str()));
    used.extend(route.warnings.iter().map(|part| part.basis.as_str()));
    used.extend(route.papers.iter().map(|part| part.basis.as_str()));
    used.extend(route.afterwards.iter().map(|part| part.basis.as_str()));
    assert!(used.iter().all(|basis| cited.contains(basis)), "{route:?}");
    assert!(!route.steps.is_empty() && !route.papers.is_empty() && !route.submissions.is_empty(), "{route:?}");
    for step in &route.steps {
        assert!(text.contains(&step.office.name), "{text}");
        assert_ne!(step.office.name, route.applicant.name, "an office decides on its own application: {text}");
    }
    assert!(!text.contains('{') && !text.contains("。。"), "{text}");
}

#[test]
fn a_site_goes_live_only_after_its_gates() {
    let route = plain(FilingKind::SiteOpen, "锡林郭勒盟教育局").unwrap();
    let gates: Vec<(GateKind, Mark)> = route.gates.iter().map(|gate| (gate.kind, gate.mark)).collect();
    for kind in [GateKind::Approval, GateKind::NationalReceipt, GateKind::SiteCode, GateKind::SecurityTest] {
        assert!(gates.contains(&(kind, Mark::V)), "{kind:?}");
    }
    for kind in
        [GateKind::Domain, GateKind::ConacMark, GateKind::IcpRecord, GateKind::ProtectionGrade, GateKind::PoliceRecord]
    {
        assert!(gates.contains(&(kind, Mark::H)), "{kind:?}");
    }
    assert_eq!(gates.last(), Some(&(GateKind::SecurityTest, Mark::V)));
    assert_eq!(route.submissions[0].system, NationalSystem::Sites);
    let portal = plain(FilingKind::SiteOpen, "赤峰市人民政府办公室").unwrap();
    assert_eq!(portal.decision, Decision::Expected);
    assert!(portal.gates.iter().any(|gate| gate.kind == GateKind::ProtectionGrade && gate.what.contains("第3级")));
    assert_eq!(portal.notices[0].place, "上级政府门户网站");
    assert_eq!(route.notices[0].place, "本级政府门户网站");
}

#[test]
fn banner_departments_are_told_that_in_principle_they_open_no_site() {
    let route = plain(FilingKind::SiteOpen, "达茂旗教育局").unwrap();
    assert_eq!(route.decision, Decision::InPrincipleNot);
    assert!(route.explanation.contains("原则上不开设") && route.needs_confirmation());
    let refusal = plain(FilingKind::SiteOpen, "松山区穆家营子镇人民政府").unwrap_err();
    assert_eq!(refusal.reason, RefusalReason::NotForThisClass);
    assert!(refusal.basis[0].mark.needs_confirmation() && refusal.explanation.contains("待确认"));
}

#[test]
fn one_site_per_unit_and_one_account_per_platform() {
    for (kind, sites, accounts, refused) in [
        (FilingKind::SiteOpen, Some(0), Some(9), false),
        (FilingKind::SiteOpen, Some(1), None, true),
        (FilingKind::SiteOpen, Some(2), None, true),
        (FilingKind::AccountOpen, Some(9), Some(0), false),
        (FilingKind::AccountOpen, None, Some(1), true),
        (FilingKind::AccountChange, Some(9), Some(9), false),
    ] {
        let known = Circumstances { existing_sites: sites, existing_accounts: accounts, ..Circumstances::default() };
        let told = ask(kind, "内蒙古自治区教育厅", known);
        assert_eq!(told.as_ref().is_err_and(|refusal| refusal.reason == RefusalReason::AlreadyHasOne), refused);
        if let Ok(route) = told {
            assert!(!route.warnings.iter().any(|warning| warning.message.contains("请核对本单位")), "{route:?}");
        }
    }
}

#[test]
fn a_suspension_is_short_and_rare() {
    for (days, had, refused) in
        [(Some(30), Some(0), false), (Some(31), Some(0), true), (Some(1), Some(1), true), (None, None, false)]
    {
        let known = Circumstances { suspension_days: days, suspensions_this_year: had, ..Circumstances::default() };
        let told = ask(FilingKind::SiteSuspend, "赤峰市教育局", known);
        assert_eq!(told.is_err(), refused, "{days:?} {had:?}: {told:?}");
        if let Ok(route) = told {
            let limits: Vec<(i64, Mark)> = route.limits.iter().map(|limit| (limit.most, limit.mark)).collect();
            assert_eq!(limits, [(30, Mark::H), (1, Mark::H)]);
        }
    }
}

#[test]
fn a_closing_site_keeps_its_notice_for_thirty_days_and_a_new_sponsor_is_told_to_the_public() {
    for kind in [FilingKind::SiteClose, FilingKind::SiteMerge] {
        let route = plain(kind, "赤峰市教育局").unwrap();
        assert_eq!(route.notices[0].least_days, Some(30));
        assert!(route.explanation.contains("问责"));
    }
    let route = plain(FilingKind::AccountSponsorChange, "赤峰市教育局").unwrap();
    assert!(route.notices[0].place.contains("向社会公告") && route.notices[0].mark == Mark::V);
}

#[test]
fn accounts_must_be_certified_and_clients_speak_ipv6() {
    let route = plain(FilingKind::AccountOpen, "达茂旗教育局").unwrap();
    assert_eq!(route.submissions[0].system, NationalSystem::Accounts);
    assert!(route.gates.iter().any(|gate| gate.kind == GateKind::Certification));
    assert!(route.gates.iter().any(|gate| gate.only_for.as_deref() == Some("移动客户端")));
    assert_eq!(plain(FilingKind::AccountOpen, "太仆寺旗人民政府办公室").unwrap().decision, Decision::Expected);
}

#[test]
fn party_organs_and_authorised_bodies_follow_by_reference() {
    for name in ["赤峰市委宣传部", "内蒙古自治区互联网信息办公室", "包头稀土高新技术产业开发区管理委员会"]
    {
        let route = plain(FilingKind::AccountOpen, name).unwrap();
        assert!(route.explanation.contains("参照通知执行"), "{}", route.explanation);
    }
}

#[test]
fn a_day_without_rules_and_a_place_without_register_are_told_not_guessed() {
    let chifeng = applicant("赤峰市教育局");
    let early = rules_on(&chifeng, date(2021, 7, 7));
    let refusal = route(FilingKind::AccountOpen, &chifeng, &Circumstances::default(), &early).unwrap_err();
    assert_eq!(refusal.reason, RefusalReason::NoRule);
    let elsewhere = Applicant { division: DivisionCode::parse("110101").unwrap(), ..chifeng };
    let rules = rules_on(&elsewhere, DAY);
    let refusal = route(FilingKind::AccountOpen, &elsewhere, &Circumstances::default(), &rules).unwrap_err();
    assert_eq!(refusal.reason, RefusalReason::UnknownDivision);
}

#[test]
fn every_division_and_kind_of_applicant_gets_an_answer() {
    for registered in register::all() {
        for kind in ApplicantKind::ALL {
            let applicant = Applicant { name: "某单位".to_owned(), division: registered.code.clone(), kind };
            let rules = rules_on(&applicant, DAY);
            for filing in FilingKind::ALL {
                match route(filing, &applicant, &Circumstances::default(), &rules) {
                    Ok(route) => check_whole(&route),
                    Err(refusal) => assert!(!refusal.basis.is_empty(), "{refusal}"),
                }
            }
        }
    }
}

#[test]
fn the_explanation_reads_as_one_text() {
    let text = plain(FilingKind::AccountOpen, "锡林郭勒盟教育局").unwrap().explanation;
    assert!(
        text.starts_with(
            "依据自治区人民政府办公厅关于政府网站和政务新媒体管理的通知（内政办字〔2021〕45号）二（二）1、二（二）2"
        ),
        "{text}"
    );
    assert!(
        text.contains("需经锡林郭勒盟行政公署办公室受理审核并上报，再经内蒙古自治区人民政府办公厅批准。"),
        "{text}"
    );
}
