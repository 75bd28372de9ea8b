//! A folder of saved pages.

use std::io::Read;

use jiff::Timestamp;

use super::item::Refused;
use super::items::Items;
use super::limits::Limits;
use super::table::Mapping;

/// What the caller knows of the old site beforehand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Base {
    /// Address that the top of the folder or archive stands for, e.g. `http://www.example.gov.cn/`. Needed only where
    /// neither the paths nor the pages tell.
    pub address: Option<String>,
    /// For tables of records inside.
    pub mapping: Mapping,
    /// Whether tables (JSON Lines, CSV, XLSX) inside are records, or files of the site. `None`: records when there is
    /// no saved page beside them (a folder, which is read as it comes, takes them for files).
    pub tables_are_records: Option<bool>,
}

impl Base {
    /// Nothing is known beforehand.
    pub fn unknown() -> Base {
        Base::default()
    }

    pub fn at(address: impl Into<String>) -> Base {
        Base { address: Some(address.into()), ..Base::default() }
    }
}

/// A file below the folder; files of a folder should come before its sub-folders.
pub struct SavedFile<'r> {
    /// Relative path, `/` between folders.
    pub path: String,
    pub modified: Option<Timestamp>,
    /// Opened when its turn comes; an error is reported as a refusal.
    pub content: std::io::Result<Box<dyn Read + Send + 'r>>,
}

/// Reads a folder of saved pages; the caller walks it, and must not follow symbolic links.
pub fn folder<'r>(files: impl Iterator<Item = SavedFile<'r>> + Send + 'r, base: &Base, limits: &Limits) -> Items<'r> {
    let _ = (files, base);
    Items::refused(Refused::new("文件夹", "暂不能读取。"), limits)
}
