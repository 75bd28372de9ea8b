//! Placements (使用): a resource shown in a site's column. A reference, never a copy.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{ColumnId, PersonId, PlacementId, ResourceId, SiteId};

/// State of a placement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlacementState {
    /// 待入库: asked for with the draft; takes effect when the edition is admitted.
    Proposed,
    /// 定时: admitted, waiting for its hour.
    Scheduled,
    /// 已上线
    Live,
    /// 已取消: taken off this column only.
    Removed,
    /// 已撤回: with the resource, everywhere.
    Recalled,
}

impl PlacementState {
    /// Stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Scheduled => "scheduled",
            Self::Live => "live",
            Self::Removed => "removed",
            Self::Recalled => "recalled",
        }
    }
    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Proposed, Self::Scheduled, Self::Live, Self::Removed, Self::Recalled]
            .into_iter()
            .find(|v| v.as_str() == text)
    }
    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Proposed => "待入库",
            Self::Scheduled => "定时发布",
            Self::Live => "已上线",
            Self::Removed => "已取消",
            Self::Recalled => "已撤回",
        }
    }
}

/// The use of a resource in one column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// Key.
    pub id: PlacementId,
    /// What.
    pub resource: ResourceId,
    /// Where.
    pub site: SiteId,
    /// In which column.
    pub column: ColumnId,
    /// State.
    pub state: PlacementState,
    /// Shown above the others.
    pub pinned: bool,
    /// Order in lists: the stated publication time; set when it goes live.
    pub sort_at: Option<Timestamp>,
    /// When it shall go live; `None` = as soon as admitted.
    pub publish_at: Option<Timestamp>,
    /// When it really went live.
    pub live_at: Option<Timestamp>,
    /// When it shall be taken off by itself (有效期至); copied from the edition when it goes live.
    pub expires_at: Option<Timestamp>,
    /// Who asked for it.
    pub placed_by: PersonId,
    /// When.
    pub placed_at: Timestamp,
}
