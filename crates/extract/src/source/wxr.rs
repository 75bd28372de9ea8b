//! 导出文件.

use std::io::Read;

use super::item::Refused;
use super::items::Items;
use super::limits::Limits;

/// Reads it.
pub fn wxr<'r>(reader: impl Read + Send + 'r, limits: &Limits) -> Items<'r> {
    let _ = reader;
    Items::refused(Refused::new("文件", "暂不能读取。"), limits)
}
