//! A migration and how far it is.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Source;
use crate::ids::{MigrationId, PersonId, SiteId, UnitId};

/// How far a migration is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MigrationState {
    /// 采集中: pages are fetched, or taken out of what was handed over.
    Collecting,
    /// 识别中: what was collected is read and assessed.
    Reading,
    /// 待对应: old columns are set against new ones.
    Mapping,
    /// 试迁移中: drafts are made of the pages that move.
    Trying,
    /// 试迁移完成: people compare and spot-check.
    Tried,
    /// 审核中: the drafts run through their review chains.
    Reviewing,
    /// 已上线: the platform answers for the old addresses.
    Live,
    /// 已完成: the sums balance and the report is signed off.
    Completed,
    /// 已放弃
    Abandoned,
}

impl MigrationState {
    /// All states.
    pub const ALL: [Self; 9] = [
        Self::Collecting,
        Self::Reading,
        Self::Mapping,
        Self::Trying,
        Self::Tried,
        Self::Reviewing,
        Self::Live,
        Self::Completed,
        Self::Abandoned,
    ];

    /// Stable word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Collecting => "collecting",
            Self::Reading => "reading",
            Self::Mapping => "mapping",
            Self::Trying => "trying",
            Self::Tried => "tried",
            Self::Reviewing => "reviewing",
            Self::Live => "live",
            Self::Completed => "completed",
            Self::Abandoned => "abandoned",
        }
    }
    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Collecting => "采集中",
            Self::Reading => "识别中",
            Self::Mapping => "待对应栏目",
            Self::Trying => "试迁移中",
            Self::Tried => "试迁移完成",
            Self::Reviewing => "审核中",
            Self::Live => "已上线",
            Self::Completed => "已完成",
            Self::Abandoned => "已放弃",
        }
    }
    /// The platform is at work and people wait.
    pub fn is_running(self) -> bool {
        matches!(self, Self::Collecting | Self::Reading | Self::Trying)
    }
    /// Columns and fates may be decided.
    pub fn may_map(self) -> bool {
        matches!(self, Self::Mapping | Self::Tried | Self::Reviewing | Self::Live)
    }
    /// Nothing more happens.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Completed | Self::Abandoned)
    }
}

/// The moving of one old site into one site of the platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Migration {
    /// Key.
    pub id: MigrationId,
    /// The unit that answers for it: the sponsor of the site.
    pub unit: UnitId,
    /// The site that it goes into.
    pub site: SiteId,
    /// What people call it.
    pub name: String,
    /// Where the old pages come from.
    pub source: Source,
    /// Names of the old site's hosts, without port; the first is the main one. Filled while collecting.
    pub hosts: Vec<String>,
    /// How far it is.
    pub state: MigrationState,
    /// Counts the collections: 1 for the first, one more each time it is run again.
    pub round: i64,
    /// Rules for reading the pages of this site, learned from marked pages, as JSON.
    pub rules: Option<String>,
    /// Somebody asked the platform to stop at the next page.
    pub stopping: bool,
    /// Why it stands still, in plain Chinese.
    pub fault: Option<String>,
    /// Who began it, and writes its drafts.
    pub started_by: PersonId,
    /// When it began.
    pub created_at: Timestamp,
    /// When the old addresses were taken over.
    pub live_at: Option<Timestamp>,
    /// When it was signed off.
    pub completed_at: Option<Timestamp>,
    /// Optimistic lock.
    pub lock_version: i64,
}
