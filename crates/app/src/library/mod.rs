//! The unified library (统一信息资源库) as people look at it: lists, and who uses what.

mod list;
mod titles;
mod usage;

pub use list::{LibraryPage, list};
pub use store::library::{LibraryFilter, LibraryRow};
pub use titles::{ResourceTitle, titles};
pub use usage::{Usage, UsagePlace, usage};
