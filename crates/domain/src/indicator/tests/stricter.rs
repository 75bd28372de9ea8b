//! A stricter override never turns a finding off: every indicator, every parameter that may be changed, random
//! observations, random stricter values. Deductions never become smaller.

use std::collections::BTreeSet;

use jiff::{ToSpan, civil::Date};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use super::{AT, accounts::amended, days_ago};
use crate::{
    identifier::DivisionCode,
    indicator::{
        Method, Observed, Points, Updates, Verdict,
        account_interaction::Interaction,
        account_stale::{AccountActivity, AppTrial},
        columns_stale::{Column, ColumnKind, Columns},
        counted::Counted,
        error_reports::{ErrorReport, ErrorReports},
        evaluate,
        granted::Claims,
        home_stale::HomePage,
        no_response::{Channel, ChannelKind, Letter, Response},
        serious::Suspicions,
        services_unusable::{ElementClass, Guide, Services},
        sheet::{Fault, Sheet},
        unreachable::{Visit, VisitOutcome, Visits},
    },
    rule::{Amendment, Direction, Parameter, Quantity, RulesInForce, Value, builtin::book},
    time::parse_beijing,
};

fn tri() -> impl Strategy<Value = Option<bool>> {
    prop_oneof![2 => Just(Some(true)), 1 => Just(Some(false)), 1 => Just(None)]
}

fn day() -> impl Strategy<Value = Date> {
    prop_oneof![3 => -2..30i64, 1 => 30..800i64].prop_map(days_ago)
}

fn updates() -> impl Strategy<Value = Updates> {
    prop_oneof![1 => Just(None), 9 => prop::collection::vec(day(), 0..3).prop_map(Some)].prop_map(|dates| Updates {
        name: "页".to_owned(),
        address: String::new(),
        dates,
    })
}

fn visits() -> impl Strategy<Value = Observed> {
    let visit = (any::<bool>(), 0..20_000u64, 0..40u8);
    (prop::collection::vec(visit, 150..190), 19..23i64, 40..70i64).prop_map(|(visits, per_day, gap)| {
        let visits = visits.into_iter().enumerate().map(|(number, (slow, wait, odd))| {
            let number = i64::try_from(number).unwrap();
            let date = AT.checked_sub((number / per_day).days()).unwrap();
            let at = parse_beijing(&date.to_string()).unwrap() + (number % per_day * gap).minutes();
            let outcome = match odd {
                0 => VisitOutcome::Failed,
                1 => VisitOutcome::StillWaiting,
                _ => VisitOutcome::Opened,
            };
            Visit { at, duration_ms: if slow { wait } else { wait / 10 }, outcome }
        });
        Observed::Visits(Visits { until: AT, visits: visits.collect() })
    })
}

fn columns() -> impl Strategy<Value = Observed> {
    let kind = prop_oneof![Just(ColumnKind::News), Just(ColumnKind::Policy), Just(ColumnKind::Other)];
    let column = (updates(), kind, 1..3u8, prop::bool::weighted(0.2), any::<bool>())
        .prop_map(|(updates, kind, level, blank, should_update)| Column { updates, kind, level, blank, should_update });
    (any::<bool>(), prop::collection::vec(column, 0..30))
        .prop_map(|(complete, columns)| Observed::Columns(Columns { complete, columns }))
}

fn response() -> impl Strategy<Value = Observed> {
    let kind = prop_oneof![4 => Just(ChannelKind::Consultation), 1 => Just(ChannelKind::Survey), 1 => Just(ChannelKind::Petition)];
    let channel = (kind.clone(), tri()).prop_map(|(kind, effective)| Channel { kind, name: String::new(), effective });
    let letter = (kind, 0..500i64, prop::option::of(0..500i64), tri()).prop_map(|(kind, received, answered, valid)| {
        Letter { name: String::new(), kind, received: days_ago(received), answered: answered.map(days_ago), valid }
    });
    (prop::option::of(prop::collection::vec(channel, 0..3)), prop::option::of(prop::collection::vec(letter, 0..6)))
        .prop_map(|(channels, letters)| Observed::Response(Response { channels, letters }))
}

fn services() -> impl Strategy<Value = Observed> {
    let guide = prop::collection::btree_set(prop::sample::select(ElementClass::ALL.to_vec()), 3..10)
        .prop_map(|present: BTreeSet<ElementClass>| Guide { item: String::new(), present });
    (tri(), prop::option::of(0..40u32), prop::collection::vec(guide, 0..20))
        .prop_map(|(provided, total_items, guides)| Observed::Services(Services { provided, total_items, guides }))
}

fn sheet() -> impl Strategy<Value = Observed> {
    let fault = Just(Fault { place: String::new(), what: String::new() });
    let parts = (tri(), prop::option::of(updates()), prop::collection::vec(updates(), 0..4), 0..12u32, any::<bool>());
    (parts, prop::collection::vec(fault, 0..8)).prop_map(
        |((provided, updates, second_level, checked, all_checked), faults)| {
            Observed::Sheet(Sheet { provided, updates, second_level, checked, all_checked, faults })
        },
    )
}

