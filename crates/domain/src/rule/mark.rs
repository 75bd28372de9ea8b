//! How far a rule can be trusted, and on whose authority it stands.

use serde::{Deserialize, Serialize};

/// Reliability mark of a fact: how it came to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Mark {
    /// Seen word for word in the document itself.
    V,
    /// Seen in a reprint, a local implementation or public code; same meaning, not the original.
    #[serde(rename = "V~")]
    VTilde,
    /// From memory, fairly sure: to be checked against the original before it is relied upon.
    H,
    /// From memory, unsure: a placeholder.
    U,
    /// No text says it: this platform's own choice where the document leaves the way of counting open.
    D,
}

impl Mark {
    /// All marks, the most reliable first.
    pub const ALL: [Self; 5] = [Self::V, Self::VTilde, Self::H, Self::U, Self::D];

    /// The mark as written in packs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V => "V",
            Self::VTilde => "V~",
            Self::H => "H",
            Self::U => "U",
            Self::D => "D",
        }
    }

    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.as_str() == text)
    }

    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::V => "原文核实",
            Self::VTilde => "转载或地方件核实",
            Self::H => "待确认（把握较大）",
            Self::U => "待确认（占位值）",
            Self::D => "本平台约定（文件未写明）",
        }
    }

    /// True for values that somebody must still compare with the original text.
    pub fn needs_confirmation(self) -> bool {
        matches!(self, Self::H | Self::U)
    }
}

/// Whose rule it is. The order is from the whole to the part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleLevel {
    /// 国家
    National,
    /// 自治区
    Region,
    /// 盟市
    League,
}

impl RuleLevel {
    /// All levels.
    pub const ALL: [Self; 3] = [Self::National, Self::Region, Self::League];

    /// Stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Region => "region",
            Self::League => "league",
        }
    }

    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == text)
    }

    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::National => "国家",
            Self::Region => "自治区",
            Self::League => "盟市",
        }
    }
}
