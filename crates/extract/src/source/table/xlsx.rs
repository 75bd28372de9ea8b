//! Tables.

use std::io::Read;

use super::mapping::Mapping;
use crate::source::item::Refused;
use crate::source::items::Items;
use crate::source::limits::Limits;

/// Reads it.
pub fn records_xlsx<'r>(
    reader: impl Read + std::io::Seek + Send + 'r,
    mapping: &Mapping,
    limits: &Limits,
) -> Items<'r> {
    let _ = (reader, mapping);
    Items::refused(Refused::new("文件", "暂不能读取。"), limits)
}
