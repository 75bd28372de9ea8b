//! One line of a score sheet: what an indicator took or gave, at least and at most, and why.

use serde::{Deserialize, Serialize};

use crate::{
    indicator::{Finding, IndicatorKind, IndicatorSpec, Points, Verdict, scheme::most_points},
    rule::{Rule, RuleId, RuleInForce},
};

/// One indicator on the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The rule.
    pub rule: RuleId,
    /// Short code, e.g. `W-V2`.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Group on the sheet.
    pub group: String,
    /// What the indicator does.
    pub kind: IndicatorKind,
    /// Most points that it takes or gives; nothing for vetoes.
    pub most: Points,
    /// Points taken (deductions) or given (bonuses) for certain, capped; nothing for vetoes.
    pub points: Points,
    /// Points that may be taken or given at most, once everything has been looked at. Equal to `points` when nothing is
    /// open.
    pub possible: Points,
    /// The verdict.
    pub verdict: Verdict,
    /// The sentences shown to people: findings, what is lacking, or what was looked at.
    pub why: Vec<String>,
    /// How the rule is cited.
    pub citation: String,
    /// Whether the rule or its points still have to be confirmed (暂定).
    pub provisional: bool,
}

impl Line {
    /// Makes the line of a rule. `None` for a rule that is no indicator.
    pub fn new(rule: &RuleInForce<'_>, verdict: Option<&Verdict>) -> Option<Self> {
        let spec = rule.rule.indicator.as_ref()?;
        let most = most_points(rule.rule, spec).at_least_zero();
        let mut verdict = verdict.cloned().unwrap_or_else(|| unseen(spec));
        if spec.person_decides {
            verdict = verdict.left_to_person(&rule.rule.name);
        }
        let sum = |findings: &[Finding]| -> Points {
            let sum: Points = findings.iter().filter_map(|finding| finding.points).map(Points::at_least_zero).sum();
            sum.min(most)
        };
        let (points, possible) = match &verdict {
            Verdict::Clear { .. } => (Points::ZERO, Points::ZERO),
            Verdict::Found { findings } => {
                // A finding that names no points takes (or gives) all: its indicator knows no smaller part.
                let all = findings.iter().any(|finding| finding.points.is_none());
                let points = if all { most } else { sum(findings) };
                (points, points)
            }
            Verdict::NotEnough { seen, .. } => (sum(seen), most),
            Verdict::ForPerson { hits, .. } => {
                let granted = if spec.kind == IndicatorKind::Bonus { sum(hits) } else { Points::ZERO };
                (granted, most)
            }
        };
        Some(Self {
            rule: rule.rule.id.clone(),
            code: spec.code.clone(),
            name: rule.rule.name.clone(),
            group: spec.group.clone(),
            kind: spec.kind,
            most,
            points,
            possible,
            why: sentences(&verdict),
            verdict,
            citation: rule.rule.citation(),
            provisional: rule.rule.needs_confirmation(),
        })
    }

    /// Whether the verdict still leaves something open.
    pub fn is_open(&self) -> bool {
        matches!(self.verdict, Verdict::NotEnough { .. } | Verdict::ForPerson { .. })
    }

    /// `站点无法访问（W-V2）`.
    pub fn title(&self) -> String {
        format!("{}（{}）", self.name, self.code)
    }
}

fn unseen(spec: &IndicatorSpec) -> Verdict {
    match spec.kind {
        IndicatorKind::Bonus => Verdict::clear("没有申报加分。"),
        IndicatorKind::Veto | IndicatorKind::Deduction => Verdict::not_enough("这项指标还没有检查。"),
    }
}

fn sentences(verdict: &Verdict) -> Vec<String> {
    let of = |findings: &[Finding]| findings.iter().map(|finding| finding.sentence.clone()).collect::<Vec<_>>();
    match verdict {
        Verdict::Clear { explanation } => vec![explanation.clone()],
        Verdict::Found { findings } => of(findings),
        Verdict::NotEnough { lacking, seen } => [of(seen), lacking.clone()].concat(),
        Verdict::ForPerson { why, hits } => [vec![why.clone()], of(hits)].concat(),
    }
}

/// What in a rule still has to be confirmed: the rule as a whole, or names of its parameters.
pub fn unconfirmed(rule: &Rule) -> Vec<String> {
    if rule.mark.needs_confirmation() {
        return vec!["规则本身".to_owned()];
    }
    let own = rule.parameters.iter().filter(|parameter| parameter.mark.needs_confirmation());
    own.map(|parameter| parameter.name.clone()).collect()
}
