//! Bonus indicators (加分指标): a sponsor claims, a person looks and grants points; no machine gives any.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Finding, IndicatorSpec, PersonVerdict, Points, Verdict};
use crate::{
    rule::{Quantity, RuleInForce},
    time::beijing_minutes,
};

/// One claim, and what a person decided about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// What is claimed.
    pub what: String,
    /// Points that the person gives; `None` for the points that the rule gives for one case.
    #[serde(default)]
    pub points: Option<Quantity>,
    /// The decision.
    #[serde(default)]
    pub person: Option<PersonVerdict>,
}

/// All claims of one indicator.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The claims.
    pub claims: Vec<Claim>,
}

/// Grants what persons granted, never more than the indicator gives.
pub fn judge(rule: &RuleInForce<'_>, spec: &IndicatorSpec, at: Date, observed: &Claims) -> Option<Verdict> {
    let most = Points::from(rule.number(spec.points.as_deref()?)?);
    let each = spec.per_case.as_deref().and_then(|key| rule.number(key)).map_or(most, Points::from);
    let (mut findings, mut open) = (Vec::new(), Vec::new());
    for claim in &observed.claims {
        let Some(person) = claim.person.as_ref().filter(|person| person.counts()) else {
            open.push(claim.what.as_str());
            continue;
        };
        if person.found {
            let worth = claim.points.map_or(each, Points::from).at_least_zero().min(most);
            let facts = [
                ("what", claim.what.clone()),
                ("decided_at", beijing_minutes(person.at)),
                ("reason", person.reason.trim().to_owned()),
            ];
            findings.push(Finding::new(rule, "finding", &facts).worth(worth).decided_by(person.person));
        }
    }
    if !open.is_empty() {
        let why = format!("有{}项加分申报等待人工审定：{}。", open.len(), super::updates::names(open));
        return Some(Verdict::ForPerson { why, hits: findings });
    }
    Some(Verdict::from_parts(findings, Vec::new(), format!("截至{at}没有审定的加分。")))
}
