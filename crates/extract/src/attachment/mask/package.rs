//! A package written again: XML members with their strings replaced, documents inside masked too, the rest as it was.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::super::error::ExtractError;
use super::super::job::Job;
use super::super::kind::{AttachmentKind, of_package};
use super::super::limits::Limits;
use super::super::package::Package;
use super::super::xml::text_of;
use super::{Pairs, damaged, sheet, splice};

const DEEPEST: usize = 4;

pub(super) fn copy(bytes: &[u8], pairs: &Pairs, depth: usize) -> Result<(Vec<u8>, usize), ExtractError> {
    let limits = Limits::default();
    let mut job = Job::new(&limits);
    let mut package = Package::open(bytes, &mut job)?;
    let kind = of_package(&package);
    if !matches!(
        kind,
        AttachmentKind::Docx
            | AttachmentKind::Xlsx
            | AttachmentKind::Pptx
            | AttachmentKind::Odt
            | AttachmentKind::Ods
            | AttachmentKind::Odp
    ) {
        let label = if kind == AttachmentKind::Ofd { "OFD" } else { "压缩包" };
        return Err(ExtractError::new(format!("{label} 不能自动遮盖，请在原文件中处理后重新上传")));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    let mut replaced = 0;
    for index in 0..archive.len() {
        let name = package.names().get(index).cloned().unwrap_or_default();
        let changed = if is_xml(&name) || name.to_ascii_lowercase().contains("embed") {
            let member = package.read(index, &mut job).ok_or_else(damaged)?;
            member_copy(&name, &member, pairs, depth)?
        } else {
            None
        };
        if !job.complete {
            return Err(ExtractError::new(job.notices.join("")));
        }
        match changed {
            Some((content, count)) => {
                replaced += count;
                let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
                writer.start_file(&name, options).map_err(|_| damaged())?;
                writer.write_all(&content).map_err(|_| damaged())?;
            }
            None => {
                let member = archive.by_index_raw(index).map_err(|_| damaged())?;
                writer.raw_copy_file(member).map_err(|_| damaged())?;
            }
        }
    }
    let written = writer.finish().map_err(|_| damaged())?;
    Ok((written.into_inner(), replaced))
}

fn is_xml(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".xml", ".rels", ".vml"].iter().any(|end| name.ends_with(end))
}

/// The member with its strings replaced; `None` when there is nothing to replace.
fn member_copy(
    name: &str,
    member: &[u8],
    pairs: &Pairs,
    depth: usize,
) -> Result<Option<(Vec<u8>, usize)>, ExtractError> {
    if !is_xml(name) {
        if member.starts_with(b"PK\x03\x04") && depth < DEEPEST {
            let (content, count) = copy(member, pairs, depth + 1)?;
            return Ok((count > 0).then_some((content, count)));
        }
        return Ok(None);
    }
    let text = text_of(member);
    let lower = name.to_ascii_lowercase();
    let (text, cells) =
        if lower.contains("worksheets/") { sheet::numbers_to_strings(&text, pairs) } else { (text.into_owned(), 0) };
    let fields = lower.starts_with("docprops/") || lower.ends_with("meta.xml") || lower.ends_with(".rels");
    let (text, count) = splice::xml(&text, pairs, fields);
    let count = count + cells;
    if count == 0 {
        return Ok(None);
    }
    let declared = text.find("encoding=").and_then(|at| text.get(at..(at + 20).min(text.len())));
    let utf16 = declared.is_some_and(|declared| declared.to_ascii_lowercase().contains("utf-16"));
    // Written as UTF-8 from now on, whatever it was.
    let text = if utf16 { text.replacen("utf-16", "UTF-8", 1).replacen("UTF-16", "UTF-8", 1) } else { text };
    Ok(Some((text.into_bytes(), count)))
}
