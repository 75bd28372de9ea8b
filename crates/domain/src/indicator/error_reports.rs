//! Oversight's deduction for “我为政府网站找错” of the year before: 3 points for each report not settled, 2 for each settled
//! after more than a month (监管工作年度考核指标).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Finding, IndicatorSpec, Points, Verdict, sheet::conclude, updates::more_than_months};
use crate::rule::RuleInForce;

/// One report of a citizen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorReport {
    /// Number for people.
    pub name: String,
    /// When it came.
    pub received: Date,
    /// When it was settled.
    #[serde(default)]
    pub settled: Option<Date>,
}

/// The reports that are known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorReports {
    /// Whether these are all of the year before.
    pub complete: bool,
    /// The reports; those of other years are left out by the evaluator.
    pub reports: Vec<ErrorReport>,
}

/// Judges the year before that of `at`.
pub fn judge(rule: &RuleInForce<'_>, spec: &IndicatorSpec, at: Date, observed: &ErrorReports) -> Option<Verdict> {
    let most = Points::from(rule.number(spec.points.as_deref()?)?);
    let open = Points::from(rule.number("open.points")?);
    let late = Points::from(rule.number("late.points")?);
    let months = rule.whole("late.months")?;
    let mut findings = Vec::new();
    for report in observed.reports.iter().filter(|report| report.received.year() == at.year() - 1) {
        let facts = |settled: String| {
            [
                ("at", at.to_string()),
                ("name", report.name.clone()),
                ("received", report.received.to_string()),
                ("settled", settled),
            ]
        };
        match report.settled.filter(|settled| *settled <= at) {
            None => findings.push(Finding::new(rule, "finding", &facts(String::new())).worth(open)),
            Some(settled) if more_than_months(report.received, months, settled) => {
                findings.push(Finding::new(rule, "late", &facts(settled.to_string())).worth(late));
            }
            Some(_) => {}
        }
    }
    let lacking = if observed.complete {
        Vec::new()
    } else {
        vec!["上一年度找错留言的清单不完整，请先同步。".to_owned()]
    };
    Some(conclude(findings, lacking, most, "上一年度的找错留言都在期限内办结。".to_owned()))
}
