//! ZIP files.

use std::io::{Read, Seek};

use super::folder::Base;
use super::item::Refused;
use super::items::Items;
use super::limits::Limits;

/// Reads a ZIP file of saved pages, of WARC files, of tables, or of such ZIP files.
pub fn archive<'r>(reader: impl Read + Seek + Send + 'r, base: &Base, limits: &Limits) -> Items<'r> {
    let _ = (reader, base);
    Items::refused(Refused::new("压缩包", "暂不能读取。"), limits)
}
