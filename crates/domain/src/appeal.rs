//! 规则异议: somebody says that a rule of the machine is wrong, and the competent office answers.
//!
//! There is one open appeal per rule and words; whoever has the same trouble joins it, and all of them are told.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{AppealId, DeadlineId, EditionId, PersonId, UnitId};

/// Where an appeal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppealState {
    /// 待答复
    Open,
    /// 采纳
    Adopted,
    /// 不采纳
    Refused,
}

impl AppealState {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Open, Self::Adopted, Self::Refused];

    /// Stable word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Adopted => "adopted",
            Self::Refused => "refused",
        }
    }

    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Open => "待答复",
            Self::Adopted => "已采纳",
            Self::Refused => "未采纳",
        }
    }
}

/// An appeal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appeal {
    /// Key.
    pub id: AppealId,
    /// The rule.
    pub rule: String,
    /// Digest of rule and words.
    pub words: String,
    /// The words as people see them, personal data masked.
    pub excerpt: String,
    /// What the machine said.
    pub message: String,
    /// `block`, `warn`, `hint`.
    pub severity: String,
    /// Version of the pack the rule came from.
    pub pack_version: String,
    /// State.
    pub state: AppealState,
    /// The competent office that answers.
    pub office: UnitId,
    /// The clock of the answer.
    pub deadline: Option<DeadlineId>,
    /// When.
    pub filed_at: Timestamp,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Why.
    pub opinion: Option<String>,
}

/// Somebody who appealed or joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppealParty {
    /// The appeal.
    pub appeal: AppealId,
    /// Who.
    pub person: PersonId,
    /// Of which unit's text the finding was.
    pub unit: UnitId,
    /// The edition.
    pub edition: EditionId,
    /// Fingerprint of the finding.
    pub fingerprint: String,
    /// What they say.
    pub text: String,
    /// When.
    pub joined_at: Timestamp,
    /// When they took note of the answer.
    pub told_at: Option<Timestamp>,
}

/// What an adopted appeal changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowUpKind {
    /// 规则停用
    RuleWithdrawn,
    /// 降低级别
    SeverityLowered,
    /// 词语列入允许
    WordsAllowed,
    /// 其他
    Other,
}

impl FollowUpKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::RuleWithdrawn, Self::SeverityLowered, Self::WordsAllowed, Self::Other];

    /// Stable word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RuleWithdrawn => "rule_withdrawn",
            Self::SeverityLowered => "severity_lowered",
            Self::WordsAllowed => "words_allowed",
            Self::Other => "other",
        }
    }

    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::RuleWithdrawn => "停用规则",
            Self::SeverityLowered => "降低提示级别",
            Self::WordsAllowed => "词语列入允许",
            Self::Other => "其他处理",
        }
    }
}

/// What was done after an appeal was adopted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// Kind.
    pub kind: FollowUpKind,
    /// What was changed.
    pub text: String,
    /// Page where it can be seen.
    pub link: Option<String>,
    /// Who noted it.
    pub noted_by: PersonId,
    /// When.
    pub noted_at: Timestamp,
}
