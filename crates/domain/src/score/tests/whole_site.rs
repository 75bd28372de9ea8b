//! From observations to a sheet: the self-inspection of 2019 (four problems, 5 + 2 + 3 + 1 points, 89 left), seen anew.

use std::collections::BTreeMap;

use jiff::ToSpan;

use super::{AT, id, points};
use crate::{
    indicator::{
        Method, Observed, Subject, Updates, Verdict,
        columns_stale::{Column, ColumnKind, Columns},
        granted::Claims,
        home_stale::HomePage,
        no_response::{Channel, ChannelKind, Response},
        serious::Suspicions,
        services_unusable::{ElementClass, Guide, Services},
        sheet::{Fault, Sheet},
        unreachable::{Visit, VisitOutcome, Visits},
    },
    rule::{RuleId, RulesInForce, builtin::book},
    score::{Assessment, Outcome, Score, score},
    time::parse_beijing,
};

fn updated(days: i64) -> Updates {
    let date = AT.checked_sub(days.days()).unwrap();
    Updates { name: "栏目".to_owned(), dates: Some(vec![date]), ..Updates::default() }
}

fn visits(slow: usize) -> Observed {
    let visit = |number: usize| {
        let (day, hour) = (i64::try_from(number / 20).unwrap(), i64::try_from(number % 20).unwrap());
        let midnight = parse_beijing(&AT.checked_sub(day.days()).unwrap().to_string()).unwrap();
        let duration_ms = if number < slow { 15_000 } else { 800 };
        Visit { at: midnight + hour.hours(), duration_ms, outcome: VisitOutcome::Opened }
    };
    Observed::Visits(Visits { until: AT, visits: (0..140).map(visit).collect() })
}

fn sheet(idle: i64, faults: usize) -> Observed {
    let fault = Fault { place: "概况".to_owned(), what: "人口数据不是最近一年的".to_owned() };
    Observed::Sheet(Sheet {
        provided: Some(true),
        updates: Some(updated(idle)),
        all_checked: true,
        faults: vec![fault; faults],
        ..Sheet::default()
    })
}

/// What a good site looks like to an indicator.
fn good(method: Method) -> Observed {
    let column = Column { updates: updated(1), kind: ColumnKind::News, level: 1, blank: false, should_update: true };
    let channel = Channel { kind: ChannelKind::Consultation, name: "咨询".to_owned(), effective: Some(true) };
    let guide = Guide { item: "事项".to_owned(), present: ElementClass::ALL.into_iter().collect() };
    match method {
        Method::Serious => Observed::Suspicions(Suspicions { screened: true, ..Suspicions::default() }),
        Method::Unreachable => visits(6),
        Method::HomeStale => {
            Observed::HomePage(HomePage { home: updated(1), navigation_only: Some(false), second_level: Vec::new() })
        }
        Method::ColumnsStale | Method::OtherColumns => {
            Observed::Columns(Columns { complete: true, columns: vec![column] })
        }
        Method::NoResponse => Observed::Response(Response { channels: Some(vec![channel]), letters: Some(vec![]) }),
        Method::ServicesUnusable => {
            Observed::Services(Services { provided: Some(true), total_items: Some(12), guides: vec![guide; 12] })
        }
        Method::Granted => Observed::Claims(Claims::default()),
        _ => sheet(1, 0),
    }
}

fn inspected(changes: Vec<(&str, Observed)>) -> Score {
    let rules = RulesInForce::plain(book(), AT);
    let mut observed: BTreeMap<RuleId, Observed> = rules
        .all()
        .filter_map(|rule| {
            let spec = rule.rule.indicator.as_ref()?;
            spec.subjects.contains(&Subject::Portal).then(|| (rule.rule.id.clone(), good(spec.method)))
        })
        .collect();
    assert_eq!(observed.len(), 6 + 29 + 6);
    observed.extend(changes.into_iter().map(|(rule, seen)| (id(rule), seen)));
    score(&rules, &Assessment::of(&rules, Subject::Portal, true, &observed))
}

#[test]
fn a_site_without_fault_keeps_all_points() {
    let score = inspected(Vec::new());
    assert!(score.lines.iter().all(|line| matches!(line.verdict, Verdict::Clear { .. })), "{:#?}", score.lines);
    assert_eq!((score.outcome, score.total), (Outcome::Qualified, Some(points("100"))));
}

#[test]
fn four_problems_take_eleven_points_and_each_is_told() {
    let problems = || {
        vec![
            ("site.deduct.policies", sheet(182, 0)),
            ("site.deduct.service_statistics", sheet(92, 0)),
            ("site.deduct.letters_public", sheet(61, 0)),
            ("site.deduct.overview", sheet(1, 1)),
        ]
    };
    let score = inspected(problems());
    assert_eq!((&score.outcome, score.total), (&Outcome::Qualified, Some(points("89"))));
    let told = score.explain().join("\n");
    for said in
        ["扣5分", "扣2分", "扣3分", "扣1分", "已满6个月没有更新", "人口数据不是最近一年的", "合格，89分（暂定）"]
    {
        assert!(told.contains(said), "{said} in {told}");
    }
    // One failed visit more, and there is no score at all.
    let mut vetoed = problems();
    vetoed.push(("site.veto.unreachable", visits(7)));
    let score = inspected(vetoed);
    assert_eq!((score.total, score.is_provisional()), (None, false));
    assert!(score.explain()[0].contains("不合格（单项否决，不评分）。"), "{}", score.explain()[0]);
}
