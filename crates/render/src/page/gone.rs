//! What stands where a recalled page stood.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::{Crumb, PageContext, samples};
use crate::dependency::Dependency;
use crate::marks::PageKind;

/// Page for status 410: what happened, when, by whom, where to turn. It repeats nothing of the
/// recalled content, not even its title.
#[derive(Debug, Clone, Serialize)]
pub struct GonePage {
    /// Path of the recalled page.
    #[serde(skip)]
    pub path: String,
    /// Identity of the recalled resource; not shown.
    #[serde(skip)]
    pub id: Uuid,
    /// When it was recalled.
    pub recalled_at: Timestamp,
    /// The unit that recalled it.
    pub unit: String,
    /// Reason in words meant for the public, when given.
    pub public_reason: Option<String>,
    /// How to ask about it: telephone or address of the unit.
    pub contact: String,
    /// The column it stood in, when that still exists.
    pub column: Option<Crumb>,
}

impl PageContext for GonePage {
    const TEMPLATE: &'static str = "gone.html";
    const KIND: PageKind = PageKind::Plain;

    fn path(&self) -> String {
        self.path.clone()
    }

    fn dependencies(&self, into: &mut BTreeSet<Dependency>) {
        into.insert(Dependency::Resource(self.id));
        into.extend(self.column.iter().map(|crumb| Dependency::Column(crumb.id)));
    }

    fn samples() -> Vec<(&'static str, Self)> {
        samples::gone_pages()
    }
}
