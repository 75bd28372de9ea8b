//! The judgement itself. Pure; exact fractions; the best and the worst possible score decide where something is open.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Assessment, Line, line::unconfirmed};
use crate::{
    identifier::DivisionCode,
    ids::AmendmentId,
    indicator::{IndicatorKind, Points, Subject, scheme},
    rule::{Mark, Origin, RuleId, RuleInForce, RulesInForce},
};

/// Why a subject fails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum Reason {
    /// 单项否决
    Veto {
        /// The indicator.
        rule: RuleId,
        /// Its name and code.
        title: String,
    },
    /// Below the pass line.
    BelowPassLine {
        /// The best score that is still possible.
        at_most: Points,
        /// The line.
        line: Points,
    },
}

/// The result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    /// 不合格
    Unqualified {
        /// All reasons.
        because: Vec<Reason>,
    },
    /// 合格
    Qualified,
    /// 尚不能判定
    Undecided {
        /// What has to be looked at or decided, by indicator.
        lacking: Vec<String>,
    },
}

/// Something that took part and still has to be confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provisional {
    /// The rule.
    pub rule: RuleId,
    /// Its name.
    pub name: String,
    /// Its own mark.
    pub mark: Mark,
    /// The rule itself, or which of its parameters.
    pub what: Vec<String>,
}

/// A pack whose rules took part.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PackVersion {
    /// Its id.
    pub pack: String,
    /// Its version.
    pub version: String,
}

/// A score sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// What was judged.
    pub subject: Subject,
    /// Whether the service indicators were judged.
    pub has_public_services: bool,
    /// By the rules of which day.
    pub date: Date,
    /// The result.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// Second part: what the deductions left. Absent after a veto, while it is open, and for subjects without a sheet.
    pub deduction_part: Option<Points>,
    /// Third part. Absent unless the second part is above the bonus line.
    pub bonus_part: Option<Points>,
    /// The final score. Absent after a veto: 没有得分, not 0 分.
    pub total: Option<Points>,
    /// The lowest and the highest total still possible, where observations are lacking.
    pub range: Option<(Points, Points)>,
    /// Rules that took part and still have to be confirmed. With any of them the score is 暂定.
    pub provisional: Vec<Provisional>,
    /// Every indicator.
    pub lines: Vec<Line>,
    /// Packs and versions that were asked.
    pub packs: Vec<PackVersion>,
    /// Where the rules were those in force; `None` nationwide.
    pub place: Option<DivisionCode>,
    /// Changes of parameters by region and league that were in force.
    pub amendments: Vec<AmendmentId>,
}

/// Judges an assessment by the rules in force (their day, their place). Never panics.
pub fn score(rules: &RulesInForce<'_>, assessment: &Assessment) -> Score {
    let judged: Vec<RuleInForce<'_>> = rules.all().filter(|rule| concerns(rule, assessment)).collect();
    let mut lines: Vec<Line> =
        judged.iter().filter_map(|rule| Line::new(rule, assessment.verdicts.get(&rule.rule.id))).collect();
    lines.sort_by(|a, b| (a.kind, &a.code).cmp(&(b.kind, &b.code)));
    let scheme = rules.rule(assessment.subject.scheme());
    let sheet = scheme.as_ref().map(|scheme| Sheet::new(scheme, assessment, &lines));

    let taking_part: Vec<&RuleInForce<'_>> = judged.iter().chain(scheme.as_ref()).collect();
    let packs: BTreeSet<PackVersion> = taking_part
        .iter()
        .map(|rule| PackVersion { pack: rule.rule.pack.clone(), version: rule.rule.pack_version.clone() })
        .collect();
    let amendments: BTreeSet<AmendmentId> = taking_part
        .iter()
        .flat_map(|rule| &rule.parameters)
        .filter_map(|parameter| match parameter.origin {
            Origin::Amendment { id, .. } => Some(id),
            Origin::Pack => None,
        })
        .collect();
    let mut score = Score {
        subject: assessment.subject,
        has_public_services: assessment.has_public_services,
        date: rules.date(),
        outcome: Outcome::Qualified,
        deduction_part: None,
        bonus_part: None,
        total: None,
        range: None,
        provisional: Vec::new(),
        lines,
        packs: packs.into_iter().collect(),
        place: rules.place().cloned(),
        amendments: amendments.into_iter().collect(),
    };
    conclude(&mut score, sheet);
    score.provisional = provisional(&score, &taking_part);
    score
}

