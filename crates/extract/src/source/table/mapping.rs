//! Which column means which field: what was recognised, and corrections by hand.

use std::collections::BTreeMap;

use super::field::{Field, plain};

/// Corrections by hand; columns not named in it are recognised by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    by_hand: BTreeMap<String, Option<Field>>,
}

impl Mapping {
    /// Nothing is corrected.
    pub fn by_names() -> Mapping {
        Mapping::default()
    }

    /// The column of that name (marks and case do not count) means that field; `None`: it is kept under its own name
    /// in `other` only. Several columns may be given the same field: the first that is not empty wins, except for
    /// columns, keywords and attachments, which add up.
    pub fn set(&mut self, column: &str, field: Option<Field>) {
        self.by_hand.insert(plain(column), field);
    }

    /// As [`set`](Mapping::set), for chains.
    pub fn with(mut self, column: &str, field: Option<Field>) -> Mapping {
        self.set(column, field);
        self
    }

    pub(super) fn of(&self, column: &str) -> Option<Option<Field>> {
        if self.by_hand.is_empty() { None } else { self.by_hand.get(&plain(column)).copied() }
    }
}

/// A column and what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnReport {
    /// Name as written.
    pub name: String,
    /// `None`: not understood; its values are in `other`.
    pub field: Option<Field>,
    /// Said by hand, not recognised.
    pub by_hand: bool,
    /// Recognised by a name that may mean something else (日期, 名称): worth a look.
    pub unsure: bool,
    /// Values that were not empty, so far.
    pub filled: u64,
    /// The first value that was not empty, cut to 60 characters.
    pub example: String,
}
