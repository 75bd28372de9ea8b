//! One table: columns, rows, equations.

use serde::{Deserialize, Serialize};

use crate::{
    form::{Equation, Key},
    rule::Mark,
};

/// A table of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Stable name.
    pub key: Key,
    /// Title.
    pub title: String,
    /// Unit of its numbers.
    pub unit: String,
    /// True when its numbers may have decimals.
    pub decimal: bool,
    /// Columns in their order.
    pub columns: Vec<Column>,
    /// Rows in their order.
    pub rows: Vec<Row>,
    /// What must add up.
    pub equations: Vec<TableEquation>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Stable name.
    pub key: Key,
    /// Title.
    pub name: String,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Stable name.
    pub key: Key,
    /// Title.
    pub name: String,
    /// A heading above other rows: its numbers may be left out; when they are there, they must add up.
    #[serde(default)]
    pub heading: bool,
}

/// Along what an equation runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Each {
    /// In each row, between columns.
    Row,
    /// In each column, between rows.
    Column,
}

/// Something that must add up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableEquation {
    /// Along what.
    pub each: Each,
    /// The equation, of columns or of rows.
    pub rule: Equation,
    /// Reliability.
    pub mark: Mark,
    /// True for what may have a good reason: told, but no obstacle.
    pub doubtful: bool,
}

/// A chapter of the text that goes with the tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chapter {
    /// Title.
    pub name: String,
    /// Reliability.
    pub mark: Mark,
}

impl Table {
    /// The row with this key.
    pub fn row(&self, key: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.key.as_str() == key)
    }

    /// The column with this key.
    pub fn column(&self, key: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.key.as_str() == key)
    }

    /// Title of a row or column, for messages.
    pub(super) fn name_of<'a>(&'a self, each: Each, key: &'a Key) -> &'a str {
        let name = match each {
            Each::Row => self.column(key.as_str()).map(|column| column.name.as_str()),
            Each::Column => self.row(key.as_str()).map(|row| row.name.as_str()),
        };
        name.unwrap_or(key.as_str())
    }
}
