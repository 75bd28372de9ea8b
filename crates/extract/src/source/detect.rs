//! What kind of source a file is, told by its first bytes; the name decides only between kinds that look alike.

use std::io::Read;

use crate::attachment::decode;

/// Kinds of files an old site can come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SourceKind {
    Warc,
    Arc,
    /// A ZIP file: of pages, of WARC files, of tables.
    Zip,
    Xlsx,
    Csv,
    JsonLines,
    Wxr,
    Mhtml,
    /// One saved page.
    Html,
}

impl SourceKind {
    /// Name for people.
    pub fn label(self) -> &'static str {
        match self {
            SourceKind::Warc => "WARC 网页归档文件",
            SourceKind::Arc => "ARC 网页归档文件",
            SourceKind::Zip => "ZIP 压缩包",
            SourceKind::Xlsx => "Excel 表格（xlsx）",
            SourceKind::Csv => "CSV 表格",
            SourceKind::JsonLines => "JSON 数据文件",
            SourceKind::Wxr => "WordPress 导出文件",
            SourceKind::Mhtml => "单个文件网页（MHTML）",
            SourceKind::Html => "保存的网页",
        }
    }
}

/// Bytes of a file's start that [`detect`] wants to see.
pub const DETECTION_BYTES: usize = 64 * 1024;

/// Tells the kind by the first bytes (64 KiB are enough); files packed with gzip are looked into. `None`: nothing that
/// can be imported.
pub fn detect(first_bytes: &[u8], name: &str) -> Option<SourceKind> {
    let name = name.to_ascii_lowercase();
    if first_bytes.starts_with(b"\x1f\x8b") {
        let mut head = Vec::new();
        // The first bytes end somewhere inside the packed data: what comes out before that is enough.
        let mut unpack = flate2::read::MultiGzDecoder::new(first_bytes).take(DETECTION_BYTES as u64);
        let mut chunk = [0; 8 * 1024];
        while let Ok(length @ 1..) = unpack.read(&mut chunk) {
            head.extend_from_slice(&chunk[..length]);
        }
        let inner = plain(&head, name.trim_end_matches(".gz"))?;
        return (!matches!(inner, SourceKind::Zip | SourceKind::Xlsx)).then_some(inner);
    }
    plain(first_bytes, &name)
}

fn plain(bytes: &[u8], name: &str) -> Option<SourceKind> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") || starts(b"PK\x07\x08") {
        return Some(if is_workbook(bytes, name) { SourceKind::Xlsx } else { SourceKind::Zip });
    }
    if starts(b"WARC/0.") || starts(b"WARC/1.") {
        return Some(SourceKind::Warc);
    }
    if starts(b"filedesc://") {
        return Some(SourceKind::Arc);
    }
    let head = head_as_text(bytes)?;
    let text = head.trim_start();
    let lower = text.to_ascii_lowercase();
    if text.is_empty() {
        return None;
    }
    if (lower.contains("xmlns:wp=") || lower.contains("<wp:wxr_version")) && lower.contains("<rss") {
        return Some(SourceKind::Wxr);
    }
    if is_mhtml(&lower) {
        return Some(SourceKind::Mhtml);
    }
    if text.starts_with('{') || (text.starts_with('[') && text[1..].trim_start().starts_with(['{', ']'])) {
        return Some(SourceKind::JsonLines);
    }
    if text.starts_with('<') {
        let marks = ["<html", "<!doctype html", "<head", "<body", "<title", "<meta", "<div", "<table"];
        let html = marks.iter().any(|mark| lower.contains(mark)) && !lower.starts_with("<?xml version=\"1.0\"?><rss");
        return html.then_some(SourceKind::Html);
    }
    if ["<!doctype html", "<html", "<body"].iter().any(|mark| lower.contains(mark)) {
        return Some(SourceKind::Html);
    }
    is_csv(text, name).then_some(SourceKind::Csv)
}

/// A workbook names its parts in the local headers near the start.
fn is_workbook(bytes: &[u8], name: &str) -> bool {
    let has = |needle: &[u8]| memchr::memmem::find(bytes, needle).is_some();
    has(b"xl/workbook.xml")
        || has(b"xl/worksheets/")
        || (has(b"[Content_Types].xml") && (has(b"xl/") || name.ends_with(".xlsx") || name.ends_with(".xlsm")))
}

fn head_as_text(bytes: &[u8]) -> Option<String> {
    let bytes = &bytes[..bytes.len().min(DETECTION_BYTES)];
    crate::attachment::kind::looks_like_text(bytes)
        .then(|| decode::quietly(bytes).trim_start_matches('\u{feff}').to_owned())
}

/// Mail headers first, one of them saying that parts follow.
fn is_mhtml(lower: &str) -> bool {
    let headers = lower.split("\n\n").next().unwrap_or_default().split("\r\n\r\n").next().unwrap_or_default();
    let has = |name: &str| headers.lines().any(|line| line.starts_with(name));
    let first_is_header = headers.lines().next().is_some_and(|line| {
        line.split_once(':').is_some_and(|(name, _)| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
    });
    first_is_header && has("content-type:") && (headers.contains("multipart/related") || has("mime-version:"))
}

/// A first line with separators whose cells are the head of a table of articles; or any such line when the name says
/// it is a table.
fn is_csv(text: &str, name: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    let named = [".csv", ".tsv", ".tab"].iter().any(|suffix| name.ends_with(suffix));
    [',', ';', '\t', '，'].iter().any(|separator| {
        let cells: Vec<&str> = line.split(*separator).map(|cell| cell.trim().trim_matches('"')).collect();
        cells.len() >= 2
            && (named || super::table::Header::recognise(cells, &super::Mapping::by_names()).is_of_articles())
    })
}
