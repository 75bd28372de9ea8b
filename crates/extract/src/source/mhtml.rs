//! 单个文件网页.

use std::io::Read;

use super::item::Refused;
use super::items::Items;
use super::limits::Limits;

/// Reads it.
pub fn mhtml<'r>(reader: impl Read + Send + 'r, limits: &Limits) -> Items<'r> {
    let _ = reader;
    Items::refused(Refused::new("文件", "暂不能读取。"), limits)
}
