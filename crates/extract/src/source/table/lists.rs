//! Values that hold several: paths of columns, keywords, attachments.

use crate::source::record::LinkedFile;

/// Parts of a column's path, from the top down: `政务公开/通知公告`, `首页 > 政务公开 > 通知公告`.
pub(super) fn path(text: &str) -> Vec<String> {
    let separators = ['>', '＞', '›', '»', '→', '|', '｜', '\\', '/', '／', '\u{1f}'];
    let parts = text.split(separators).flat_map(|part| part.split("::")).flat_map(|part| part.split("--"));
    let mut parts: Vec<String> =
        parts.map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).take(20).collect();
    if parts.len() > 1 && matches!(parts[0].as_str(), "首页" | "网站首页" | "主页" | "Home") {
        parts.remove(0);
    }
    parts
}

pub(super) fn keywords(text: &str) -> Vec<String> {
    let marked = text.contains([',', '，', ';', '；', '、', '|', '\n']);
    let separators = |character: char| match character {
        ',' | '，' | ';' | '；' | '、' | '|' | '\n' => true,
        other => !marked && other.is_whitespace(),
    };
    text.split(separators).map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).take(100).collect()
}

/// `名称|地址`, `[名称](地址)`, `名称(地址)`, links of HTML, or plain addresses and names, parted by line ends, `;` or `,`.
pub(super) fn files(text: &str) -> Vec<LinkedFile> {
    if text.contains("<a ") || text.contains("<A ") {
        return links(text);
    }
    let pieces = text.split(['\n', ';', '；', ',', '，']).map(str::trim).filter(|piece| !piece.is_empty());
    pieces.take(1000).map(one_file).collect()
}

fn one_file(piece: &str) -> LinkedFile {
    let file = |name: &str, address: &str| LinkedFile {
        address: address.trim().to_owned(),
        name: if name.trim().is_empty() { last_segment(address) } else { name.trim().to_owned() },
    };
    for mark in ['|', '｜', '\t'] {
        if let Some((one, two)) = piece.split_once(mark) {
            return if looks_like_address(one) && !looks_like_address(two) { file(two, one) } else { file(one, two) };
        }
    }
    if let Some((name, address)) = piece.strip_suffix([')', '）']).and_then(|piece| piece.rsplit_once(['(', '（']))
        && looks_like_address(address)
    {
        return file(name.trim_start_matches('[').trim_end_matches(']'), address);
    }
    if looks_like_address(piece) { file("", piece) } else { file(piece, "") }
}

/// An address, or a relative path to a file.
pub(super) fn looks_like_address(text: &str) -> bool {
    let text = text.trim();
    crate::source::address::is_absolute(text)
        || text.starts_with(['/', '.'])
        || (text.contains('/') && !text.contains(' ') && text.rsplit('/').next().is_some_and(|name| name.contains('.')))
}

pub(in crate::source) fn last_segment(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.trim_end_matches('/').rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

/// `href` and text of the links of a piece of HTML.
fn links(html: &str) -> Vec<LinkedFile> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find("<a ").or_else(|| rest.find("<A ")) {
        rest = &rest[start + 3..];
        let Some(end) = rest.find('>') else { break };
        let (tag, after) = (&rest[..end], &rest[end + 1..]);
        let close = after.find("</").unwrap_or(after.len());
        let address = attribute(tag, "href").unwrap_or_default();
        let name = crate::attachment::xml::unescape(after[..close].trim());
        rest = &after[close..];
        if !address.is_empty() && found.len() < 1000 {
            let name = if name.is_empty() || name.contains('<') { last_segment(&address) } else { name };
            found.push(LinkedFile { address, name });
        }
    }
    found
}

/// The value of an attribute in the inside of a tag.
pub(in crate::source) fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let mut from = 0;
    while let Some(found) = lower[from..].find(name) {
        let at = from + found;
        from = at + name.len();
        let begins = at == 0 || lower.as_bytes()[at - 1].is_ascii_whitespace();
        let Some(value) = tag[from..].trim_start().strip_prefix('=') else { continue };
        if !begins {
            continue;
        }
        let value = value.trim_start();
        let value = match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next().unwrap_or_default(),
            _ => value.split(char::is_whitespace).next().unwrap_or_default(),
        };
        return Some(crate::attachment::xml::unescape(value));
    }
    None
}
