//! A text, a page or an attachment, screened as it is.

use domain::resource::ResourceKind;
use jiff::Timestamp;
use screen::{Category, Engine, Field, Report, Subject, plain_text};

use crate::screening::read_attachment;

/// Bytes at most.
pub const MAX_BYTES: usize = 100 * 1024 * 1024;

/// More than is read at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct FileScreening {
    /// The findings.
    pub report: Report,
    /// The text in which the ranges of [`Self::field`] count characters.
    pub text: String,
    /// The field that stands for the text: the body or the attachment.
    pub field: Field,
    /// What could not be read.
    pub notices: Vec<String>,
}

/// Screens the bytes of a file: a page by the ending of its name, a text by its bytes, anything else as an attachment.
/// Without a title nobody knows which elements go with the text, so missing ones are not reported.
///
/// # Errors
/// [`TooLarge`].
pub fn screen_file(
    engine: &Engine,
    name: &str,
    bytes: &[u8],
    title: Option<&str>,
    now: Timestamp,
) -> Result<FileScreening, TooLarge> {
    if bytes.len() > MAX_BYTES {
        return Err(TooLarge);
    }
    let lower = name.to_lowercase();
    let page = [".html", ".htm", ".shtml"].iter().any(|ending| lower.ends_with(ending));
    match std::str::from_utf8(bytes) {
        Ok(html) if page => Ok(screen_html(engine, html, title, now, Vec::new())),
        Ok(text) if is_plain(text) => Ok(screen_text(engine, text.trim_start_matches('\u{FEFF}'), title, now)),
        _ => Ok(screen_attachment(engine, name, bytes, title, now)),
    }
}

/// Screens a plain text; ranges count its characters (line ends as one).
pub fn screen_text(engine: &Engine, text: &str, title: Option<&str>, now: Timestamp) -> FileScreening {
    let escaped = text.replace("\r\n", "\n").replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    screen_html(engine, &format!("<pre>{escaped}</pre>"), title, now, Vec::new())
}

fn screen_html(
    engine: &Engine,
    html: &str,
    title: Option<&str>,
    now: Timestamp,
    notices: Vec<String>,
) -> FileScreening {
    let subject = Subject::new(ResourceKind::Article, title.unwrap_or_default(), html, now);
    let report = screened(engine, &subject, title);
    FileScreening { report, text: plain_text(html).text, field: Field::Body, notices }
}

fn screen_attachment(engine: &Engine, name: &str, bytes: &[u8], title: Option<&str>, now: Timestamp) -> FileScreening {
    let reading = read_attachment(name, bytes);
    let text = reading.text.text.clone();
    let mut subject = Subject::new(ResourceKind::Article, title.unwrap_or_default(), String::new(), now);
    subject.attachments = vec![reading.text];
    let mut report = screened(engine, &subject, title);
    report.findings.retain(|finding| finding.category != Category::Completeness || finding.field != Field::Body);
    FileScreening { report, text, field: Field::Attachment(0), notices: reading.notices }
}

fn screened(engine: &Engine, subject: &Subject, title: Option<&str>) -> Report {
    let mut report = engine.screen(subject);
    if title.is_none() {
        report.findings.retain(|finding| finding.category != Category::Completeness);
    }
    report
}

/// Text that is no document format written in text.
fn is_plain(text: &str) -> bool {
    !text.contains('\0')
        && !text.starts_with("{\\rtf")
        && !text.starts_with("%PDF")
        && !text.starts_with("MIME-Version")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        domain::time::parse_beijing("2026-11-20 10:00").expect("a time")
    }

    #[test]
    fn places_in_a_plain_text_are_places_in_that_text() {
        let text = "第一行 <标签>\n\n  第二行：布署 & 落实。\n";
        let screening = screen_file(&Engine::standard(), "稿件.txt", text.as_bytes(), None, now()).expect("small");
        let finding = screening.report.findings.iter().find(|one| one.suggestion.as_deref() == Some("部署"));
        let range = finding.and_then(|one| one.range).expect("the wrong word has a place");
        let quoted: String = text.chars().skip(range.start).take(range.end - range.start).collect();
        assert_eq!(quoted, "布署");
        assert!(screening.text.starts_with(text));
    }

    #[test]
    fn without_a_title_missing_elements_are_not_reported() {
        let screen = |title| screen_text(&Engine::standard(), "正文。", title, now()).report;
        assert!(screen(None).findings.is_empty());
        assert!(screen(Some("标题")).findings.iter().any(|one| one.category == Category::Completeness));
    }

    #[test]
    fn a_file_that_cannot_be_read_says_why() {
        let screening =
            screen_file(&Engine::standard(), "附件.rar", b"Rar!\x1a\x07\x01\x00\xff", None, now()).expect("small");
        assert_eq!(screening.notices.len(), 1, "{:?}", screening.notices);
    }
}
