//! Documents for downloading, from typed data: one shape, written as a web page that stands by itself, or as a workbook.

mod document;
mod html;
mod xlsx;

pub use document::{Cell, Document, Section, Table};
pub use html::html;
pub use xlsx::{XlsxError, xlsx};
