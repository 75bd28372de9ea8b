//! The columns of one site as a tree, and as pages show them.

use std::collections::{BTreeMap, HashMap};

use domain::{column::Column, ids::ColumnId};
use render::page::{Column as ColumnView, Crumb, SiteMapColumn};

/// Open columns of a site, siblings in their order. A column below a closed one is closed with it.
pub(crate) struct ColumnTree {
    columns: Vec<Column>,
    by_id: HashMap<ColumnId, usize>,
    children: BTreeMap<Option<ColumnId>, Vec<usize>>,
}

impl ColumnTree {
    /// Builds the tree from all columns of a site, in sibling order.
    pub(crate) fn new(all: Vec<Column>) -> Self {
        let every: HashMap<ColumnId, Column> = all.iter().map(|column| (column.id, column.clone())).collect();
        let columns: Vec<Column> = all.into_iter().filter(|column| open_to_the_top(column, &every)).collect();
        let by_id = columns.iter().enumerate().map(|(index, column)| (column.id, index)).collect();
        let mut children: BTreeMap<Option<ColumnId>, Vec<usize>> = BTreeMap::new();
        for (index, column) in columns.iter().enumerate() {
            children.entry(column.parent).or_default().push(index);
        }
        Self { columns, by_id, children }
    }

    /// All open columns.
    pub(crate) fn all(&self) -> &[Column] {
        &self.columns
    }

    /// An open column.
    pub(crate) fn get(&self, id: ColumnId) -> Option<&Column> {
        self.by_id.get(&id).and_then(|index| self.columns.get(*index))
    }

    /// The columns directly below; `None` for the top ones.
    pub(crate) fn children(&self, of: Option<ColumnId>) -> impl Iterator<Item = &Column> {
        self.children.get(&of).into_iter().flatten().filter_map(|index| self.columns.get(*index))
    }

    /// The columns above, the top one first.
    pub(crate) fn ancestors(&self, of: &Column) -> Vec<&Column> {
        let mut above = Vec::new();
        let mut next = of.parent;
        while let Some(column) = next.and_then(|id| self.get(id)) {
            above.push(column);
            next = column.parent;
        }
        above.reverse();
        above
    }

    /// A column and everything below it.
    pub(crate) fn subtree(&self, of: ColumnId) -> Vec<ColumnId> {
        let mut found = vec![of];
        let mut position = 0;
        while let Some(id) = found.get(position).copied() {
            found.extend(self.children(Some(id)).map(|column| column.id));
            position += 1;
        }
        found
    }

    /// Top columns of the navigation bar.
    pub(crate) fn navigation(&self) -> impl Iterator<Item = &Column> {
        self.children(None).filter(|column| column.in_navigation)
    }

    /// A column as its pages show it.
    pub(crate) fn view(&self, column: &Column) -> ColumnView {
        ColumnView {
            id: column.id.0,
            name: column.name.clone(),
            path: column.index_path(),
            description: column.description.clone(),
            keywords: column.keywords.clone(),
            column_type: column.column_type.clone(),
            ancestors: self.ancestors(column).into_iter().map(crumb).collect(),
        }
    }

    /// The columns shown beside a list: the column's children, or its siblings when it has none.
    pub(crate) fn beside(&self, column: &Column) -> Vec<Crumb> {
        let below: Vec<Crumb> = self.children(Some(column.id)).map(crumb).collect();
        if below.is_empty() && column.parent.is_some() {
            self.children(column.parent).map(crumb).collect()
        } else {
            below
        }
    }

    /// The whole tree for the site map.
    pub(crate) fn site_map(&self) -> Vec<SiteMapColumn> {
        self.children(None).map(|column| self.site_map_column(column)).collect()
    }

    fn site_map_column(&self, column: &Column) -> SiteMapColumn {
        SiteMapColumn {
            id: column.id.0,
            name: column.name.clone(),
            path: column.index_path(),
            children: self.children(Some(column.id)).map(|below| self.site_map_column(below)).collect(),
        }
    }
}

/// A column as a place in the tree.
pub(crate) fn crumb(column: &Column) -> Crumb {
    Crumb { id: column.id.0, name: column.name.clone(), path: column.index_path() }
}

fn open_to_the_top(column: &Column, every: &HashMap<ColumnId, Column>) -> bool {
    let mut at = Some(column);
    while let Some(column) = at {
        if !column.active {
            return false;
        }
        at = column.parent.and_then(|id| every.get(&id));
    }
    true
}
