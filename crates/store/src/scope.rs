//! What part of the unit tree a person may see; every list and lookup of tenant data takes one.
//!
//! A unit's `path` is its materialised path: the keys of its ancestors and itself, each followed by `/`, in lower
//! case. "Below a unit" is therefore "path starts with", the same on both engines. A thing outside the scope is
//! not found (404), never forbidden (403): its existence is nobody else's business.

use sea_orm::{Condition, entity::prelude::ColumnTrait, sea_query::LikeExpr};

use crate::columns::escaped_for_like;

/// The units whose data may be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// `None` is everything.
    paths: Option<Vec<String>>,
}

impl Scope {
    /// Everything: the region's office, and the system itself.
    pub fn everything() -> Self {
        Self { paths: None }
    }

    /// The units with these materialised paths and all below them. No path sees nothing.
    pub fn below(paths: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { paths: Some(paths.into_iter().map(Into::into).collect()) }
    }

    /// May data of the unit with this materialised path be seen?
    pub fn includes(&self, path: &str) -> bool {
        self.paths.as_ref().is_none_or(|paths| paths.iter().any(|prefix| path.starts_with(prefix)))
    }

    /// The same rule in SQL, over the column that holds the path.
    pub(crate) fn condition(&self, path_column: impl ColumnTrait) -> Condition {
        let Some(paths) = &self.paths else { return Condition::all() };
        // An empty `any` is true in SeaORM; no path must see nothing.
        if paths.is_empty() {
            return Condition::all().add(sea_orm::sea_query::Expr::cust("1 = 0"));
        }
        paths.iter().fold(Condition::any(), |condition, prefix| {
            let pattern = LikeExpr::new(format!("{}%", escaped_for_like(prefix))).escape('\\');
            condition.add(path_column.like(pattern))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Scope;

    #[test]
    fn a_scope_includes_its_units_and_all_below_them() {
        let scope = Scope::below(["region/ulan/"]);
        assert!(scope.includes("region/ulan/"));
        assert!(scope.includes("region/ulan/huade/"));
        assert!(!scope.includes("region/"));
        assert!(!scope.includes("region/ulanqab/"), "a name that merely begins alike is another unit");
        assert!(Scope::everything().includes("region/"));
        assert!(!Scope::below(Vec::<String>::new()).includes("region/"));
    }
}
