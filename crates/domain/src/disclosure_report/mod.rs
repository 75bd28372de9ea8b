//! The three tables of the yearly report on disclosure (国办公开办函〔2021〕30号), their balance equations, and how the
//! reply to a request becomes a row.
//!
//! Rows, columns, equations and the mapping are data (`rules/forms/disclosure-report.toml`). Read it in this order:
//! [`table`] → [`cells`] (what was filled in) → [`balance`] (what does not add up, and filling in totals) → [`reply`] (条例
//! 30, 35–39, 42) → [`load`].

pub mod balance;
pub mod cells;
mod file;
pub mod load;
pub mod reply;
pub mod table;

pub use balance::{TableProblem, check, complete};
pub use cells::{Cells, TableCells};
pub use load::{DisclosureReport, shipped};
pub use reply::{ReplyKind, ReplyRow, row_of_request};
pub use table::{Chapter, Column, Each, Row, Table, TableEquation};
