//! Observations of every method, and the one entry to all evaluators.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Method, Verdict, account_interaction, account_stale, columns_stale, counted, error_reports, granted, home_stale,
    no_response, other_columns, serious, services_unusable, sheet, unreachable,
};
use crate::rule::RuleInForce;

/// What was seen for one indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Observed {
    /// For [`Method::Serious`].
    Suspicions(serious::Suspicions),
    /// For [`Method::Unreachable`].
    Visits(unreachable::Visits),
    /// For [`Method::HomeStale`].
    HomePage(home_stale::HomePage),
    /// For [`Method::ColumnsStale`] and [`Method::OtherColumns`].
    Columns(columns_stale::Columns),
    /// For [`Method::NoResponse`].
    Response(no_response::Response),
    /// For [`Method::ServicesUnusable`].
    Services(services_unusable::Services),
    /// For [`Method::AccountStale`].
    AccountActivity(account_stale::AccountActivity),
    /// For [`Method::AccountInteraction`].
    Interaction(account_interaction::Interaction),
    /// For [`Method::Counted`].
    Counted(counted::Counted),
    /// For [`Method::Sheet`].
    Sheet(sheet::Sheet),
    /// For [`Method::ErrorReports`].
    ErrorReports(error_reports::ErrorReports),
    /// For [`Method::Granted`].
    Claims(granted::Claims),
}

/// Judges one indicator on the day `at` by the rule in force. Pure; anything that does not fit is 监测不充分, never a
/// panic and never a finding. Where a person decides, a machine's finding stays with the person.
pub fn evaluate(rule: &RuleInForce<'_>, at: Date, observed: &Observed) -> Verdict {
    let Some(spec) = rule.rule.indicator.as_ref() else {
        return Verdict::not_enough(format!("“{}”不是检查指标。", rule.rule.name));
    };
    let verdict = match (spec.method, observed) {
        (Method::Serious, Observed::Suspicions(seen)) => serious::judge(rule, at, seen),
        (Method::Unreachable, Observed::Visits(seen)) => unreachable::judge(rule, seen),
        (Method::HomeStale, Observed::HomePage(seen)) => home_stale::judge(rule, at, seen),
        (Method::ColumnsStale, Observed::Columns(seen)) => columns_stale::judge(rule, at, seen),
        (Method::NoResponse, Observed::Response(seen)) => no_response::judge(rule, at, seen),
        (Method::ServicesUnusable, Observed::Services(seen)) => services_unusable::judge(rule, at, seen),
        (Method::AccountStale, Observed::AccountActivity(seen)) => account_stale::judge(rule, at, seen),
        (Method::AccountInteraction, Observed::Interaction(seen)) => account_interaction::judge(rule, at, seen),
        (Method::Counted, Observed::Counted(seen)) => counted::judge(rule, at, seen),
        (Method::Sheet, Observed::Sheet(seen)) => sheet::judge(rule, spec, at, seen),
        (Method::OtherColumns, Observed::Columns(seen)) => other_columns::judge(rule, spec, at, seen),
        (Method::ErrorReports, Observed::ErrorReports(seen)) => error_reports::judge(rule, spec, at, seen),
        (Method::Granted, Observed::Claims(seen)) => granted::judge(rule, spec, at, seen),
        _ => {
            return Verdict::not_enough(format!("观测资料与指标“{}”的评判方法不符，请核对。", rule.rule.name));
        }
    };
    match verdict {
        None => Verdict::not_enough(format!("规则“{}”缺少评判所需的参数，请联系平台管理员。", rule.rule.id)),
        Some(verdict) if spec.person_decides => verdict.left_to_person(&rule.rule.name),
        Some(verdict) => verdict,
    }
}