/// What the result rests on and still has to be confirmed. After a veto that is the vetoes found alone, and nothing if
/// one of them is certain; bonuses only where they give, or may still give, points.
fn provisional(score: &Score, taking_part: &[&RuleInForce<'_>]) -> Vec<Provisional> {
    let line = |rule: &RuleId| score.lines.iter().find(|line| line.rule == *rule);
    let vetoed = matches!(&score.outcome, Outcome::Unqualified { because }
        if because.iter().any(|reason| matches!(reason, Reason::Veto { .. })));
    let counts = |rule: &RuleInForce<'_>| match line(&rule.rule.id) {
        Some(line) if vetoed => line.kind == IndicatorKind::Veto && line.verdict.is_found(),
        Some(line) if line.kind == IndicatorKind::Bonus => {
            let open = score.range.is_some() && line.possible > Points::ZERO;
            open || (score.bonus_part.is_some() && line.points > Points::ZERO)
        }
        Some(_) => true,
        None => !vetoed,
    };
    let counted: Vec<&&RuleInForce<'_>> = taking_part.iter().filter(|rule| counts(rule)).collect();
    if vetoed && counted.iter().any(|rule| !rule.rule.needs_confirmation()) {
        return Vec::new();
    }
    counted
        .into_iter()
        .filter(|rule| rule.rule.needs_confirmation())
        .map(|rule| Provisional {
            rule: rule.rule.id.clone(),
            name: rule.rule.name.clone(),
            mark: rule.rule.mark,
            what: unconfirmed(rule.rule),
        })
        .collect()
}

fn concerns(rule: &RuleInForce<'_>, assessment: &Assessment) -> bool {
    rule.rule.indicator.as_ref().is_some_and(|spec| {
        spec.subjects.contains(&assessment.subject) && (assessment.has_public_services || !spec.services_only)
    })
}

fn conclude(score: &mut Score, sheet: Option<Sheet>) {
    let vetoes = || score.lines.iter().filter(|line| line.kind == IndicatorKind::Veto);
    let Some(sheet) = sheet.filter(|_| vetoes().next().is_some()) else {
        let lacking =
            vec![format!("{}没有生效的{}检查指标，请核对日期和规则包。", score.date, score.subject.chinese())];
        score.outcome = Outcome::Undecided { lacking };
        return;
    };
    let mut because: Vec<Reason> = vetoes()
        .filter(|line| line.verdict.is_found())
        .map(|line| Reason::Veto { rule: line.rule.clone(), title: line.title() })
        .collect();
    if !because.is_empty() {
        score.outcome = Outcome::Unqualified { because };
        return;
    }
    let vetoes_open = vetoes().any(Line::is_open);
    if sheet.scored {
        if sheet.best < sheet.pass {
            because.push(Reason::BelowPassLine { at_most: sheet.best, line: sheet.pass });
        }
        // While a veto is open there may turn out to be no score at all.
        if !vetoes_open {
            sheet.fill(score);
        }
    }
    score.outcome = if !because.is_empty() {
        Outcome::Unqualified { because }
    } else if vetoes_open || (sheet.scored && sheet.worst < sheet.pass) {
        Outcome::Undecided { lacking: lacking(&score.lines) }
    } else {
        Outcome::Qualified
    };
}

/// Open vetoes and deductions; bonuses never decide about passing.
fn lacking(lines: &[Line]) -> Vec<String> {
    lines
        .iter()
        .filter(|line| line.is_open() && line.kind != IndicatorKind::Bonus)
        .map(|line| format!("{}：{}", line.title(), line.why.join(" ")))
        .collect()
}

/// The scored part of a sheet: bounds of what the deductions leave and of what the bonuses give.
struct Sheet {
    /// False for subjects that are only judged by vetoes.
    scored: bool,
    pass: Points,
    bonus_line: Points,
    worst: Points,
    best: Points,
    least_bonus: Points,
    most_bonus: Points,
}

impl Sheet {
    fn new(rule: &RuleInForce<'_>, assessment: &Assessment, lines: &[Line]) -> Self {
        let points = |key: &str| rule.number(key).map_or(Points::ZERO, Points::from);
        let total = points(scheme::DEDUCTION_TOTAL);
        let of = |kind: IndicatorKind| lines.iter().filter(move |line| line.kind == kind);
        let part = if assessment.has_public_services { total } else { total - points(scheme::SERVICES_SHARE) };
        let left = |taken: Points| (part - taken).at_least_zero().converted(part, total);
        let most_bonus = points(scheme::BONUS_TOTAL);
        Self {
            scored: of(IndicatorKind::Deduction).next().is_some(),
            pass: points(scheme::PASS_LINE),
            bonus_line: points(scheme::BONUS_LINE),
            worst: left(of(IndicatorKind::Deduction).map(|line| line.possible).sum()),
            best: left(of(IndicatorKind::Deduction).map(|line| line.points).sum()),
            least_bonus: of(IndicatorKind::Bonus).map(|line| line.points).sum::<Points>().min(most_bonus),
            most_bonus: of(IndicatorKind::Bonus).map(|line| line.possible).sum::<Points>().min(most_bonus),
        }
    }

    /// Writes down what is certain. 高于80分: exactly the line gives no bonus.
    fn fill(&self, score: &mut Score) {
        let exact = self.worst == self.best;
        let (lowest_bonus, highest_bonus) = (
            if self.worst > self.bonus_line { self.least_bonus } else { Points::ZERO },
            if self.best > self.bonus_line { self.most_bonus } else { Points::ZERO },
        );
        score.deduction_part = exact.then_some(self.best);
        if exact && self.best > self.bonus_line && self.least_bonus == self.most_bonus {
            score.bonus_part = Some(self.least_bonus);
        }
        let (lowest, highest) = (self.worst + lowest_bonus, self.best + highest_bonus);
        if exact && lowest == highest {
            score.total = Some(lowest);
        } else {
            score.range = Some((lowest, highest));
        }
    }
}
