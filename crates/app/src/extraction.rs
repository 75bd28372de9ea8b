//! What stands in pages and files of old sites (提取), one after the other: for scripts and for people who want to see
//! beforehand what a migration would read. Nothing is kept.

mod input;
mod row;

pub use input::{Input, Unreadable, extract};
pub use row::{Extraction, ListEntry, Named, Whence};
