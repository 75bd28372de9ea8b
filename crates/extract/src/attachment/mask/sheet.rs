//! Numeric cells of XLSX sheets: a number that is to be masked becomes a string of its own in the cell.

use super::super::excel::shown_number;
use super::super::xml::unescape;
use super::Pairs;
use super::splice::{escape, replace, tag_end};

/// Rewrites the cells whose number shows one of the strings.
pub(super) fn numbers_to_strings(source: &str, pairs: &Pairs) -> (String, usize) {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    let mut count = 0;
    while let Some((start, prefix)) = next_cell(rest) {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let open_end = tag_end(rest);
        let closing = format!("</{prefix}c>");
        let open = &rest[..open_end];
        if open.ends_with("/>") {
            out.push_str(open);
            rest = &rest[open_end..];
            continue;
        }
        let Some(end) = rest[open_end..].find(&closing).map(|at| open_end + at) else { break };
        let (cell, after) = (&rest[..end + closing.len()], &rest[end + closing.len()..]);
        match rewritten(open, &rest[open_end..end], prefix, pairs) {
            Some((cell, here)) => {
                out.push_str(&cell);
                count += here;
            }
            None => out.push_str(cell),
        }
        rest = after;
    }
    out.push_str(rest);
    (out, count)
}

/// The next `<c` or `<x:c` tag and its prefix.
fn next_cell(text: &str) -> Option<(usize, &str)> {
    let mut from = 0;
    while let Some(at) = text[from..].find('<').map(|at| at + from) {
        let rest = &text[at + 1..];
        let end = rest.find(|character: char| character.is_whitespace() || matches!(character, '>' | '/'))?;
        let name = &rest[..end];
        if name == "c" {
            return Some((at, ""));
        }
        if let Some(prefix) = name.strip_suffix(":c") {
            return Some((at, &rest[..=prefix.len()]));
        }
        from = at + 1;
    }
    None
}

fn rewritten(open: &str, body: &str, prefix: &str, pairs: &Pairs) -> Option<(String, usize)> {
    let kind = attribute(open, "t");
    if !matches!(kind.as_deref(), None | Some("n" | "str")) {
        return None;
    }
    let value_tag = format!("<{prefix}v");
    let start = body.find(&value_tag)?;
    let start = start + tag_end(&body[start..]);
    let end = start + body.get(start..)?.find("</")?;
    let value = unescape(&body[start..end]);
    let shown = if kind.as_deref() == Some("str") { value } else { shown_number(&value) };
    let (masked, count) = replace(&shown, pairs);
    if count == 0 {
        return None;
    }
    let mut tag = format!("<{prefix}c");
    for name in ["r", "s"] {
        if let Some(value) = attribute(open, name) {
            tag.push_str(&format!(" {name}=\"{}\"", escape(&value)));
        }
    }
    let text = escape(&masked);
    Some((format!("{tag} t=\"inlineStr\"><{prefix}is><{prefix}t>{text}</{prefix}t></{prefix}is></{prefix}c>"), count))
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    for quote in ['"', '\''] {
        let start = format!(" {name}={quote}");
        if let Some(at) = tag.find(&start) {
            let value = &tag[at + start.len()..];
            return value.find(quote).map(|end| unescape(&value[..end]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_numeric_cell_becomes_an_inline_string() {
        let pairs = vec![("13800001111".to_owned(), "138****1111".to_owned())];
        let source = "<row><c r=\"A1\" s=\"3\"><v>13800001111</v></c><c r=\"B1\"/><c r=\"C1\"><v>2</v></c></row>";
        let (masked, count) = numbers_to_strings(source, &pairs);
        assert_eq!(count, 1);
        let cell = "<c r=\"A1\" s=\"3\" t=\"inlineStr\"><is><t>138****1111</t></is></c>";
        assert_eq!(masked, format!("<row>{cell}<c r=\"B1\"/><c r=\"C1\"><v>2</v></c></row>"));
    }
}
