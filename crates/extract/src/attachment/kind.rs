//! What a file is, told by its content; the name decides only between kinds that look alike.

use super::package::Package;

/// Kinds of attachments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AttachmentKind {
    Text,
    Csv,
    Html,
    Rtf,
    Docx,
    Xlsx,
    Pptx,
    Odt,
    Ods,
    Odp,
    Ofd,
    Pdf,
    Doc,
    Xls,
    Ppt,
    Zip,
    /// RAR, 7Z and other archives that are not opened.
    OtherArchive,
    /// A picture on its own: no text in it that can be read here.
    Picture,
    Unknown,
}

impl AttachmentKind {
    /// Name for people.
    pub fn label(self) -> &'static str {
        match self {
            AttachmentKind::Text => "文本文件",
            AttachmentKind::Csv => "CSV 表格",
            AttachmentKind::Html => "网页文件",
            AttachmentKind::Rtf => "RTF 文档",
            AttachmentKind::Docx => "Word 文档（docx）",
            AttachmentKind::Xlsx => "Excel 表格（xlsx）",
            AttachmentKind::Pptx => "PowerPoint 演示文稿（pptx）",
            AttachmentKind::Odt => "ODT 文档",
            AttachmentKind::Ods => "ODS 表格",
            AttachmentKind::Odp => "ODP 演示文稿",
            AttachmentKind::Ofd => "OFD 版式文件",
            AttachmentKind::Pdf => "PDF 文件",
            AttachmentKind::Doc => "Word 97-2003 文档（doc）",
            AttachmentKind::Xls => "Excel 97-2003 表格（xls）",
            AttachmentKind::Ppt => "PowerPoint 97-2003 演示文稿（ppt）",
            AttachmentKind::Zip => "ZIP 压缩包",
            AttachmentKind::OtherArchive => "压缩包",
            AttachmentKind::Picture => "图片",
            AttachmentKind::Unknown => "未识别的文件",
        }
    }
}

/// The container a file comes in; what is inside decides the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Container {
    Zip,
    Compound,
    Pdf,
    Rtf,
    OtherArchive(&'static str),
    Picture,
    TextLike,
    Binary,
}

pub(crate) fn container(bytes: &[u8]) -> Container {
    const PICTURES: &[&[u8]] = &[b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\xd7\xcd\xc6\x9a"];
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") || starts(b"PK\x07\x08") {
        Container::Zip
    } else if starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        Container::Compound
    } else if bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
        Container::Pdf
    } else if starts(b"{\\rt") {
        Container::Rtf
    } else if starts(b"Rar!\x1a\x07") {
        Container::OtherArchive("RAR")
    } else if starts(b"7z\xbc\xaf\x27\x1c") {
        Container::OtherArchive("7Z")
    } else if starts(b"\x1f\x8b") || starts(b"BZh") || starts(b"\xfd7zXZ\0") || starts(b"\x28\xb5\x2f\xfd") {
        Container::OtherArchive("GZ 等")
    } else if bytes.len() > 262 && &bytes[257..262] == b"ustar" {
        Container::OtherArchive("TAR")
    } else if PICTURES.iter().any(|magic| starts(magic)) && !looks_like_text(bytes)
        || starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")
        || bytes.get(40..44) == Some(b" EMF") && starts(b"\x01\0\0\0")
    {
        Container::Picture
    } else if looks_like_text(bytes) {
        Container::TextLike
    } else {
        Container::Binary
    }
}

/// No control characters but white space; UTF-16 is recognised by its zero bytes in one half.
pub(crate) fn looks_like_text(bytes: &[u8]) -> bool {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
        return true;
    }
    let sample = &bytes[..bytes.len().min(64 * 1024)];
    let odd =
        sample.iter().filter(|byte| **byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    odd * 200 <= sample.len() || super::decode::utf16_without_mark(sample).is_some()
}

/// What a ZIP file is, by its members.
pub(crate) fn of_package(package: &Package) -> AttachmentKind {
    let has = |name: &str| package.names().iter().any(|found| found.eq_ignore_ascii_case(name));
    let under = |folder: &str| package.names().iter().any(|found| found.to_ascii_lowercase().starts_with(folder));
    if has("OFD.xml") {
        AttachmentKind::Ofd
    } else if has("content.xml") && (has("mimetype") || has("META-INF/manifest.xml")) {
        match package.text_of_stored_mimetype() {
            Some(mime) if mime.contains("spreadsheet") => AttachmentKind::Ods,
            Some(mime) if mime.contains("presentation") => AttachmentKind::Odp,
            _ => AttachmentKind::Odt,
        }
    } else if has("[Content_Types].xml") && under("word/") {
        AttachmentKind::Docx
    } else if has("[Content_Types].xml") && under("xl/") {
        AttachmentKind::Xlsx
    } else if has("[Content_Types].xml") && under("ppt/") {
        AttachmentKind::Pptx
    } else {
        AttachmentKind::Zip
    }
}

/// Kind of a file that is text.
pub(crate) fn of_text(name: &str, text: &str) -> AttachmentKind {
    let head: String = text.trim_start().chars().take(1024).collect::<String>().to_ascii_lowercase();
    let markup = ["<!doctype html", "<html", "<head", "<body", "<table", "<meta"].iter().any(|tag| head.contains(tag));
    if markup || head.starts_with("<?xml") || head.starts_with("mime-version:") {
        AttachmentKind::Html
    } else if name.to_ascii_lowercase().ends_with(".csv") {
        AttachmentKind::Csv
    } else {
        AttachmentKind::Text
    }
}
