//! Deduction indicators (扣分指标): what is not provided, what is not updated, and faults one by one.
//!
//! Which of these an indicator asks is data: `missing.points` (nothing provided), the window named by `window` with
//! `stale.points`, `second.months` with `second.points` (second-level columns), the points of one case (`per_case`), and
//! `sample` (how many places must be looked at before nothing found means nothing there).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Finding, IndicatorSpec, Points, Updates, Verdict,
    updates::{Freshness, Window, last_update},
};
use crate::rule::RuleInForce;

/// One fault at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Page, column or item.
    pub place: String,
    /// What was seen.
    pub what: String,
}

/// What was looked at for one deduction indicator.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Whether the thing is provided at all; `None` while nobody has looked.
    #[serde(default)]
    pub provided: Option<bool>,
    /// Its updates.
    #[serde(default)]
    pub updates: Option<Updates>,
    /// Second-level columns, for indicators that count them.
    #[serde(default)]
    pub second_level: Vec<Updates>,
    /// How many places were looked at.
    #[serde(default)]
    pub checked: u32,
    /// Whether those are all there are, so that a smaller sample is enough.
    #[serde(default)]
    pub all_checked: bool,
    /// Faults found.
    #[serde(default)]
    pub faults: Vec<Fault>,
}

/// Judges the state on `at`.
pub fn judge(rule: &RuleInForce<'_>, spec: &IndicatorSpec, at: Date, observed: &Sheet) -> Option<Verdict> {
    let points = |key: &str| rule.number(key).map(Points::from);
    let most = points(spec.points.as_deref()?)?;
    let (mut findings, mut lacking) = (Vec::new(), Vec::new());
    if let Some(worth) = points("missing.points") {
        match observed.provided {
            Some(true) => {}
            Some(false) => {
                let finding = Finding::new(rule, "missing", &[("at", at.to_string())]).worth(worth);
                return Some(Verdict::Found { findings: vec![finding] });
            }
            None => lacking.push("还没有查看是否提供。".to_owned()),
        }
    }
    if let Some((key, worth)) = spec.window.as_deref().zip(points("stale.points")) {
        let window = Window::of(rule.parameter(key)?)?;
        let state = observed.updates.as_ref().map_or(Freshness::Unknown, |seen| seen.freshness(at, window, rule));
        let name = observed.updates.as_ref().map_or_else(String::new, |seen| seen.name.clone());
        push_stale(rule, at, ("stale", &name), state, worth, &mut findings, &mut lacking);
    }
    if let Some((months, worth)) = rule.whole("second.months").zip(points("second.points")) {
        for column in &observed.second_level {
            let state = column.freshness(at, Window::Months(months), rule);
            push_stale(rule, at, ("second", &column.name), state, worth, &mut findings, &mut lacking);
        }
    }
    if let Some(worth) = spec.per_case.as_deref().and_then(points) {
        findings.extend(observed.faults.iter().map(|fault| {
            let facts = [("at", at.to_string()), ("place", fault.place.clone()), ("what", fault.what.clone())];
            Finding::new(rule, "finding", &facts).worth(worth)
        }));
        let sample = rule.whole("sample").unwrap_or(0);
        if i64::from(observed.checked) < sample && !observed.all_checked {
            lacking.push(format!("只检查了{}处，应检查{sample}处以上。", observed.checked));
        }
    }
    Some(conclude(findings, lacking, most, format!("截至{at}检查，没有发现应扣分的问题。")))
}

/// What is found takes all points → found, whatever is lacking; something lacking → not enough, with what was seen.
pub(super) fn conclude(findings: Vec<Finding>, lacking: Vec<String>, most: Points, clear: String) -> Verdict {
    let taken: Points = findings.iter().filter_map(|finding| finding.points).sum();
    if lacking.is_empty() || (taken >= most && !findings.is_empty()) {
        return Verdict::from_parts(findings, Vec::new(), clear);
    }
    Verdict::NotEnough { lacking, seen: findings }
}

fn push_stale(
    rule: &RuleInForce<'_>,
    at: Date,
    (sentence, name): (&str, &str),
    state: Freshness,
    worth: Points,
    findings: &mut Vec<Finding>,
    lacking: &mut Vec<String>,
) {
    match state {
        Freshness::Fresh(_) => {}
        Freshness::Stale(latest) => {
            let facts = [
                ("at", at.to_string()),
                ("place", name.to_owned()),
                ("latest", latest.map(|date| date.to_string()).unwrap_or_default()),
                ("last_update", last_update(latest, at)),
            ];
            findings.push(Finding::new(rule, sentence, &facts).worth(worth));
        }
        Freshness::Unknown if name.is_empty() => lacking.push("没有读到更新时间，请重新查看。".to_owned()),
        Freshness::Unknown => lacking.push(format!("没有读到“{name}”的更新时间，请重新查看。")),
    }
}
