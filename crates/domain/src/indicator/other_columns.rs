//! Deductions for blank columns and for columns that should have been updated (其他栏目); what W-V4's first count and the
//! indicators of named columns look at is left to them: 不重复扣分.

use jiff::civil::Date;

use super::{
    Finding, IndicatorSpec, Points, Verdict,
    columns_stale::{Columns, Count},
    sheet::conclude,
    updates::{Freshness, Window, last_update},
};
use crate::rule::RuleInForce;

/// Judges the state on `at`.
pub fn judge(rule: &RuleInForce<'_>, spec: &IndicatorSpec, at: Date, observed: &Columns) -> Option<Verdict> {
    let most = Points::from(rule.number(spec.points.as_deref()?)?);
    let blank = Points::from(rule.number("blank.points")?);
    let stale = Points::from(rule.number("long_stale.points")?);
    let window = Window::Months(rule.whole("col.long_stale_months")?);
    let (mut findings, mut lacking) = (Vec::new(), Vec::new());
    for column in &observed.columns {
        let place = ("place", column.updates.name.clone());
        match column.count() {
            Some(Count::Blank) => {
                findings.push(Finding::new(rule, "blank", &[("at", at.to_string()), place]).worth(blank));
            }
            Some(Count::LongStale) => match column.updates.freshness(at, window, rule) {
                Freshness::Fresh(_) => {}
                Freshness::Stale(latest) => {
                    let last = ("last_update", last_update(latest, at));
                    let finding = Finding::new(rule, "finding", &[("at", at.to_string()), place, last]);
                    findings.push(finding.worth(stale));
                }
                Freshness::Unknown => lacking.push(format!("没有读到“{}”的更新时间，请重新查看。", place.1)),
            },
            Some(Count::Regular) | None => {}
        }
    }
    if !observed.complete || observed.columns.is_empty() {
        lacking.push("栏目清单不完整，请先取得全部栏目再评判。".to_owned());
    }
    Some(conclude(findings, lacking, most, format!("截至{at}没有空白栏目，应更新的栏目都已更新。")))
}
