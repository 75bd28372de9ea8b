use jiff::civil::date;

use super::{AT, assessment, borrowed, found, id, leaving, points, scored};
use crate::{
    indicator::{IndicatorKind, Points, Subject, Verdict},
    rule::{RulesInForce, builtin::book},
    score::{Outcome, Reason, score},
};

#[test]
fn below_sixty_fails_and_only_above_eighty_do_bonuses_count() {
    let bonus = ("site.bonus.innovation".to_owned(), found(Some(points("3"))));
    for (left, qualified, bonus_part, total) in [
        ("100", true, Some("3"), "103"),
        ("80.1", true, Some("3"), "83.1"),
        ("80.0001", true, Some("3"), "83.0001"),
        ("80", true, None, "80"),
        ("79.9", true, None, "79.9"),
        ("60", true, None, "60"),
        ("59.99", false, None, "59.99"),
        ("0", false, None, "0"),
    ] {
        let mut changes = leaving(left, true);
        changes.push(bonus.clone());
        let score = scored(Subject::Portal, true, &borrowed(&changes));
        assert_eq!(score.outcome == Outcome::Qualified, qualified, "{left}");
        assert_eq!(score.deduction_part, Some(points(left)), "{left}");
        assert_eq!((score.bonus_part, score.total), (bonus_part.map(points), Some(points(total))), "{left}");
        if !qualified {
            let reason = Reason::BelowPassLine { at_most: points(left), line: points("60") };
            assert_eq!(score.outcome, Outcome::Unqualified { because: vec![reason] });
        }
    }
}

#[test]
fn bodies_without_services_are_judged_on_seventy_five_points_times_four_thirds() {
    for (left, qualified, total) in [
        ("75", true, Points::whole(100)),
        ("60.0001", true, points("60.0001").converted(Points::whole(75), Points::whole(100))),
        ("60", true, Points::whole(80)),
        ("45", true, Points::whole(60)),
        ("44.9999", false, points("44.9999").converted(Points::whole(75), Points::whole(100))),
        ("71", true, points("71").converted(Points::whole(75), Points::whole(100))),
    ] {
        let score = scored(Subject::Portal, false, &borrowed(&leaving(left, false)));
        assert_eq!((score.outcome == Outcome::Qualified, score.total), (qualified, Some(total)), "{left}");
        assert!(!score.lines.iter().any(|line| line.rule.as_str() == "site.veto.services"));
        assert!(!score.lines.iter().any(|line| line.group == "办事服务"));
    }
    // 60 of 75 are exactly 80 of 100: no bonus; a ten-thousandth more and the bonus counts.
    let bonus = ("site.bonus.media".to_owned(), found(None));
    for (left, counts) in [("60", false), ("60.0001", true)] {
        let mut changes = leaving(left, false);
        changes.push(bonus.clone());
        assert_eq!(scored(Subject::Portal, false, &borrowed(&changes)).bonus_part.is_some(), counts, "{left}");
    }
}

#[test]
fn services_found_wanting_do_not_touch_a_body_without_services() {
    let changes = [("site.veto.services", found(None)), ("site.deduct.guides", found(None))];
    assert_eq!(scored(Subject::Portal, false, &changes).total, Some(Points::whole(100)));
    assert_eq!(scored(Subject::Portal, true, &changes).total, None);
}

#[test]
fn the_worked_example_of_a_department_gives_eighty_nine() {
    let score = scored(
        Subject::Portal,
        true,
        &[
            ("site.deduct.policies", found(Some(points("5")))),
            ("site.deduct.service_statistics", found(Some(points("2")))),
            ("site.deduct.letters_public", found(Some(points("3")))),
            ("site.deduct.availability", found(Some(points("1")))),
        ],
    );
    assert_eq!((&score.outcome, score.total), (&Outcome::Qualified, Some(points("89"))));
    assert_eq!(score.headline(), "合格，89分（暂定）");
    let json = serde_json::to_value(&score).unwrap();
    assert_eq!((&json["outcome"], &json["total"]), (&"qualified".into(), &89.into()));
    assert_eq!(serde_json::from_value::<super::Score>(json).unwrap(), score);
}

#[test]
fn an_indicator_never_takes_more_than_its_points() {
    for (rule, taken, left) in [
        ("site.deduct.overview", "99", "95"),
        ("site.deduct.service_statistics", "2.0001", "98"),
        ("site.deduct.ipv6", "-5", "100"),
    ] {
        let score = scored(Subject::Portal, true, &[(rule, found(Some(points(taken))))]);
        assert_eq!(score.deduction_part, Some(points(left)), "{rule}");
    }
    let capped = scored(Subject::Portal, true, &[("site.deduct.overview", found(Some(points("9"))))]);
    assert!(capped.explain().iter().any(|line| line.contains("各处合计9分，以本项总分值5分为限")));
}

