//! HTML, XML and MHT files: text between the tags, comments and written attributes too.

use super::job::Job;
use super::xml::unescape;

/// Elements that end a line.
const LINES: &[&str] = &[
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "title",
    "head",
    "body",
    "section",
    "article",
    "header",
    "footer",
    "option",
    "dt",
    "dd",
    "caption",
    "pre",
    "blockquote",
    "form",
];

/// Attributes a person may have written text into.
const WRITTEN: &[&str] = &["alt", "title", "value", "placeholder", "content", "href", "data-title", "aria-label"];

pub(super) fn read(text: &str, job: &mut Job<'_>) {
    let decoded = if text.trim_start().get(..13).is_some_and(|head| head.eq_ignore_ascii_case("mime-version:")) {
        quoted_printable(text)
    } else {
        text.to_owned()
    };
    let mut rest = decoded.as_str();
    let mut unseen: Option<String> = None;
    while let Some(start) = rest.find('<') {
        if job.full() {
            return;
        }
        push(&rest[..start], unseen.is_some(), job);
        rest = &rest[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            let end = comment.find("-->").unwrap_or(comment.len());
            job.out.hide();
            job.out.line_of(&unescape(&comment[..end]));
            job.out.show();
            rest = comment.get(end + 3..).unwrap_or_default();
            continue;
        }
        if let Some(data) = rest.strip_prefix("<![CDATA[") {
            let end = data.find("]]>").unwrap_or(data.len());
            push(&data[..end], unseen.is_some(), job);
            rest = data.get(end + 3..).unwrap_or_default();
            continue;
        }
        let end = end_of_tag(rest);
        let tag = &rest[1..end.max(1)];
        rest = rest.get(end + 1..).unwrap_or_default();
        let closing = tag.starts_with('/');
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(|character| !character.is_whitespace() && *character != '/')
            .collect::<String>()
            .to_ascii_lowercase();
        match &unseen {
            Some(open) if closing && *open == name => unseen = None,
            None if !closing && matches!(name.as_str(), "script" | "style" | "noscript" | "template") => {
                unseen = Some(name.clone());
            }
            _ => {}
        }
        if LINES.contains(&name.as_str()) {
            job.out.line();
        } else if closing && matches!(name.as_str(), "td" | "th") {
            job.out.push("\t");
        }
        if !closing {
            written_attributes(tag, job);
        }
    }
    push(rest, unseen.is_some(), job);
    job.out.line();
}

fn push(text: &str, unseen: bool, job: &mut Job<'_>) {
    if text.trim().is_empty() {
        if !text.is_empty() && !job.out.text.ends_with(char::is_whitespace) {
            job.out.push(" ");
        }
        return;
    }
    if unseen {
        job.out.hide();
    }
    let text = unescape(text);
    let mut space = false;
    let mut squeezed = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_whitespace() {
            space = true;
            continue;
        }
        if space {
            squeezed.push(' ');
            space = false;
        }
        squeezed.push(character);
    }
    job.out.push(&squeezed);
    if unseen {
        job.out.show();
    }
}

/// Where the `>` of a tag stands, not counting those in quotes.
fn end_of_tag(text: &str) -> usize {
    let mut quote = None;
    for (index, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return index,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if byte == open => quote = None,
            _ => {}
        }
    }
    // A quote that never ends: the next `>` will do.
    text.find('>').unwrap_or(text.len())
}

fn written_attributes(tag: &str, job: &mut Job<'_>) {
    for name in WRITTEN {
        let mut from = 0;
        while let Some(found) = tag.get(from..).and_then(|rest| rest.find(name)) {
            let start = from + found;
            from = start + name.len();
            let before = tag[..start].chars().next_back();
            let Some(value) = tag[from..].trim_start().strip_prefix('=').map(str::trim_start) else { continue };
            if before.is_some_and(|character| !character.is_whitespace()) {
                continue;
            }
            let value = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].split(quote).next().unwrap_or_default(),
                _ => value.split_whitespace().next().unwrap_or_default(),
            };
            if !value.trim().is_empty() {
                job.out.hide();
                job.out.line_of(&unescape(value));
                job.out.show();
            }
        }
    }
}

/// Mail-like web archives write other bytes as `=E4`.
fn quoted_printable(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while index < bytes.len() {
        if bytes[index] != b'=' {
            decoded.push(bytes[index]);
            index += 1;
            continue;
        }
        let hex = bytes.get(index + 1..index + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            decoded.push(byte);
            index += 3;
        } else if bytes.get(index + 1) == Some(&b'\n') {
            index += 2;
        } else if bytes.get(index + 1..index + 3) == Some(b"\r\n") {
            index += 3;
        } else {
            decoded.push(b'=');
            index += 1;
        }
    }
    super::decode::quietly(&decoded)
}
