use std::collections::BTreeSet;

use jiff::civil::{Date, date};

use super::{AT, decided, judged, letter, updated};
use crate::{
    indicator::{
        Observed, Points, Updates, Verdict,
        columns_stale::{Column, ColumnKind, Columns},
        counted::Counted,
        error_reports::{ErrorReport, ErrorReports},
        footer::{self, Footer, FooterMark},
        granted::{Claim, Claims},
        sheet::{Fault, Sheet},
    },
    rule::{Quantity, RulesInForce, builtin::book},
};

/// Points of all findings, before the cap.
fn taken(verdict: &Verdict) -> Points {
    match verdict {
        Verdict::Found { findings } | Verdict::NotEnough { seen: findings, .. } => {
            findings.iter().filter_map(|finding| finding.points).sum()
        }
        _ => Points::ZERO,
    }
}

fn faults(count: usize) -> Vec<Fault> {
    vec![Fault { place: "页面".to_owned(), what: "内容不准确".to_owned() }; count]
}

#[test]
fn the_deductions_that_were_seen_word_for_word_are_taken() {
    let stale =
        |days| Sheet { provided: Some(true), updates: Some(updated("栏目", days)), checked: 9, ..Sheet::default() };
    for (rule, days, points) in [
        ("site.deduct.policies", 180, 0),
        ("site.deduct.policies", 182, 5),
        ("site.deduct.service_statistics", 90, 0),
        ("site.deduct.service_statistics", 92, 2),
        ("site.deduct.letters_public", 60, 0),
        ("site.deduct.letters_public", 61, 3),
        ("site.deduct.news", 13, 0),
        ("site.deduct.news", 14, 3),
    ] {
        let verdict = judged(rule, &Observed::Sheet(stale(days)));
        assert_eq!(taken(&verdict), Points::whole(points), "{rule} {days} {verdict:?}");
        assert_eq!(letter(&verdict), if points == 0 { 'c' } else { 'f' });
    }
    let second = Sheet { second_level: vec![updated("二级", 400), updated("二级", 10)], ..stale(1) };
    assert_eq!(taken(&judged("site.deduct.policies", &Observed::Sheet(second))), Points::whole(2));
}

#[test]
fn a_sheet_says_what_was_not_looked_at() {
    for (sheet, said, points) in [
        (Sheet::default(), 'n', 0),
        (Sheet { provided: Some(false), ..Sheet::default() }, 'f', 5),
        (Sheet { provided: Some(true), ..Sheet::default() }, 'n', 0),
        (Sheet { provided: Some(true), all_checked: true, ..Sheet::default() }, 'c', 0),
        (Sheet { provided: Some(true), checked: 1, ..Sheet::default() }, 'c', 0),
        (Sheet { provided: Some(true), checked: 1, faults: faults(3), ..Sheet::default() }, 'f', 3),
        // What was seen stays seen, and enough of it needs no further looking.
        (Sheet { provided: Some(true), faults: faults(3), ..Sheet::default() }, 'n', 3),
        (Sheet { provided: Some(true), faults: faults(5), ..Sheet::default() }, 'f', 5),
    ] {
        let verdict = judged("site.deduct.overview", &Observed::Sheet(sheet.clone()));
        assert_eq!((letter(&verdict), taken(&verdict)), (said, Points::whole(points)), "{sheet:?}");
    }
}

#[test]
fn other_columns_are_those_that_no_other_indicator_looks_at() {
    let column =
        |kind, level, days, blank| Column { updates: updated("栏目", days), kind, level, blank, should_update: true };
    for (columns, points) in [
        (vec![column(ColumnKind::Other, 2, 10, false)], 0),
        (vec![column(ColumnKind::Other, 2, 400, false)], 1),
        (vec![column(ColumnKind::News, 1, 400, false), column(ColumnKind::Policy, 1, 400, false)], 0),
        (vec![column(ColumnKind::Policy, 2, 400, false)], 1),
        // Blank and stale: one point, not two.
        (vec![column(ColumnKind::Other, 2, 400, true)], 1),
    ] {
        let verdict = judged("site.deduct.other_columns", &Observed::Columns(Columns { complete: true, columns }));
        assert_eq!(taken(&verdict), Points::whole(points), "{verdict:?}");
    }
}

