//! A sheet must add up: deductions to the total of its scheme, service indicators to their share, bonuses to theirs.
//!
//! 国办秘函〔2019〕19号: deductions 100, bonuses 30; bodies without services to the public are judged on 75 points × 4/3,
//! so that the service indicators are 25. A pack that breaks this would silently change every score.

use std::collections::BTreeSet;

use jiff::{ToSpan, civil::Date};

use super::{IndicatorKind, IndicatorSpec, Points, Subject};
use crate::{
    identifier::DivisionCode,
    rule::{PackProblem, Rule, RuleBook, RulesInForce},
};

/// Keys of a scheme's parameters: the line below which a subject fails.
pub const PASS_LINE: &str = "pass.line";
/// The line above which bonuses count.
pub const BONUS_LINE: &str = "bonus.line";
/// What the deduction indicators add up to.
pub const DEDUCTION_TOTAL: &str = "deduction.total";
/// What the bonus indicators add up to.
pub const BONUS_TOTAL: &str = "bonus.total";
/// What the service indicators add up to, which bodies without services are not judged on.
pub const SERVICES_SHARE: &str = "services.share";

/// The points that the rule's indicator takes or gives at most.
pub fn most_points(rule: &Rule, spec: &IndicatorSpec) -> Points {
    let parameter = spec.points.as_deref().and_then(|key| rule.parameter(key));
    parameter.and_then(|parameter| parameter.value.number()).map_or(Points::ZERO, Points::from)
}

/// Compares every scheme with its indicators on every day on which a version of one of them begins or has ended, for
/// the nation and for every division with indicators of its own.
pub fn check(book: &RuleBook) -> Vec<PackProblem> {
    let versions: Vec<&Rule> = book.all_versions().collect();
    let concerned =
        |rule: &&&Rule| rule.indicator.is_some() || Subject::ALL.iter().any(|s| s.scheme() == rule.id.as_str());
    let mut days: BTreeSet<Date> = BTreeSet::new();
    let mut places: BTreeSet<Option<&str>> = BTreeSet::from([None]);
    for rule in versions.iter().filter(concerned) {
        days.insert(rule.from);
        days.extend(rule.until.and_then(|until| until.checked_add(1.day()).ok()));
        places.insert(rule.division.as_deref());
    }
    let mut problems: Vec<PackProblem> = Vec::new();
    for place in places {
        let place = place.and_then(|code| DivisionCode::parse(code).ok());
        for day in &days {
            let rules = book.in_force(&[], place.as_ref(), *day);
            for subject in Subject::ALL {
                for (rule, reason) in check_sheet(&rules, subject) {
                    let (file, line) = book.place_of(rule);
                    let problem = PackProblem { file, line, reason };
                    if !problems.contains(&problem) {
                        problems.push(problem);
                    }
                }
            }
        }
    }
    problems
}

/// The sheet of one subject at one place on one day. A subject that is never scored has only vetoes.
fn check_sheet<'a>(rules: &RulesInForce<'a>, subject: Subject) -> Vec<(&'a Rule, String)> {
    let indicators: Vec<(&'a Rule, &'a IndicatorSpec)> = rules
        .all()
        .filter_map(|rule| Some((rule.rule, rule.rule.indicator.as_ref()?)))
        .filter(|(_, spec)| spec.subjects.contains(&subject))
        .collect();
    let Some(scheme) = rules.rule(subject.scheme()) else {
        let first = indicators.first().map(|(rule, _)| *rule);
        let reason = format!(
            "自{}起{}有检查指标，却没有评分总则“{}”，请补上。",
            rules.date(),
            subject.chinese(),
            subject.scheme()
        );
        return first.map(|rule| (rule, reason)).into_iter().collect();
    };
    let sum = |wanted: &dyn Fn(&IndicatorSpec) -> bool| -> Points {
        indicators.iter().filter(|(_, spec)| wanted(spec)).map(|(rule, spec)| most_points(rule, spec)).sum()
    };
    let has = |kind: IndicatorKind| indicators.iter().any(|(_, spec)| spec.kind == kind);
    if !has(IndicatorKind::Deduction) && !has(IndicatorKind::Bonus) {
        return Vec::new();
    }
    let deduction = |spec: &IndicatorSpec| spec.kind == IndicatorKind::Deduction;
    [
        (DEDUCTION_TOTAL, "扣分指标", sum(&deduction)),
        (SERVICES_SHARE, "办事服务类扣分指标", sum(&|spec| deduction(spec) && spec.services_only)),
        (BONUS_TOTAL, "加分指标", sum(&|spec| spec.kind == IndicatorKind::Bonus)),
    ]
    .into_iter()
    .filter_map(|(key, group, found)| {
        let total = scheme.number(key).map_or(Points::ZERO, Points::from);
        let (date, name) = (rules.date(), subject.chinese());
        (total != found).then(|| {
            let reason = format!(
                "自{date}起，{name}的{group}各项分值合计{found}分，与评分总则的“{key}”{total}分不符，请核对各项分值。"
            );
            (scheme.rule, reason)
        })
    })
    .collect()
}
