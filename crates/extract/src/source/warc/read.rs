//! Reading.

use std::io::Read;

use crate::source::item::Refused;
use crate::source::items::Items;
use crate::source::limits::Limits;

/// Reads it.
pub fn warc<'r>(reader: impl Read + Send + 'r, limits: &Limits) -> Items<'r> {
    let _ = reader;
    Items::refused(Refused::new("文件", "暂不能读取。"), limits)
}