#[test]
fn error_reports_cost_three_points_open_and_two_when_settled_after_a_month() {
    let report = |received: Date, settled| ErrorReport { name: "留言".to_owned(), received, settled };
    for (received, settled, points) in [
        (date(2025, 5, 10), None, 3),
        (date(2025, 5, 10), Some(date(2025, 6, 10)), 0),
        (date(2025, 5, 10), Some(date(2025, 6, 11)), 2),
        (date(2025, 1, 31), Some(date(2025, 2, 28)), 0),
        (date(2025, 1, 31), Some(date(2025, 3, 1)), 2),
        (date(2024, 12, 31), None, 0),
        (date(2026, 1, 1), None, 0),
        (date(2025, 12, 31), Some(date(2026, 7, 1)), 3),
    ] {
        let observed = ErrorReports { complete: true, reports: vec![report(received, settled)] };
        let verdict = judged("oversight.deduct.error_reports", &Observed::ErrorReports(observed));
        assert_eq!(taken(&verdict), Points::whole(points), "{received} {settled:?}");
    }
}

#[test]
fn oversight_fails_with_the_number_itself() {
    for (count, complete, said) in [(0, true, 'c'), (1, true, 'c'), (2, true, 'f'), (1, false, 'n'), (2, false, 'f')] {
        let observed = Observed::Counted(Counted { complete, names: vec!["网站".to_owned(); count] });
        for rule in ["oversight.veto.serious", "oversight.veto.failed"] {
            assert_eq!(letter(&judged(rule, &observed)), said, "{rule} {count} {complete}");
        }
    }
}

#[test]
fn bonuses_are_granted_by_persons_and_never_above_the_most() {
    let claim = |points: Option<i64>, person| Claim {
        what: "已全部迁移至集约化平台".to_owned(),
        points: points.map(Quantity::whole),
        person,
    };
    for (claims, said, points) in [
        (vec![], 'c', 0),
        (vec![claim(None, None)], 'p', 0),
        (vec![claim(None, decided(true, " "))], 'p', 0),
        (vec![claim(None, decided(true, "属实"))], 'f', 5),
        (vec![claim(Some(3), decided(true, "属实"))], 'f', 3),
        (vec![claim(Some(99), decided(true, "属实"))], 'f', 5),
        (vec![claim(Some(-9), decided(true, "属实"))], 'f', 0),
        (vec![claim(None, decided(false, "还有两个网站没有迁移"))], 'c', 0),
    ] {
        let verdict = judged("oversight.bonus.intensive", &Observed::Claims(Claims { claims }));
        assert_eq!((letter(&verdict), taken(&verdict)), (said, Points::whole(points)), "{verdict:?}");
    }
}

#[test]
fn a_mark_missing_at_the_foot_is_one_fault_however_many_pages_lack_it() {
    let rules = RulesInForce::plain(book(), AT);
    let rule = rules.rule("site.deduct.footer").unwrap();
    let all = [
        FooterMark::PartyGovernmentMark,
        FooterMark::SiteCode,
        FooterMark::IcpRecord,
        FooterMark::PoliceRecord,
        FooterMark::Sponsor,
        FooterMark::Contact,
    ];
    let page = |missing: &[FooterMark]| Footer {
        page: "页面".to_owned(),
        present: all.into_iter().filter(|mark| !missing.contains(mark)).collect::<BTreeSet<_>>(),
    };
    assert!(footer::sheet(&rule, &vec![page(&[]); 5]).faults.is_empty());
    let lacking = vec![page(&[FooterMark::SiteCode]); 5];
    assert_eq!(footer::sheet(&rule, &lacking).faults.len(), 1);
    let verdict = judged("site.deduct.footer", &Observed::Sheet(footer::sheet(&rule, &lacking)));
    assert_eq!(taken(&verdict), Points::from(Quantity::parse("0.5").unwrap()));
    assert_eq!(rule.list("footer.marks"), all.map(FooterMark::chinese));
    assert_eq!(Updates::default().latest(AT), None);
}
