//! Any kind of source.

use std::io::{Read, Seek};

use super::detect::SourceKind;
use super::folder::Base;
use super::item::Refused;
use super::items::Items;
use super::limits::Limits;

/// Reads a file of a kind that [`detect`](super::detect) told. `name` is the file's name.
pub fn open<'r>(
    kind: SourceKind,
    reader: impl Read + Seek + Send + 'r,
    name: &str,
    base: &Base,
    limits: &Limits,
) -> Items<'r> {
    let _ = (reader, base, kind);
    Items::refused(Refused::new(name, "暂不能读取。"), limits)
}
