//! The shape of a report.

/// A report: sections with sentences and tables.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// Title.
    pub title: String,
    /// Sentences below the title: what it is about, who made it and when.
    pub lead: Vec<String>,
    /// Sections, in order.
    pub sections: Vec<Section>,
}

/// One section; a sheet of the workbook.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Section {
    /// Heading, unique within the report.
    pub heading: String,
    /// Sentences below it.
    pub notes: Vec<String>,
    /// Its table.
    pub table: Option<Table>,
}

/// A table with a head.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Names of the columns.
    pub head: Vec<String>,
    /// Rows, as long as the head.
    pub rows: Vec<Vec<Cell>>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A count.
    Count(u64),
}

impl Table {
    /// A table with these column names.
    pub fn new(head: &[&str]) -> Self {
        Self { head: head.iter().map(|name| (*name).to_owned()).collect(), rows: Vec::new() }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Cell {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}
