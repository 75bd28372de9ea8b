//! The home page.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Column, ListItem, PageContext, samples};
use crate::dependency::Dependency;
use crate::marks::PageKind;
use crate::path;

/// Home page: lead, blocks of columns, quick entries.
#[derive(Debug, Clone, Serialize)]
pub struct HomePage {
    /// The page's own column tags; `column_type` must be `首页`.
    pub column_description: String,
    /// `ColumnKeywords`.
    pub column_keywords: String,
    /// The headline.
    pub lead: Option<HomeLead>,
    /// Blocks in the order shown. A block without items is not drawn (no 空白栏目 on a home page).
    pub blocks: Vec<HomeBlock>,
    /// 快速入口.
    pub quick_entries: Vec<QuickEntry>,
}

/// The headline of the home page.
#[derive(Debug, Clone, Serialize)]
pub struct HomeLead {
    /// What it leads to; its summary is shown.
    pub item: ListItem,
    /// Picture of the same site (path) with its description.
    pub image: Option<String>,
    /// Text for those who cannot see the picture.
    pub image_text: String,
}

/// The newest of one column.
#[derive(Debug, Clone, Serialize)]
pub struct HomeBlock {
    /// The column.
    pub column: Column,
    /// Its newest items.
    pub items: Vec<ListItem>,
    /// How it is drawn.
    pub shape: BlockShape,
}

/// How a home page block is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockShape {
    /// Beside the lead, largest.
    News,
    /// With document number and validity.
    Policy,
    /// Title and date.
    Plain,
}

/// A tile leading to a service, a column or another government site.
#[derive(Debug, Clone, Serialize)]
pub struct QuickEntry {
    /// Words on the tile.
    pub title: String,
    /// Path inside the site, or an `https://` address.
    pub path: String,
    /// A few words below the title; may be empty.
    pub note: String,
}

impl PageContext for HomePage {
    const TEMPLATE: &'static str = "home.html";
    const KIND: PageKind = PageKind::Home;

    fn path(&self) -> String {
        path::HOME.to_owned()
    }

    fn dependencies(&self, into: &mut BTreeSet<Dependency>) {
        if let Some(lead) = &self.lead {
            into.insert(Dependency::Resource(lead.item.id));
        }
        for block in &self.blocks {
            into.insert(Dependency::Column(block.column.id));
            into.insert(Dependency::ColumnItems(block.column.id));
            into.extend(block.items.iter().map(|item| Dependency::Resource(item.id)));
        }
    }

    fn samples() -> Vec<(&'static str, Self)> {
        samples::home_pages()
    }
}
