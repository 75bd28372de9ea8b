//! Any kind of source.

use std::io::{Read, Seek};

use super::detect::SourceKind;
use super::folder::{Base, SavedFile};
use super::items::Items;
use super::limits::Limits;

/// Reads a file of a kind that [`detect`](super::detect()) told. `name` is the file's name.
pub fn open<'r>(
    kind: SourceKind,
    reader: impl Read + Seek + Send + 'r,
    name: &str,
    base: &Base,
    limits: &Limits,
) -> Items<'r> {
    match kind {
        SourceKind::Warc | SourceKind::Arc => super::warc(reader, limits),
        SourceKind::Zip => super::archive(reader, base, limits),
        SourceKind::Xlsx => super::records_xlsx(reader, &base.mapping, limits),
        SourceKind::Csv => super::records_csv(reader, &base.mapping, limits),
        SourceKind::JsonLines => super::records_jsonl(reader, &base.mapping, limits),
        SourceKind::Wxr => super::wxr(reader, limits),
        SourceKind::Mhtml => super::mhtml(reader, limits),
        SourceKind::Html => {
            let file = SavedFile { path: name.to_owned(), modified: None, content: Ok(Box::new(reader)) };
            super::folder(std::iter::once(file), base, limits)
        }
    }
}
