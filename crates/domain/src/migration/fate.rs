//! What becomes of an old page.

use serde::{Deserialize, Serialize};

/// What becomes of an old address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// 待定
    Undecided,
    /// 迁移: a resource of the library; the old address leads there.
    Moved,
    /// 归档: the original is kept and shown as 已归档.
    Archived,
    /// 合并: another page stands for it.
    Merged,
    /// 不迁移: gone, with a reason.
    Dropped,
}

impl Fate {
    /// All fates, in the order of reports.
    pub const ALL: [Self; 5] = [Self::Moved, Self::Archived, Self::Merged, Self::Dropped, Self::Undecided];

    /// Stable word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Undecided => "undecided",
            Self::Moved => "moved",
            Self::Archived => "archived",
            Self::Merged => "merged",
            Self::Dropped => "dropped",
        }
    }
    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fate| fate.as_str() == text)
    }
    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Undecided => "待定",
            Self::Moved => "迁移",
            Self::Archived => "归档",
            Self::Merged => "合并",
            Self::Dropped => "不迁移",
        }
    }
}

/// Who settled a fate. What a person decided is never changed by a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecidedBy {
    /// The platform, from what was found at the address.
    Rule,
    /// The decision about its column.
    Column,
    /// A person, for this page.
    Person,
}

impl DecidedBy {
    /// Stable word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Column => "column",
            Self::Person => "person",
        }
    }
    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Rule, Self::Column, Self::Person].into_iter().find(|by| by.as_str() == text)
    }
    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Rule => "自动判定",
            Self::Column => "按栏目",
            Self::Person => "人工指定",
        }
    }
}
