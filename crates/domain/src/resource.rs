//! Resources (信息资源): identities in the unified library (统一信息资源库). A resource has no state; its editions do.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{PersonId, ResourceId, UnitId};

/// Type of a resource (regulations §6.3). More types join as their parts are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResourceKind {
    /// 文章（动态、公告、概况等）
    Article,
    /// 政策文件
    Policy,
    /// 政策解读
    Interpretation,
}

impl ResourceKind {
    /// All types, in the order of forms.
    pub const ALL: [Self; 3] = [Self::Article, Self::Policy, Self::Interpretation];

    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Article => "文章",
            Self::Policy => "政策文件",
            Self::Interpretation => "政策解读",
        }
    }
    /// Stable word stored in the database and used by the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Policy => "policy",
            Self::Interpretation => "interpretation",
        }
    }
    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// One identity in the library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// Key.
    pub id: ResourceId,
    /// Number that stands in public addresses (`content/2026-11/123.html`); issued once, never reused.
    pub serial: i64,
    /// Type.
    pub kind: ResourceKind,
    /// The unit that answers for it (发布单位).
    pub unit: UnitId,
    /// Month `YYYY-MM` that stands in its public address; fixed at creation so that the address never moves.
    pub address_month: String,
    /// Key of the record in the system it was imported from (`source system:id`), unique; makes imports repeatable.
    pub origin_key: Option<String>,
    /// First moment any edition of it was published by this platform; `None` before. Never altered afterwards:
    /// it is the proof against 伪造发稿日期 (国办秘函〔2019〕19号 单项否决 1).
    pub first_published_at: Option<Timestamp>,
    /// Who made it.
    pub created_by: PersonId,
    /// When.
    pub created_at: Timestamp,
}

impl Resource {
    /// Path of its page inside every site that shows it.
    pub fn page_path(&self) -> String {
        format!("content/{}/{}.html", self.address_month, self.serial)
    }

    /// Path of one of its files inside every site that shows it.
    pub fn file_path(&self, file_name: &str) -> String {
        format!("content/{}/{}/{}", self.address_month, self.serial, file_name)
    }
}
