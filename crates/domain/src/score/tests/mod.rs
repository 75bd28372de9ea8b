//! Boundaries of 评分总则, and what never changes whatever is found.

mod boundaries;
mod properties;
mod undecided;
mod whole_site;

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use super::{Assessment, Score, score};
use crate::{
    ids::PersonId,
    indicator::{Finding, IndicatorKind, Points, Subject, Verdict},
    rule::{Quantity, RuleId, RulesInForce, builtin::book},
};

pub(super) const AT: Date = date(2026, 6, 30);

pub(super) fn points(text: &str) -> Points {
    Quantity::parse(text).unwrap().into()
}

/// Found, worth so many points; as a person decided, so that it counts for every indicator.
pub(super) fn found(worth: Option<Points>) -> Verdict {
    let finding = Finding {
        sentence: "示例问题。".to_owned(),
        facts: BTreeMap::new(),
        points: worth,
        decided_by: Some(PersonId(uuid::Uuid::from_u128(1))),
    };
    Verdict::Found { findings: vec![finding] }
}

pub(super) fn id(rule: &str) -> RuleId {
    RuleId::parse(rule).unwrap()
}

/// Everything looked at and nothing found, except what `changes` says.
pub(super) fn assessment(subject: Subject, has_public_services: bool, changes: &[(&str, Verdict)]) -> Assessment {
    let mut verdicts: BTreeMap<RuleId, Verdict> = RulesInForce::plain(book(), AT)
        .all()
        .filter(|rule| rule.rule.indicator.as_ref().is_some_and(|spec| spec.subjects.contains(&subject)))
        .map(|rule| (rule.rule.id.clone(), Verdict::clear("没有问题。")))
        .collect();
    verdicts.extend(changes.iter().map(|(rule, verdict)| (id(rule), verdict.clone())));
    Assessment { subject, has_public_services, verdicts }
}

pub(super) fn scored(subject: Subject, has_public_services: bool, changes: &[(&str, Verdict)]) -> Score {
    score(&RulesInForce::plain(book(), AT), &assessment(subject, has_public_services, changes))
}

/// Deductions that leave `left` of the portal's sheet, taken from the biggest indicators on.
pub(super) fn leaving(left: &str, has_public_services: bool) -> Vec<(String, Verdict)> {
    let whole = if has_public_services { Points::whole(100) } else { Points::whole(75) };
    let mut open = whole - points(left);
    let mut changes = Vec::new();
    for line in scored(Subject::Portal, has_public_services, &[]).lines {
        if line.kind == IndicatorKind::Deduction && open > Points::ZERO {
            let taken = open.min(line.most);
            open = open - taken;
            changes.push((line.rule.as_str().to_owned(), found(Some(taken))));
        }
    }
    changes
}

pub(super) fn borrowed(changes: &[(String, Verdict)]) -> Vec<(&str, Verdict)> {
    changes.iter().map(|(rule, verdict)| (rule.as_str(), verdict.clone())).collect()
}