fn error_reports() -> impl Strategy<Value = Observed> {
    let report = (200..560i64, prop::option::of(0..560i64)).prop_map(|(received, settled)| ErrorReport {
        name: String::new(),
        received: days_ago(received),
        settled: settled.map(days_ago),
    });
    (any::<bool>(), prop::collection::vec(report, 0..6))
        .prop_map(|(complete, reports)| Observed::ErrorReports(ErrorReports { complete, reports }))
}

fn observed(method: Method) -> BoxedStrategy<Observed> {
    match method {
        Method::Unreachable => visits().boxed(),
        Method::HomeStale => (updates(), tri(), prop::collection::vec(updates(), 0..3))
            .prop_map(|(home, navigation_only, second_level)| {
                Observed::HomePage(HomePage { home, navigation_only, second_level })
            })
            .boxed(),
        Method::ColumnsStale | Method::OtherColumns => columns().boxed(),
        Method::NoResponse => response().boxed(),
        Method::ServicesUnusable => services().boxed(),
        Method::AccountStale => (updates(), prop::option::of((tri(), tri())))
            .prop_map(|(posts, app)| {
                let app = app.map(|(downloads, works)| AppTrial { downloads, works });
                Observed::AccountActivity(AccountActivity { posts, app })
            })
            .boxed(),
        Method::Counted => (any::<bool>(), 0..5usize)
            .prop_map(|(complete, count)| Observed::Counted(Counted { complete, names: vec![String::new(); count] }))
            .boxed(),
        Method::Sheet => sheet().boxed(),
        Method::ErrorReports => error_reports().boxed(),
        // Nothing in these may be changed.
        Method::Serious => Just(Observed::Suspicions(Suspicions::default())).boxed(),
        Method::AccountInteraction => Just(Observed::Interaction(Interaction::default())).boxed(),
        Method::Granted => Just(Observed::Claims(Claims::default())).boxed(),
    }
}

/// A value between the present one and the strictest that the pack allows; `share` of 1,000 of the way.
fn stricter(parameter: &Parameter, share: i64) -> Option<Value> {
    let now = match &parameter.value {
        Value::Flag(_) => return Some(Value::Flag(parameter.stricter == Direction::Higher)),
        Value::List(_) => return None,
        Value::Number(number) => number.as_ten_thousandths(),
    };
    let bound = match parameter.stricter {
        Direction::Fixed => return None,
        Direction::Lower => parameter.min,
        Direction::Higher => parameter.max,
    }?
    .as_ten_thousandths();
    let moved = now + (bound - now) / 1_000 * share;
    let whole = moved / Quantity::SCALE * Quantity::SCALE;
    Some(Value::Number(Quantity::ten_thousandths(if parameter.counts_wholes() { whole } else { moved })))
}

fn taken(verdict: &Verdict, most: Option<Points>) -> Points {
    let findings = match verdict {
        Verdict::Found { findings } | Verdict::NotEnough { seen: findings, .. } => findings.as_slice(),
        _ => &[],
    };
    let sum: Points = findings.iter().filter_map(|finding| finding.points).sum();
    most.map_or(sum, |most| sum.min(most))
}

#[test]
fn a_stricter_override_never_turns_a_finding_off() {
    let place = DivisionCode::parse("150402").unwrap();
    let plain = RulesInForce::plain(book(), AT);
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    for rule in plain.all() {
        let Some(spec) = rule.rule.indicator.as_ref() else { continue };
        let adjustable: Vec<&Parameter> =
            rule.rule.parameters.iter().filter(|p| stricter(p, 1_000).is_some_and(|most| most != p.value)).collect();
        if adjustable.is_empty() {
            continue;
        }
        let most = spec.points.as_deref().and_then(|key| rule.number(key)).map(Points::from);
        let strategy = (observed(spec.method), prop::collection::vec((0..adjustable.len(), 0..=1_000i64), 1..4));
        let (mut found, mut more) = (0, 0);
        for _ in 0..300 {
            let (seen, changes) = strategy.new_tree(&mut runner).unwrap().current();
            let amendments: Vec<Amendment> = changes
                .iter()
                .map(|(which, share)| Amendment {
                    rule: rule.rule.id.clone(),
                    key: adjustable[*which].key.clone(),
                    value: stricter(adjustable[*which], *share).unwrap(),
                    ..amended("150400", 1)
                })
                .collect();
            let amended_rules = book().in_force(&amendments, Some(&place), AT);
            let amended_rule = amended_rules.rule(rule.rule.id.as_str()).unwrap();
            let (before, after) = (evaluate(&rule, AT, &seen), evaluate(&amended_rule, AT, &seen));
            assert!(
                !before.is_found() || after.is_found(),
                "{}: {before:?} became {after:?} by {amendments:?} of {seen:?}",
                rule.rule.id
            );
            let (less, now) = (taken(&before, most), taken(&after, most));
            assert!(now >= less, "{}: {less} became {now} by {amendments:?} of {seen:?}", rule.rule.id);
            found += usize::from(before.is_found());
            more += usize::from(after != before);
        }
        assert!(found > 0 && more > 0, "{}: the observations never break the rule ({found}, {more})", rule.rule.id);
    }
}
