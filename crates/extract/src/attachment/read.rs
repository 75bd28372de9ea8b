//! The way in: sniff, hand over to the reader of the kind, collect.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::error::ExtractError;
use super::job::Job;
use super::kind::{AttachmentKind, Container, container, of_package, of_text};
use super::limits::Limits;
use super::output::Extracted;
use super::package::Package;
use super::{archive, compound, decode, excel, html, ofd, open_document, pdf, plain, rtf, slides, word};

/// Reads all text of an attachment.
///
/// `name` is the file's name as uploaded. Errors: the file is empty, larger than the limit, or damaged so badly that
/// nothing of it can be read. Everything less is `complete: false` with a notice.
pub fn extract(name: &str, bytes: &[u8], limits: &Limits) -> Result<Extracted, ExtractError> {
    if bytes.is_empty() {
        return Err(ExtractError::new("附件是空文件，没有内容可检查。请重新选择文件上传。"));
    }
    if bytes.len() as u64 > limits.file_bytes {
        let limit = limits.file_bytes / (1024 * 1024);
        return Err(ExtractError::new(format!("附件超过 {limit} MB，不能自动检查。请压缩或拆分后重新上传。")));
    }
    let mut job = Job::new(limits);
    // The readers of PDF, ZIP and compound files come from elsewhere; a fault in one must not take the platform down.
    let read = catch_unwind(AssertUnwindSafe(|| read_any(name, bytes, &mut job)));
    let kind = match read {
        Ok(kind) => kind?,
        Err(_) => return Err(ExtractError::new("附件已损坏，读不出内容。请用原软件打开后另存，再重新上传。")),
    };
    job.full();
    let Job { out, properties, pictures, notices, complete, .. } = job;
    Ok(Extracted { text: out.text, hidden: out.hidden, properties, pictures, notices, complete, kind })
}

/// Reads one document, at the top or inside another one.
pub(super) fn read_any(name: &str, bytes: &[u8], job: &mut Job<'_>) -> Result<AttachmentKind, ExtractError> {
    match container(bytes) {
        Container::Zip => {
            let mut package = Package::open(bytes, job)?;
            let kind = of_package(&package);
            match kind {
                AttachmentKind::Docx => word::read(&mut package, job),
                AttachmentKind::Xlsx => excel::read(&mut package, job),
                AttachmentKind::Pptx => slides::read(&mut package, job),
                AttachmentKind::Ofd => ofd::read(&mut package, job),
                AttachmentKind::Odt | AttachmentKind::Ods | AttachmentKind::Odp => {
                    open_document::read(&mut package, job);
                }
                _ => archive::read(&mut package, job),
            }
            Ok(kind)
        }
        Container::Compound => compound::read(bytes, job),
        Container::Pdf => {
            pdf::read(bytes, job)?;
            Ok(AttachmentKind::Pdf)
        }
        Container::Rtf => {
            rtf::read(bytes, job);
            Ok(AttachmentKind::Rtf)
        }
        Container::OtherArchive(format) => {
            job.missed(format!("{format} 压缩包不能检查其中内容，请改用 ZIP 或直接上传其中的文件。"));
            Ok(AttachmentKind::OtherArchive)
        }
        Container::Picture => {
            job.missed("图片中的文字不能在此读出，请人工查看或用图片识别检查。");
            job.picture(name, bytes);
            Ok(AttachmentKind::Picture)
        }
        Container::TextLike => {
            let text = decode::text(bytes, job);
            let kind = of_text(name, &text);
            match kind {
                AttachmentKind::Html => html::read(&text, job),
                _ => plain::read(&text, job),
            }
            Ok(kind)
        }
        Container::Binary => {
            job.missed("不认识的文件格式，没有检查其中内容。请转换为 PDF、DOCX、XLSX 或 OFD 后重新上传，或人工查看。");
            Ok(AttachmentKind::Unknown)
        }
    }
}

/// Reads a document inside another one, announced by its name on a line; what fails there is a notice.
pub(super) fn read_nested(name: &str, bytes: &[u8], job: &mut Job<'_>) {
    if bytes.is_empty() || job.full() {
        return;
    }
    if job.depth >= job.limits.depth {
        job.missed(format!("“{name}”嵌套过深，没有检查其中内容，请单独上传。"));
        return;
    }
    job.out.line_of(name);
    job.depth += 1;
    job.inside.push(name.chars().take(80).collect());
    let hidden = job.out.depth();
    if let Err(error) = read_any(name, bytes, job) {
        job.missed(error.sentence().to_owned());
    }
    job.out.set_depth(hidden);
    job.inside.pop();
    job.depth -= 1;
    job.out.line();
}