#[test]
fn one_veto_and_there_is_no_score_whatever_else_was_found() {
    for (subject, rule) in [
        (Subject::Portal, "site.veto.security"),
        (Subject::Portal, "site.veto.unreachable"),
        (Subject::DepartmentSite, "site.veto.home_stale"),
        (Subject::DepartmentSite, "site.veto.columns_stale"),
        (Subject::Portal, "site.veto.no_response"),
        (Subject::Portal, "site.veto.services"),
        (Subject::Account, "account.veto.security"),
        (Subject::Account, "account.veto.stale"),
        (Subject::Account, "account.veto.interaction"),
        (Subject::Oversight, "oversight.veto.serious"),
        (Subject::Oversight, "oversight.veto.failed"),
    ] {
        let score = scored(subject, true, &[(rule, found(None))]);
        let Outcome::Unqualified { because } = &score.outcome else { panic!("{rule}: {:?}", score.outcome) };
        assert!(matches!(&because[..], [Reason::Veto { rule: found, .. }] if found.as_str() == rule), "{because:?}");
        assert_eq!((score.deduction_part, score.bonus_part, score.total, score.range), (None, None, None, None));
        assert!(serde_json::to_value(&score).unwrap()["total"].is_null());
        assert!(score.headline().starts_with("不合格（单项否决，不评分）"), "{}", score.headline());
    }
}

#[test]
fn accounts_and_department_sites_are_judged_by_vetoes_only() {
    for subject in [Subject::Account, Subject::DepartmentSite] {
        let score = scored(subject, true, &[]);
        assert_eq!((score.outcome, score.total), (Outcome::Qualified, None), "{subject:?}");
        assert!(score.lines.iter().all(|line| line.kind == IndicatorKind::Veto));
    }
}

#[test]
fn oversight_has_a_scheme_of_its_own() {
    let score = scored(
        Subject::Oversight,
        true,
        &[("oversight.deduct.error_reports", found(Some(points("8")))), ("oversight.bonus.intensive", found(None))],
    );
    assert_eq!((score.deduction_part, score.total), (Some(points("92")), Some(points("97"))));
    let poor = scored(
        Subject::Oversight,
        true,
        &[
            ("oversight.deduct.error_reports", found(None)),
            ("oversight.deduct.quarterly", found(None)),
            ("oversight.bonus.intensive", found(None)),
        ],
    );
    assert_eq!((poor.outcome == Outcome::Qualified, poor.total), (false, Some(points("50"))));
}

#[test]
fn a_veto_that_only_a_person_may_find_is_not_found_by_a_machine() {
    let mut machine = found(None);
    if let Verdict::Found { findings } = &mut machine {
        findings[0].decided_by = None;
    }
    let score = scored(Subject::Portal, true, &[("site.veto.security", machine)]);
    assert!(
        matches!(&score.outcome, Outcome::Undecided { lacking } if lacking[0].contains("人工")),
        "{:?}",
        score.outcome
    );
}

#[test]
fn a_score_says_what_is_to_be_confirmed_and_by_which_packs_it_was_made() {
    let score = scored(Subject::Portal, true, &[]);
    let provisional = |rule: &str| score.provisional.iter().find(|p| p.rule == id(rule));
    assert_eq!(provisional("site.deduct.overview").unwrap().what[0], "规则本身");
    assert!(provisional("site.veto.unreachable").is_none());
    assert!(score.is_provisional() && score.headline().ends_with("（暂定）"));
    let told = score.explain().join("\n");
    assert!(told.contains("暂定") && told.contains("inspection-website 2026.11"), "{told}");
    assert_eq!(score.packs.len(), 1);
}

#[test]
fn a_result_that_rests_on_confirmed_rules_alone_is_not_provisional() {
    let rests_on = |subject, changes: &[(&str, Verdict)]| -> Vec<String> {
        scored(subject, true, changes).provisional.iter().map(|rule| rule.rule.to_string()).collect()
    };
    let (unreachable, services) = (("site.veto.unreachable", found(None)), ("site.veto.services", found(None)));
    assert!(rests_on(Subject::Portal, std::slice::from_ref(&unreachable)).is_empty());
    assert_eq!(rests_on(Subject::Portal, std::slice::from_ref(&services)), ["site.veto.services"]);
    assert!(rests_on(Subject::Portal, &[unreachable, services]).is_empty());
    assert_eq!(rests_on(Subject::Account, &[("account.veto.security", found(None))]), ["account.veto.security"]);
    let bonus = "site.bonus.media".to_owned();
    assert!(!rests_on(Subject::Portal, &[]).contains(&bonus));
    assert!(rests_on(Subject::Portal, &[("site.bonus.media", found(None))]).contains(&bonus));
    assert!(!rests_on(Subject::Portal, &[]).iter().any(|rule| rule == "site.veto.unreachable"));
}

#[test]
fn before_the_first_day_of_the_indicators_nothing_can_be_judged() {
    let assessment = assessment(Subject::Portal, true, &[]);
    let before = score(&RulesInForce::plain(book(), date(2019, 3, 31)), &assessment);
    assert!(matches!(before.outcome, Outcome::Undecided { .. }) && before.lines.is_empty());
    let first = score(&RulesInForce::plain(book(), date(2019, 4, 1)), &assessment);
    assert_eq!(first.total, Some(Points::whole(100)));
    assert_eq!(AT, date(2026, 6, 30));
}
