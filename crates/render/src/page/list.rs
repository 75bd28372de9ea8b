//! A column's list: its index page and its archive pages.

use std::collections::BTreeSet;

use serde::Serialize;
use uuid::Uuid;

use super::{Column, Crumb, ListItem, PageContext, samples};
use crate::dependency::Dependency;
use crate::list_plan::ListPageId;
use crate::marks::PageKind;

/// One page of a column's list.
#[derive(Debug, Clone, Serialize)]
pub struct ListPage {
    /// The column.
    pub column: Column,
    /// Which page of the list; decides the path.
    #[serde(skip)]
    pub page: ListPageId,
    /// Columns shown beside the list: the column's children, or its siblings when it has none.
    pub side_columns: Vec<Crumb>,
    /// Items with 置顶, newest first; on the index page only.
    pub pinned: Vec<ListItem>,
    /// The other items, newest first.
    pub items: Vec<ListItem>,
    /// Where the other pages are.
    pub pager: Pager,
    /// Shows document number and validity in columns of their own.
    pub shows_policies: bool,
}

/// Ways from one page of a list to the others. Made by [`crate::list_plan::ListPlan::pager`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Pager {
    /// Path of the index page, unless this is it.
    pub newest: Option<String>,
    /// Path of the next newer page.
    pub newer: Option<String>,
    /// Path of the next older page.
    pub older: Option<String>,
    /// Path of the page with the oldest items, unless this is it.
    pub oldest: Option<String>,
    /// Day of the oldest item on the page, `YYYY-MM-DD`.
    pub from_day: Option<String>,
    /// Day of the newest item on the page.
    pub to_day: Option<String>,
}

impl PageContext for ListPage {
    const TEMPLATE: &'static str = "list.html";
    const KIND: PageKind = PageKind::List;

    fn path(&self) -> String {
        self.page.path(&self.column.path)
    }

    fn top_column(&self) -> Option<Uuid> {
        Some(self.column.top())
    }

    fn dependencies(&self, into: &mut BTreeSet<Dependency>) {
        self.column.dependencies(into);
        into.extend(self.side_columns.iter().map(|crumb| Dependency::Column(crumb.id)));
        if self.page == ListPageId::Index {
            into.insert(Dependency::ColumnItems(self.column.id));
        }
        into.extend(self.pinned.iter().chain(&self.items).map(|item| Dependency::Resource(item.id)));
    }

    fn samples() -> Vec<(&'static str, Self)> {
        samples::list_pages()
    }
}
