//! A folder of saved pages.

use std::io::Read;

use jiff::Timestamp;

use super::item::{Item, Refused};
use super::items::{Items, Reading};
use super::keep::{Keeper, Kept};
use super::limits::Limits;
use super::table::{ColumnReport, Mapping};

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

/// Reads a folder of saved pages. The caller walks it (files before sub-folders, so that a page comes before the folder
/// of its pictures) and must not follow symbolic links. WARC files and MHTML files inside are read as such.
pub fn folder<'r>(files: impl Iterator<Item = SavedFile<'r>> + Send + 'r, base: &Base, limits: &Limits) -> Items<'r> {
    let unfold = base.tables_are_records.unwrap_or(false);
    let keeper = Keeper::new(base, limits, unfold, limits.depth);
    Items::new(FolderReading { files, keeper, inside: None, columns: Vec::new(), set_aside: 0 }, limits)
}

struct FolderReading<'r, F> {
    files: F,
    keeper: Keeper,
    inside: Option<Items<'r>>,
    columns: Vec<ColumnReport>,
    set_aside: u64,
}

impl<'r, F: Iterator<Item = SavedFile<'r>>> Reading for FolderReading<'r, F> {
    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(inside) = &mut self.inside {
                if let Some(item) = inside.next() {
                    return Some(item);
                }
                self.columns.extend(inside.columns());
                self.set_aside += inside.set_aside();
                self.inside = None;
            }
            let file = self.files.next()?;
            let path = file.path.replace('\\', "/");
            let place = format!("文件 {path}");
            let kept = match file.content {
                Ok(content) => self.keeper.file(path.trim_start_matches("./"), file.modified, content, place),
                Err(_) => {
                    let reason = "文件打不开。请检查文件权限，或者核实文件是否完整。";
                    return Some(Refused::new(place, reason).into());
                }
            };
            match kept {
                Kept::Item(item) => return Some(item),
                Kept::Inside(items) => self.inside = Some(items),
                Kept::SetAside => self.set_aside += 1,
            }
        }
    }

    fn columns(&self) -> Vec<ColumnReport> {
        self.columns.iter().cloned().chain(self.inside.iter().flat_map(Items::columns)).collect()
    }

    fn set_aside(&self) -> u64 {
        self.set_aside + self.inside.as_ref().map_or(0, Items::set_aside)
    }
}
