//! What a file is, and everything that stands in it.

use std::io::{Read, Seek, SeekFrom};

use extract::{
    attachment::{self, AttachmentKind},
    page::{self, Hint},
    source::{self, Base, Capture, DETECTION_BYTES, Item, Items, Limits, SourceKind},
};

use super::Extraction;

/// Bytes of one page or document at most; packages of many are read piece by piece and may be larger.
const MOST_BYTES: u64 = 512 * 1024 * 1024;
/// Endings of what a page is dressed with: neither pages nor documents.
const DRESS: [&str; 26] = [
    "css", "js", "mjs", "map", "woff", "woff2", "ttf", "otf", "eot", "png", "jpg", "jpeg", "gif", "bmp", "webp", "svg",
    "ico", "cur", "swf", "mp3", "mp4", "flv", "avi", "wmv", "mov", "db",
];
/// Endings of documents that are packages themselves.
const DOCUMENTS: [&str; 9] = ["docx", "docm", "xlsm", "pptx", "pptm", "ofd", "odt", "ods", "odp"];

/// Why a file could not be read at all.
#[derive(Debug, thiserror::Error)]
#[error("无法读取：{0}")]
pub struct Unreadable(#[from] std::io::Error);

/// What is known of a file besides its bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Input<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where it stood.
    pub address: Option<&'a str>,
    /// What a server said about it.
    pub content_type: Option<&'a str>,
    /// A table beside pages is a file of the site; one that is handed in by itself may be a table of articles.
    pub beside_pages: bool,
}

/// Reads a file of any kind: a page, a document, or a package of many (WARC, ZIP, tables, exports). Hands out one
/// [`Extraction`] for each, in order; `emit` says whether it wants more. Pictures, styles and scripts give nothing.
///
/// # Errors
/// [`Unreadable`] when the reader fails; what cannot be understood is an extraction with a `fault`.
pub fn extract<R: Read + Seek + Send>(
    input: &Input<'_>,
    mut reader: R,
    emit: &mut dyn FnMut(Extraction) -> bool,
) -> Result<(), Unreadable> {
    let Input { name, address, content_type, beside_pages } = *input;
    if is_dress(name) {
        return Ok(());
    }
    let mut head = Vec::new();
    reader.by_ref().take(DETECTION_BYTES as u64).read_to_end(&mut head)?;
    reader.seek(SeekFrom::Start(0))?;
    let mut emit = |one: Extraction| emit(Extraction { file: name.to_owned(), ..one });
    let base = address.map_or_else(Base::unknown, Base::at);
    match source::detect(&head, name) {
        Some(kind @ (SourceKind::Warc | SourceKind::Arc | SourceKind::Wxr | SourceKind::Mhtml)) => {
            all(source::open(kind, reader, name, &base, &Limits::default()), &mut emit);
        }
        Some(SourceKind::Zip) if !is_document(name, &head) => {
            all(source::open(SourceKind::Zip, reader, name, &base, &Limits::default()), &mut emit);
        }
        Some(kind @ (SourceKind::JsonLines | SourceKind::Csv | SourceKind::Xlsx)) if !beside_pages => {
            // A table of articles, or any other table: its first line tells.
            let mut items = source::open(kind, &mut reader, name, &base, &Limits::default());
            match items.next() {
                Some(first @ Item::Record(_)) => {
                    if one(first, &mut emit) {
                        all(items, &mut emit);
                    }
                }
                _ => {
                    drop(items);
                    reader.seek(SeekFrom::Start(0))?;
                    emit(document(name, &whole(reader)?));
                }
            }
        }
        Some(SourceKind::Html) => {
            let hint = Hint { address, content_type };
            let read = Extraction::of_page(page::read(&whole(reader)?, &hint, None));
            let address = address.map(str::to_owned).or(read.address.clone());
            emit(Extraction { address, ..read });
        }
        Some(SourceKind::Zip | SourceKind::JsonLines | SourceKind::Csv | SourceKind::Xlsx) | None => {
            emit(document(name, &whole(reader)?));
        }
    }
    Ok(())
}

fn whole(reader: impl Read) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::new();
    reader.take(MOST_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn all(items: Items<'_>, emit: &mut impl FnMut(Extraction) -> bool) {
    for item in items {
        if !one(item, emit) {
            return;
        }
    }
}

fn one(item: Item, emit: &mut impl FnMut(Extraction) -> bool) -> bool {
    match item {
        Item::Record(record) => emit(Extraction::of_record(*record)),
        Item::Refused(refused) => {
            emit(Extraction { place: Some(refused.place), ..Extraction::of_fault(refused.reason) })
        }
        Item::Capture(capture) => match captured(capture) {
            Some(read) => emit(read),
            None => true,
        },
    }
}

/// A page or a document of a package; `None` for redirects, failures and dress.
fn captured(capture: Capture) -> Option<Extraction> {
    let failed = capture.status.is_some_and(|status| !(200..300).contains(&status));
    if failed || capture.redirect.is_some() || capture.body.is_empty() {
        return None;
    }
    let address = Some(capture.address.clone()).filter(|address| !address.starts_with("file:"));
    let media = capture.content_type.as_deref().unwrap_or_default().to_ascii_lowercase();
    let path = capture.address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_page = media.starts_with("text/html") || media.starts_with("application/xhtml");
    let read = if is_page {
        let hint = Hint { address: address.as_deref(), content_type: capture.content_type.as_deref() };
        Extraction::of_page(page::read(&capture.body, &hint, None))
    } else if is_dress(name) || media.starts_with("image/") || media.contains("javascript") || media == "text/css" {
        return None;
    } else {
        document(name, &capture.body)
    };
    Some(Extraction { place: Some(capture.place), address: address.or(read.address.clone()), ..read })
}

fn document(name: &str, bytes: &[u8]) -> Extraction {
    match attachment::extract(name, bytes, &attachment::Limits::default()) {
        Ok(found) if found.kind == AttachmentKind::Picture => Extraction::of_fault("图片，没有可读的文字。"),
        Ok(found) => Extraction::of_file(found),
        Err(error) => Extraction::of_fault(error.sentence()),
    }
}

/// A document whose file format is a package: by its name, or by what the package names first.
fn is_document(name: &str, head: &[u8]) -> bool {
    let marks: [&[u8]; 5] = [b"word/", b"ppt/", b"OFD.xml", b"[Content_Types].xml", b"META-INF/manifest.xml"];
    let marked = || marks.iter().any(|mark| head.windows(mark.len()).any(|window| window == *mark));
    match ending(name).as_str() {
        "zip" => false,
        ending => DOCUMENTS.contains(&ending) || marked(),
    }
}

fn is_dress(name: &str) -> bool {
    DRESS.contains(&ending(name).as_str())
}

fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}
