//! Releases (发布版): what is live on a site now. A release maps paths to content hashes and switches atomically.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{EditionId, PersonId, ReleaseId, SiteId};

/// Why a release was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReleaseCause {
    /// 内容变更
    Content,
    /// 全站重建
    Rebuild,
    /// 回退
    Rollback,
}

impl ReleaseCause {
    /// Stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Rebuild => "rebuild",
            Self::Rollback => "rollback",
        }
    }
    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Content, Self::Rebuild, Self::Rollback].into_iter().find(|v| v.as_str() == text)
    }
    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Content => "内容变更",
            Self::Rebuild => "全站重建",
            Self::Rollback => "回退",
        }
    }
}

/// One switch of a site from one set of pages to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// Key.
    pub id: ReleaseId,
    /// Site.
    pub site: SiteId,
    /// 1, 2, 3 … within the site.
    pub number: i64,
    /// Why.
    pub cause: ReleaseCause,
    /// For a rollback: the release whose pages came back.
    pub rolled_back_to: Option<i64>,
    /// Pages changed or added.
    pub pages_written: i64,
    /// Pages taken away.
    pub pages_removed: i64,
    /// Hash of the theme's files it was rendered with.
    pub theme_version: String,
    /// Who caused it; `None` for the platform's own jobs.
    pub made_by: Option<PersonId>,
    /// When it went live.
    pub made_at: Timestamp,
}

/// What stands at one path of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LivePage {
    /// Path inside the site, e.g. `content/2026-11/12.html`.
    pub path: String,
    /// SHA-256 of the bytes in the file store.
    pub hash: String,
    /// Media type it is served with.
    pub media_type: String,
    /// 200, or 410 for a recalled page.
    pub status: i32,
    /// The admitted edition it shows, for content pages and their files; `None` for lists, home and site map.
    pub edition: Option<EditionId>,
    /// Size in bytes.
    pub size: i64,
}
