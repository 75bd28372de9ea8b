//! What was filled into the tables.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{form::Key, rule::Quantity};

/// Cells of one table: row → column → number. A cell that is not there was not filled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TableCells(BTreeMap<Key, BTreeMap<Key, Quantity>>);

/// Cells of all tables, by table.
pub type Cells = BTreeMap<Key, TableCells>;

impl TableCells {
    /// The number in a cell.
    pub fn get(&self, row: &Key, column: &Key) -> Option<Quantity> {
        self.0.get(row)?.get(column).copied()
    }

    /// Puts a number into a cell.
    pub fn set(&mut self, row: Key, column: Key, number: Quantity) {
        self.0.entry(row).or_default().insert(column, number);
    }

    /// Empties a cell.
    pub fn clear(&mut self, row: &Key, column: &Key) {
        if let Some(cells) = self.0.get_mut(row) {
            cells.remove(column);
        }
    }

    /// Counts one more in a cell.
    pub fn count(&mut self, row: Key, column: Key) {
        let cell = self.0.entry(row).or_default().entry(column).or_default();
        *cell = Quantity::ten_thousandths(cell.as_ten_thousandths().saturating_add(Quantity::SCALE));
    }

    /// Every filled cell.
    pub fn iter(&self) -> impl Iterator<Item = (&Key, &Key, Quantity)> {
        self.0.iter().flat_map(|(row, cells)| cells.iter().map(move |(column, number)| (row, column, *number)))
    }
}
