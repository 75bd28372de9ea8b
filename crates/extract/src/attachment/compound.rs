//! Compound files: DOC, XLS, PPT of 97-2003 (WPS writes the same), encrypted OOXML, objects and mails inside.

mod old_excel;
mod old_slides;
mod old_word;
mod properties;

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use cfb::CompoundFile;

use super::decode;
use super::error::ExtractError;
use super::job::Job;
use super::kind::AttachmentKind;
use super::read::read_nested;

type File<'b> = CompoundFile<Cursor<&'b [u8]>>;

pub(super) fn read(bytes: &[u8], job: &mut Job<'_>) -> Result<AttachmentKind, ExtractError> {
    let damaged = || ExtractError::new("文档已损坏，打不开。请用原软件打开后另存，再重新上传。");
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| damaged())?;
    let mut streams: Vec<PathBuf> = Vec::new();
    for entry in file.walk().take(job.limits.members) {
        if entry.is_stream() {
            streams.push(entry.path().to_path_buf());
        }
    }
    // Main streams first, so that the text starts with the document itself.
    streams.sort_by_key(|path| (path.components().count(), !is_main(path)));
    let mut kind = AttachmentKind::Unknown;
    let mut understood = false;
    for path in streams {
        if job.full() || !job.member() {
            break;
        }
        let at_top = path.parent() == Some(Path::new("/"));
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let found = stream(&mut file, &path, &name, at_top, job);
        understood |= found.is_some();
        if at_top && kind == AttachmentKind::Unknown {
            kind = found.unwrap_or(AttachmentKind::Unknown);
        }
    }
    if !understood {
        job.missed("不认识的文件格式，没有检查其中内容。请转换为 PDF、DOCX、XLSX 或 OFD 后重新上传，或人工查看。");
    }
    Ok(kind)
}

fn is_main(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    matches!(name, "WordDocument" | "Workbook" | "Book" | "PowerPoint Document" | "EncryptedPackage")
}

/// Reads one stream; `Some` when its kind is understood.
fn stream(file: &mut File<'_>, path: &Path, name: &str, at_top: bool, job: &mut Job<'_>) -> Option<AttachmentKind> {
    let other = Some(AttachmentKind::Unknown);
    match name {
        "WordDocument" => {
            let main = bytes_of(file, path, job)?;
            let table = path.with_file_name(old_word::table_name(&main));
            let table = bytes_of(file, &table, job).unwrap_or_default();
            inside(path, at_top, job);
            old_word::read(&main, &table, job);
            Some(AttachmentKind::Doc)
        }
        "Workbook" | "Book" => {
            let bytes = bytes_of(file, path, job)?;
            inside(path, at_top, job);
            old_excel::read(&bytes, job);
            Some(AttachmentKind::Xls)
        }
        "PowerPoint Document" => {
            let bytes = bytes_of(file, path, job)?;
            inside(path, at_top, job);
            old_slides::read(&bytes, job);
            Some(AttachmentKind::Ppt)
        }
        "EncryptedPackage" | "EncryptedSummary" => {
            job.missed("文档已加密，不能检查其中内容，请去掉密码后重新上传。");
            other
        }
        "Package" => {
            let bytes = bytes_of(file, path, job)?;
            read_nested("嵌入文档", &bytes, job);
            other
        }
        "\u{1}Ole10Native" => {
            let bytes = bytes_of(file, path, job)?;
            native_object(&bytes, job);
            other
        }
        "\u{5}SummaryInformation" | "\u{5}DocumentSummaryInformation" => {
            let bytes = bytes_of(file, path, job)?;
            properties::read(&bytes, name.contains("Document"), job);
            None
        }
        "CONTENTS" | "Contents" => {
            let bytes = bytes_of(file, path, job)?;
            if bytes.starts_with(b"%PDF-") || bytes.starts_with(b"PK\x03\x04") {
                read_nested("嵌入对象", &bytes, job);
            }
            other
        }
        "_VBA_PROJECT" => {
            job.remark("文档含宏，宏代码没有检查。公开发布的附件不应含宏。");
            None
        }
        _ if path.to_string_lossy().contains("_SX_DB_CUR") => {
            let bytes = bytes_of(file, path, job)?;
            job.out.hide();
            old_excel::read(&bytes, job);
            job.out.show();
            None
        }
        _ if name.starts_with("__substg1.0_") => mail_part(file, path, name, job),
        _ => None,
    }
}

/// Parts of a saved mail: Unicode and code-page strings, the page it shows, attachments.
fn mail_part(file: &mut File<'_>, path: &Path, name: &str, job: &mut Job<'_>) -> Option<AttachmentKind> {
    let bytes = bytes_of(file, path, job)?;
    if name.ends_with("001F") {
        job.out.line_of(&decode::utf16le(&bytes));
    } else if name.ends_with("001E") {
        job.out.line_of(&decode::gbk(&bytes));
    } else if name.ends_with("37010102") || name.ends_with("10130102") {
        read_nested("邮件附件", &bytes, job);
    } else {
        return None;
    }
    Some(AttachmentKind::Unknown)
}

/// Announces a document that lies in a storage of another one.
fn inside(path: &Path, at_top: bool, job: &mut Job<'_>) {
    if !at_top {
        let storage = path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        job.out.line_of(&format!("嵌入文档 {}", storage.unwrap_or_default()));
    }
}

fn bytes_of(file: &mut File<'_>, path: &Path, job: &mut Job<'_>) -> Option<Vec<u8>> {
    let room = job.unpacking_room().min(job.limits.member_bytes);
    let stream = file.open_stream(path).ok()?;
    let mut bytes = Vec::new();
    if stream.take(room).read_to_end(&mut bytes).is_err() {
        job.missed("文档的一部分已损坏，可能没有读全。请用原软件打开后另存，再重新上传。");
    }
    job.unpacked(bytes.len());
    Some(bytes)
}

/// A file dropped into a document: label, path, temporary path, then the file.
fn native_object(bytes: &[u8], job: &mut Job<'_>) {
    fn string(bytes: &[u8], from: usize) -> Option<(String, usize)> {
        let rest = bytes.get(from..)?;
        let length = rest.iter().position(|byte| *byte == 0)?;
        Some((decode::gbk(&rest[..length]), from + length + 1))
    }
    let parsed = (|| {
        let (label, next) = string(bytes, 6)?;
        let (path, next) = string(bytes, next)?;
        let temporary = number(bytes, next + 4, 4)?;
        let start = next.checked_add(8)?.checked_add(temporary)?;
        let length = number(bytes, start, 4)?;
        let start = start.checked_add(4)?;
        let end = start.checked_add(length)?.min(bytes.len());
        Some((label, path, bytes.get(start..end)?))
    })();
    match parsed {
        Some((label, path, content)) => {
            job.out.hide();
            job.out.line_of(&path);
            job.out.show();
            read_nested(&label, content, job);
        }
        None => read_nested("嵌入对象", bytes.get(4..).unwrap_or_default(), job),
    }
}

/// A little-endian number of up to four bytes.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let slice = bytes.get(at..at.checked_add(length)?)?;
    Some(slice.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
}
