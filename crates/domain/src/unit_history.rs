//! What happened to a unit (单位沿革): units are renamed, moved and merged, and what they published must stay traceable.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::UnitId;

/// Kind of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitHistoryKind {
    /// 新建
    Created,
    /// 更名
    Renamed,
    /// 修改资料
    Changed,
    /// 调整隶属
    Moved,
    /// 并入其他单位
    Merged,
    /// 并入了其他单位的职责
    Absorbed,
    /// 停用
    Deactivated,
    /// 恢复使用
    Reactivated,
}

impl UnitHistoryKind {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::Created,
        Self::Renamed,
        Self::Changed,
        Self::Moved,
        Self::Merged,
        Self::Absorbed,
        Self::Deactivated,
        Self::Reactivated,
    ];

    /// Stable word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Renamed => "renamed",
            Self::Changed => "changed",
            Self::Moved => "moved",
            Self::Merged => "merged",
            Self::Absorbed => "absorbed",
            Self::Deactivated => "deactivated",
            Self::Reactivated => "reactivated",
        }
    }

    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Created => "新建",
            Self::Renamed => "更名",
            Self::Changed => "修改资料",
            Self::Moved => "调整隶属",
            Self::Merged => "并入其他单位",
            Self::Absorbed => "接收并入单位",
            Self::Deactivated => "停用",
            Self::Reactivated => "恢复使用",
        }
    }
}

/// One field that changed, in the words shown to people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// What people call the field, e.g. 名称.
    pub label: String,
    /// Value before; blank when there was none.
    pub before: String,
    /// Value after; blank when there is none.
    pub after: String,
}

/// What an entry says besides its kind. Names are kept as they were at that moment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitHistoryDetail {
    /// Fields that changed.
    #[serde(default)]
    pub changes: Vec<FieldChange>,
    /// The other unit of a merger, with its name then.
    #[serde(default)]
    pub other: Option<(UnitId, String)>,
    /// The reason or the document that the person gave.
    #[serde(default)]
    pub reason: Option<String>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitHistory {
    /// Whose history.
    pub unit: UnitId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: UnitHistoryKind,
    /// The rest.
    pub detail: UnitHistoryDetail,
    /// Login name of the person; `system` for the platform itself.
    pub by_login: String,
}
