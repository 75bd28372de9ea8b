//! Nothing panics: odd dates, observations of the wrong kind, rules of every pack.

use jiff::{Timestamp, civil::Date};

use super::{AT, letter};
use crate::{
    indicator::{
        Observed, Updates,
        columns_stale::Columns,
        counted::Counted,
        error_reports::ErrorReports,
        evaluate,
        granted::Claims,
        home_stale::HomePage,
        no_response::Response,
        services_unusable::Services,
        sheet::Sheet,
        unreachable::{Visit, VisitOutcome, Visits},
    },
    rule::{RulesInForce, builtin::book},
};

#[test]
fn every_rule_takes_every_kind_of_observation_on_every_day() {
    let rules = RulesInForce::plain(book(), AT);
    for at in [Date::MIN, Date::MAX, AT] {
        let updates = Updates { name: "页".to_owned(), dates: Some(vec![Date::MIN, Date::MAX]), ..Updates::default() };
        let visit = |at| Visit { at, duration_ms: u64::MAX, outcome: VisitOutcome::Opened };
        let observed = [
            Observed::Visits(Visits { until: at, visits: vec![visit(Timestamp::MIN), visit(Timestamp::MAX)] }),
            Observed::HomePage(HomePage { home: updates.clone(), navigation_only: None, second_level: vec![updates] }),
            Observed::Columns(Columns::default()),
            Observed::Response(Response::default()),
            Observed::Services(Services::default()),
            Observed::Counted(Counted::default()),
            Observed::Sheet(Sheet::default()),
            Observed::ErrorReports(ErrorReports::default()),
            Observed::Claims(Claims::default()),
            Observed::Suspicions(Default::default()),
            Observed::Interaction(Default::default()),
            Observed::AccountActivity(Default::default()),
        ];
        for rule in rules.all() {
            for seen in &observed {
                let verdict = evaluate(&rule, at, seen);
                if rule.rule.indicator.is_none() {
                    assert_eq!(letter(&verdict), 'n', "{}", rule.rule.id);
                }
                let text = serde_json::to_string(seen).unwrap();
                assert_eq!(&serde_json::from_str::<Observed>(&text).unwrap(), seen);
            }
        }
    }
}
