//! What a person decided not to be told again (机审例外): for one item, or for a unit until a day.
//!
//! An exception for an item holds for the same rule and the same words in every later edition of it. One for a unit
//! is for these words or for the whole rule, ends after twelve months at the latest, and takes effect only when a
//! second person of the unit has confirmed it. Neither ever covers a finding that blocks.

use jiff::{Timestamp, ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    ids::{ExceptionId, PersonId, ResourceId, UnitId},
    problem::FieldProblem,
};

/// Characters that a reason has at least: fewer explain nothing.
pub const SHORTEST_REASON: usize = 4;
/// Characters that a reason has at most.
pub const LONGEST_REASON: usize = 300;

/// Where an exception stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExceptionState {
    /// 待复核: proposed for a unit, not yet confirmed.
    Proposed,
    /// 生效
    InForce,
    /// 未通过
    Refused,
    /// 已终止
    Ended,
}

impl ExceptionState {
    /// All states.
    pub const ALL: [Self; 4] = [Self::Proposed, Self::InForce, Self::Refused, Self::Ended];

    /// Stable word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::InForce => "in_force",
            Self::Refused => "refused",
            Self::Ended => "ended",
        }
    }

    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Proposed => "待复核",
            Self::InForce => "生效中",
            Self::Refused => "未通过",
            Self::Ended => "已终止",
        }
    }
}

/// An exception.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScreeningException {
    /// Key.
    pub id: ExceptionId,
    /// The unit that answers for it.
    pub unit: UnitId,
    /// The item; `None` for an exception of the whole unit.
    pub resource: Option<ResourceId>,
    /// The rule.
    pub rule: String,
    /// Digest of rule and words; blank for the whole rule.
    pub words: String,
    /// The words as people see them, personal data masked.
    pub excerpt: String,
    /// What the machine said.
    pub message: String,
    /// Why.
    pub reason: String,
    /// Last day; `None` without an end (items only).
    pub until: Option<Date>,
    /// State.
    pub state: ExceptionState,
    /// Who asked for it.
    pub proposed_by: PersonId,
    /// When.
    pub proposed_at: Timestamp,
    /// Who confirmed or refused it.
    pub decided_by: Option<PersonId>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// What that person said.
    pub remark: Option<String>,
    /// Who ended it.
    pub ended_by: Option<PersonId>,
    /// When.
    pub ended_at: Option<Timestamp>,
    /// Why.
    pub end_reason: Option<String>,
}

/// A finding, reduced to what an exception asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FindingCase<'a> {
    /// The unit that answers for the item.
    pub unit: UnitId,
    /// The item.
    pub resource: ResourceId,
    /// The rule.
    pub rule: &'a str,
    /// Digest of rule and words.
    pub words: &'a str,
    /// It stops submission.
    pub blocks: bool,
    /// It is about personal data.
    pub privacy: bool,
}

impl ScreeningException {
    /// True when the exception holds on the day of the screening and is about this finding.
    pub fn covers(&self, case: &FindingCase<'_>, day: Date) -> bool {
        let place = match self.resource {
            Some(resource) => resource == case.resource,
            None => self.unit == case.unit,
        };
        let whole_rule = self.words.is_empty() && self.resource.is_none() && !case.privacy;
        self.state == ExceptionState::InForce
            && !case.blocks
            && place
            && self.until.is_none_or(|until| day <= until)
            && self.rule == case.rule
            && (whole_rule || (!self.words.is_empty() && self.words == case.words))
    }

    /// In force by its state, but over by its date.
    pub fn is_over(&self, day: Date) -> bool {
        self.state == ExceptionState::InForce && self.until.is_some_and(|until| until < day)
    }
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// For the unit, not for one item.
    pub for_unit: bool,
    /// The rule as a whole, not these words.
    pub whole_rule: bool,
    /// Last day, for a unit.
    pub until: Option<Date>,
    /// Why.
    pub reason: &'a str,
}

/// Everything wrong with the wish; nothing when it may be recorded.
pub fn problems(wanted: &Wanted<'_>, case: &FindingCase<'_>, today: Date) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    problems.extend(reason_problem(wanted.reason));
    if case.blocks {
        problems.push(FieldProblem::new("screening", "“须改正”的问题不能设为例外：请改正正文，确有理由的可申请放行。"));
    }
    if wanted.whole_rule && !wanted.for_unit {
        problems.push(FieldProblem::new("screening", "本稿例外只针对这几个字，不能针对整条规则。"));
    }
    if wanted.whole_rule && case.privacy {
        problems.push(FieldProblem::new(
            "screening",
            "个人信息类规则不能整条设为例外，只能针对具体文字（例如对外公布的值班电话）。",
        ));
    }
    match (wanted.for_unit, wanted.until) {
        (false, _) => {}
        (true, None) => problems.push(FieldProblem::new("until", "请填写截止日期，最长不超过12个月。")),
        (true, Some(until)) if until < today => {
            problems.push(FieldProblem::new("until", "截止日期已经过去，请填写今天或以后的日期。"));
        }
        (true, Some(until)) if until > latest(today) => problems.push(FieldProblem::new(
            "until",
            format!("例外最长12个月，截止日期不能晚于 {}。到期后仍需要的，可以重新申请。", latest(today)),
        )),
        (true, Some(_)) => {}
    }
    problems
}

/// The last day that an exception of a unit may name.
pub fn latest(today: Date) -> Date {
    today.checked_add(12.months()).unwrap_or(today)
}

