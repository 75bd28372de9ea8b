//! One line of a list.

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::Validity;

/// A resource as a line on the home page or in a column's list.
#[derive(Debug, Clone, Serialize)]
pub struct ListItem {
    /// Identity of the resource.
    pub id: Uuid,
    /// Its title.
    pub title: String,
    /// Its content page.
    pub path: String,
    /// Publication time.
    pub published_at: Timestamp,
    /// A sentence or two; shown for leads only.
    pub summary: Option<String>,
    /// 发文字号, for policies.
    pub document_number: Option<String>,
    /// 效力, for policies.
    pub validity: Option<Validity>,
    /// 置顶.
    pub pinned: bool,
}
