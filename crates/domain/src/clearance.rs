//! 放行: the last reviewer lets a text with a blocking finding pass, on request and with a reason.
//!
//! It is bound to one edition, one finding and its very words. When the words change, or the chain gets another last
//! step, it no longer holds.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    duty::Duty,
    ids::{ClearanceId, EditionId, PersonId, UnitId},
};

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClearanceState {
    /// 待决定
    Asked,
    /// 已放行
    Granted,
    /// 不予放行
    Refused,
    /// 已撤回
    Withdrawn,
}

impl ClearanceState {
    /// All states.
    pub const ALL: [Self; 4] = [Self::Asked, Self::Granted, Self::Refused, Self::Withdrawn];

    /// Stable word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Asked => "待决定",
            Self::Granted => "已放行",
            Self::Refused => "不予放行",
            Self::Withdrawn => "已撤回",
        }
    }
}

/// Who decides: the last step of the review chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastStep {
    /// 终审 …
    pub name: String,
    /// The duty it needs.
    pub duty: Duty,
    /// The unit whose reviewers decide.
    pub unit: UnitId,
}

impl LastStep {
    /// The same duty at the same unit; names may change.
    pub fn same_seat(&self, other: &Self) -> bool {
        self.duty == other.duty && self.unit == other.unit
    }
}

/// A request and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clearance {
    /// Key.
    pub id: ClearanceId,
    /// The edition.
    pub edition: EditionId,
    /// The unit that answers for it.
    pub unit: UnitId,
    /// Fingerprint of the finding.
    pub fingerprint: String,
    /// Digest of rule and words.
    pub words: String,
    /// The rule.
    pub rule: String,
    /// The words as people see them, personal data masked.
    pub excerpt: String,
    /// What the machine said.
    pub message: String,
    /// Why the editor asks.
    pub reason: String,
    /// State.
    pub state: ClearanceState,
    /// Who asked.
    pub asked_by: PersonId,
    /// When.
    pub asked_at: Timestamp,
    /// Who decides.
    pub step: LastStep,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// The absent person in whose place it was decided.
    pub on_behalf_of: Option<PersonId>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Why.
    pub remark: Option<String>,
}

impl Clearance {
    /// It lets this finding of this edition pass. `last` is the last step of the chain that applies now; `None` once
    /// the chain has begun.
    pub fn holds(&self, edition: EditionId, fingerprint: &str, words: &str, last: Option<&LastStep>) -> bool {
        self.state == ClearanceState::Granted
            && self.edition == edition
            && self.fingerprint == fingerprint
            && self.words == words
            && last.is_none_or(|last| self.step.same_seat(last))
    }
}

/// Why a person may not decide: nobody lets the own text pass.
pub fn own_hand_objection(
    writers: &[PersonId],
    submitted_by: Option<PersonId>,
    asked_by: PersonId,
    person: PersonId,
    on_behalf_of: Option<PersonId>,
) -> Option<&'static str> {
    let eyes: Vec<PersonId> = std::iter::once(person).chain(on_behalf_of).collect();
    if eyes.iter().any(|one| writers.contains(one) || submitted_by == Some(*one)) {
        return Some("本稿由您（或委托您的人）撰写、修改或送审，须由其他人决定是否放行。");
    }
    eyes.contains(&asked_by).then_some("放行申请由您（或委托您的人）提出，须由其他人决定。")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    fn granted() -> Clearance {
        Clearance {
            id: ClearanceId(Uuid::from_u128(1)),
            edition: EditionId(Uuid::from_u128(2)),
            unit: UnitId(Uuid::from_u128(3)),
            fingerprint: "f".into(),
            words: "w".into(),
            rule: "privacy.personal_id".into(),
            excerpt: String::new(),
            message: String::new(),
            reason: "示例理由".into(),
            state: ClearanceState::Granted,
            asked_by: person(4),
            asked_at: Timestamp::UNIX_EPOCH,
            step: LastStep { name: "终审".into(), duty: Duty::Reviewer3, unit: UnitId(Uuid::from_u128(3)) },
            decided_by: Some(person(5)),
            on_behalf_of: None,
            decided_at: None,
            remark: None,
        }
    }

    #[test]
    fn it_holds_for_the_same_words_of_the_same_edition_under_the_same_last_step() {
        let one = granted();
        let (edition, other) = (one.edition, EditionId(Uuid::from_u128(9)));
        let renamed = LastStep { name: "签发".into(), ..one.step.clone() };
        let higher = LastStep { duty: Duty::Reviewer4, ..one.step.clone() };
        let elsewhere = LastStep { unit: UnitId(Uuid::from_u128(9)), ..one.step.clone() };
        for (name, edition, fingerprint, words, last, holds) in [
            ("the same", edition, "f", "w", Some(&one.step), true),
            ("a renamed step", edition, "f", "w", Some(&renamed), true),
            ("the chain has begun", edition, "f", "w", None, true),
            ("another edition", other, "f", "w", Some(&one.step), false),
            ("another finding", edition, "g", "w", Some(&one.step), false),
            ("other words", edition, "f", "v", Some(&one.step), false),
            ("a higher last step", edition, "f", "w", Some(&higher), false),
            ("another unit's last step", edition, "f", "w", Some(&elsewhere), false),
        ] {
            assert_eq!(one.holds(edition, fingerprint, words, last), holds, "{name}");
        }
        for state in [ClearanceState::Asked, ClearanceState::Refused, ClearanceState::Withdrawn] {
            assert!(!Clearance { state, ..granted() }.holds(edition, "f", "w", None), "{state:?}");
        }
    }

    #[test]
    fn nobody_lets_the_own_text_pass_not_even_for_somebody_absent() {
        let writers = [person(1)];
        for (who, absent, allowed) in [
            (1, None, false),
            (2, None, false),
            (3, None, false),
            (4, None, true),
            (4, Some(1), false),
            (4, Some(3), false),
            (4, Some(5), true),
        ] {
            let objection = own_hand_objection(&writers, Some(person(2)), person(3), person(who), absent.map(person));
            assert_eq!(objection.is_none(), allowed, "{who} for {absent:?}");
        }
    }
}
