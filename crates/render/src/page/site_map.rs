//! The page listing all columns (网站地图).

use std::collections::BTreeSet;

use serde::Serialize;
use uuid::Uuid;

use super::{PageContext, samples};
use crate::dependency::Dependency;
use crate::marks::PageKind;
use crate::path;

/// Site map page.
#[derive(Debug, Clone, Serialize)]
pub struct SiteMapPage {
    /// Top columns with everything below them.
    pub columns: Vec<SiteMapColumn>,
}

/// A column with its sub-columns.
#[derive(Debug, Clone, Serialize)]
pub struct SiteMapColumn {
    /// Identity of the column.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Its index page.
    pub path: String,
    /// Its sub-columns, to any depth.
    pub children: Vec<SiteMapColumn>,
}

impl SiteMapColumn {
    fn dependencies(&self, into: &mut BTreeSet<Dependency>) {
        into.insert(Dependency::Column(self.id));
        for child in &self.children {
            child.dependencies(into);
        }
    }
}

impl PageContext for SiteMapPage {
    const TEMPLATE: &'static str = "sitemap.html";
    const KIND: PageKind = PageKind::Plain;

    fn path(&self) -> String {
        path::SITE_MAP.to_owned()
    }

    fn dependencies(&self, into: &mut BTreeSet<Dependency>) {
        for column in &self.columns {
            column.dependencies(into);
        }
    }

    fn samples() -> Vec<(&'static str, Self)> {
        samples::site_map_pages()
    }
}
