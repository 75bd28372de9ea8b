//! Sources of an old site: archives of crawls, saved pages, tables, exports.

#![expect(clippy::unwrap_used, reason = "a sample that cannot be built is a failed test")]

mod detection;
mod saved_pages;
mod tables;
mod warc;
mod wordpress;
mod workbooks;

use extract::source::{Capture, Item, Items, Record, Refused};

/// Everything a reader gives, parted by kind.
#[derive(Debug, Default)]
pub struct Found {
    pub captures: Vec<Capture>,
    pub records: Vec<Record>,
    pub refused: Vec<Refused>,
}

pub fn all(items: &mut Items<'_>) -> Found {
    let mut found = Found::default();
    for item in items {
        match item {
            Item::Capture(capture) => found.captures.push(capture),
            Item::Record(record) => found.records.push(*record),
            Item::Refused(refused) => found.refused.push(refused),
        }
    }
    found
}

/// A folder of real input, `None` (said aloud) when it is not here.
pub fn data(folder: &str) -> Option<std::path::PathBuf> {
    let beside = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let root = std::env::var_os("ZHENGTONG_DATA").map_or(beside, std::path::PathBuf::from);
    let path = root.join(folder);
    if !path.is_dir() {
        eprintln!("SKIPPED: no input at {} (set ZHENGTONG_DATA)", path.display());
        return None;
    }
    Some(path)
}
