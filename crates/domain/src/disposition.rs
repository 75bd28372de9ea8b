//! What a person decided about a finding of the machine (机审意见的处理).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{EditionId, PersonId};

/// The decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DispositionKind {
    /// 已知悉: the finding is right and left as it is (only for warnings and hints).
    Accepted,
    /// 已改正
    Corrected,
    /// 本处忽略: with a reason; visible to every reviewer. Only for warnings and hints: a finding that blocks is let
    /// pass by the last reviewer ([`crate::clearance`]).
    Overruled,
}

impl DispositionKind {
    /// Stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Corrected => "corrected",
            Self::Overruled => "overruled",
        }
    }
    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Accepted, Self::Corrected, Self::Overruled].into_iter().find(|value| value.as_str() == text)
    }
    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Accepted => "已知悉",
            Self::Corrected => "已改正",
            Self::Overruled => "本处忽略",
        }
    }
}

/// A decision about one finding of one edition, joined by the finding's fingerprint so that it survives a new screening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disposition {
    /// The edition.
    pub edition: EditionId,
    /// Fingerprint of the finding.
    pub fingerprint: String,
    /// Decision.
    pub kind: DispositionKind,
    /// Why; required for `Overruled`.
    pub reason: Option<String>,
    /// Who decided.
    pub decided_by: PersonId,
    /// When.
    pub decided_at: Timestamp,
}