/// What is wrong with a reason.
pub fn reason_problem(reason: &str) -> Option<FieldProblem> {
    let count = reason.trim().chars().count();
    if count < SHORTEST_REASON {
        return Some(FieldProblem::new("reason", "请写明理由（至少4个字），审核人会看到。"));
    }
    (count > LONGEST_REASON).then(|| FieldProblem::new("reason", "理由请控制在300字以内。"))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn exception(item: bool, words: &str, until: Option<&str>, state: ExceptionState) -> ScreeningException {
        ScreeningException {
            id: ExceptionId(Uuid::from_u128(1)),
            unit: UnitId(Uuid::from_u128(2)),
            resource: item.then_some(ResourceId(Uuid::from_u128(3))),
            rule: "form.title".into(),
            words: words.into(),
            excerpt: String::new(),
            message: String::new(),
            reason: "示例理由".into(),
            until: until.map(day),
            state,
            proposed_by: PersonId(Uuid::from_u128(4)),
            proposed_at: Timestamp::UNIX_EPOCH,
            decided_by: None,
            decided_at: None,
            remark: None,
            ended_by: None,
            ended_at: None,
            end_reason: None,
        }
    }

    fn case<'a>(unit: u128, resource: u128, rule: &'a str, words: &'a str) -> FindingCase<'a> {
        FindingCase {
            unit: UnitId(Uuid::from_u128(unit)),
            resource: ResourceId(Uuid::from_u128(resource)),
            rule,
            words,
            blocks: false,
            privacy: false,
        }
    }

    #[test]
    fn an_exception_covers_what_it_names_until_its_last_day() {
        use ExceptionState::{Ended, InForce, Proposed, Refused};
        let same = case(2, 3, "form.title", "w");
        let on = "2026-11-23";
        let table = [
            ("item, same words", exception(true, "w", None, InForce), same, on, true),
            ("item, other words", exception(true, "v", None, InForce), same, on, false),
            ("another item", exception(true, "w", None, InForce), case(2, 9, "form.title", "w"), on, false),
            ("another rule", exception(true, "w", None, InForce), case(2, 3, "form.date", "w"), on, false),
            (
                "unit, same words, other item",
                exception(false, "w", Some(on), InForce),
                case(2, 9, "form.title", "w"),
                on,
                true,
            ),
            ("unit, whole rule", exception(false, "", Some(on), InForce), case(2, 9, "form.title", "x"), on, true),
            ("another unit", exception(false, "", Some(on), InForce), case(8, 9, "form.title", "x"), on, false),
            ("the last day counts", exception(false, "w", Some("2026-11-23"), InForce), same, "2026-11-23", true),
            ("the day after does not", exception(false, "w", Some("2026-11-23"), InForce), same, "2026-11-24", false),
            ("only proposed", exception(false, "w", Some(on), Proposed), same, on, false),
            ("refused", exception(false, "w", Some(on), Refused), same, on, false),
            ("ended", exception(true, "w", None, Ended), same, on, false),
            ("an item's exception without words is none", exception(true, "", None, InForce), same, on, false),
        ];
        for (name, exception, case, on, covered) in table {
            assert_eq!(exception.covers(&case, day(on)), covered, "{name}");
        }
    }

    #[test]
    fn blocking_findings_are_never_covered_and_privacy_never_by_a_whole_rule() {
        let all = exception(false, "", Some("2026-11-30"), ExceptionState::InForce);
        let these = exception(false, "w", Some("2026-11-30"), ExceptionState::InForce);
        let on = day("2026-11-23");
        let private = FindingCase { privacy: true, ..case(2, 3, "form.title", "w") };
        let blocking = FindingCase { blocks: true, ..case(2, 3, "form.title", "w") };
        assert!(!all.covers(&private, on) && these.covers(&private, on));
        assert!(!all.covers(&blocking, on) && !these.covers(&blocking, on));
    }

    #[test]
    fn wishes_are_refused_at_their_fields() {
        let today = day("2026-02-28");
        let good = Wanted { for_unit: true, whole_rule: false, until: Some(day("2027-02-28")), reason: "示例理由" };
        let plain = case(2, 3, "form.title", "w");
        let private = FindingCase { privacy: true, ..plain };
        let blocking = FindingCase { blocks: true, ..plain };
        let table: Vec<(&str, Wanted<'_>, FindingCase<'_>, Option<&str>)> = vec![
            ("twelve months to the day", good, plain, None),
            ("one day more", Wanted { until: Some(day("2027-03-01")), ..good }, plain, Some("until")),
            ("today", Wanted { until: Some(today), ..good }, plain, None),
            ("yesterday", Wanted { until: Some(day("2026-02-27")), ..good }, plain, Some("until")),
            ("no day", Wanted { until: None, ..good }, plain, Some("until")),
            ("an item needs no day", Wanted { for_unit: false, until: None, ..good }, plain, None),
            ("three characters", Wanted { reason: " 三个字 ", ..good }, plain, Some("reason")),
            ("blocking", good, blocking, Some("screening")),
            ("whole rule", Wanted { whole_rule: true, ..good }, plain, None),
            ("whole rule of privacy", Wanted { whole_rule: true, ..good }, private, Some("screening")),
            ("words of privacy", good, private, None),
            ("whole rule for an item", Wanted { for_unit: false, whole_rule: true, ..good }, plain, Some("screening")),
        ];
        for (name, wanted, case, field) in table {
            let found = problems(&wanted, &case, today);
            assert_eq!(found.first().map(|problem| problem.field.as_str()), field, "{name}: {found:?}");
        }
        assert_eq!(latest(day("2028-02-29")), day("2029-02-28"));
    }
}
