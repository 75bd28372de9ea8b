//! A column as pages show it.

use serde::Serialize;
use uuid::Uuid;

/// A named place in the column tree: navigation, breadcrumb, list of sub-columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Crumb {
    /// Identity of the column.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Its index page.
    pub path: String,
}

/// The column a page belongs to (栏目标签).
#[derive(Debug, Clone, Serialize)]
pub struct Column {
    /// Identity of the column.
    pub id: Uuid,
    /// `ColumnName`.
    pub name: String,
    /// Its index page.
    pub path: String,
    /// `ColumnDescription`.
    pub description: String,
    /// `ColumnKeywords`, separated by commas.
    pub keywords: String,
    /// `ColumnType`, such as `工作动态` or `政策文件`.
    pub column_type: String,
    /// Columns above it, the top one first.
    pub ancestors: Vec<Crumb>,
}

impl Column {
    /// The column itself as a place in the tree.
    pub fn as_crumb(&self) -> Crumb {
        Crumb { id: self.id, name: self.name.clone(), path: self.path.clone() }
    }

    /// The top column above it, or itself.
    pub(super) fn top(&self) -> Uuid {
        self.ancestors.first().map_or(self.id, |crumb| crumb.id)
    }

    pub(super) fn dependencies(&self, into: &mut std::collections::BTreeSet<crate::Dependency>) {
        into.insert(crate::Dependency::Column(self.id));
        into.extend(self.ancestors.iter().map(|crumb| crate::Dependency::Column(crumb.id)));
    }
}
