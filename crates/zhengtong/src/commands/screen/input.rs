//! What is screened: a text, a page, or a file whose text is read out of it.

use std::{
    io::Read,
    path::{Path, PathBuf},
};

use extract::attachment::{AttachmentKind, Limits, extract};

use crate::{commands::answer::STANDARD_INPUT, refusal::Refusal};

/// Bytes of standard input or of a file at most.
const MAX_BYTES: u64 = 100 * 1024 * 1024;

/// Something to screen.
pub enum Input {
    /// Plain text; places count its characters.
    Text(String),
    /// HTML.
    Page(String),
    /// Another file.
    Attachment {
        /// File name.
        name: String,
        /// Everything in it, also what readers do not see.
        text: String,
        /// What could not be read.
        notices: Vec<String>,
    },
}

/// Reads a file, or standard input.
pub fn read(file: Option<&Path>) -> Result<Input, Refusal> {
    let Some(file) = file.filter(|file| *file != Path::new(STANDARD_INPUT)) else {
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes);
        read.map_err(|error| Refusal::configuration(format!("标准输入无法读取：{error}。")))?;
        return text_of("文本.txt", &bytes);
    };
    let shown = file.display();
    let cannot = |error: std::io::Error| Refusal::configuration(format!("“{shown}”无法读取：{error}。请核对文件名。"));
    let size = std::fs::metadata(file).map_err(cannot)?.len();
    if size > MAX_BYTES {
        return Err(Refusal::configuration(format!("“{shown}”超过{}MB，请拆分后再机审。", MAX_BYTES / 1024 / 1024)));
    }
    let bytes = std::fs::read(file).map_err(cannot)?;
    let name = file.file_name().map_or_else(|| PathBuf::from(file), PathBuf::from).display().to_string();
    text_of(&name, &bytes)
}

fn text_of(name: &str, bytes: &[u8]) -> Result<Input, Refusal> {
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MAX_BYTES {
        return Err(Refusal::configuration(format!("内容超过{}MB，请拆分后再机审。", MAX_BYTES / 1024 / 1024)));
    }
    let page = [".html", ".htm", ".shtml"].iter().any(|ending| name.to_lowercase().ends_with(ending));
    if let Ok(text) = std::str::from_utf8(bytes) {
        let text = text.trim_start_matches('\u{FEFF}');
        if page {
            return Ok(Input::Page(text.to_owned()));
        }
        if !text.contains('\0') && !text.starts_with("{\\rtf") && !text.starts_with("%PDF") {
            return Ok(Input::Text(text.to_owned()));
        }
    }
    let found = extract(name, bytes, &Limits::default())
        .map_err(|error| Refusal::configuration(format!("“{name}”无法读取：{}", error.sentence())))?;
    if matches!(found.kind, AttachmentKind::Text) {
        return Ok(Input::Text(found.text));
    }
    let text = found.all_text();
    Ok(Input::Attachment { name: name.to_owned(), text, notices: found.notices })
}
