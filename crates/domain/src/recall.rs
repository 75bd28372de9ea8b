//! Recalls (撤回): a resource withdrawn everywhere, with a receipt for each place.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{EditionId, PersonId, RecallId, ResourceId, SiteId};

/// One withdrawal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recall {
    /// Key.
    pub id: RecallId,
    /// What was withdrawn.
    pub resource: ResourceId,
    /// The edition that was admitted then.
    pub edition: EditionId,
    /// Why; shown to staff.
    pub reason: String,
    /// Sentence shown to citizens on the 410 page.
    pub public_notice: String,
    /// Who.
    pub recalled_by: PersonId,
    /// When.
    pub recalled_at: Timestamp,
}

/// Proof for one place that the resource no longer shows there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecallReceipt {
    /// The recall.
    pub recall: RecallId,
    /// The site.
    pub site: SiteId,
    /// Path inside the site.
    pub path: String,
    /// What was there: 内容页, 列表, 首页, 附件, 网站地图.
    pub place: String,
    /// When the page was replaced or taken away; `None` while it still shows.
    pub cleared_at: Option<Timestamp>,
    /// Number of the release that did it.
    pub release_number: Option<i64>,
}
