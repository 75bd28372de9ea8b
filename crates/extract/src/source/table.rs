//! Tables of articles: JSON Lines, CSV, XLSX. Their columns are recognised by name, in Chinese or English; a report
//! says which were, and a mapping made by hand overrides it.

mod build;
mod csv;
mod field;
mod header;
mod jsonl;
mod lists;
mod mapping;
mod text;
mod xlsx;

pub(super) use build::state;
pub use csv::records_csv;
pub use field::Field;
pub(super) use header::Header;
pub use jsonl::records_jsonl;
pub(super) use lists::{attribute, last_segment};
pub use mapping::{ColumnReport, Mapping};
pub(super) use text::{mended, sentence};
pub use xlsx::records_xlsx;
