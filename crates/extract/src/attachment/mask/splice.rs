//! Replacing inside XML without touching anything else: text split over several runs of a paragraph is looked at as
//! one, and so are the values of attributes.

use super::super::xml::unescape;
use super::Pairs;

/// Plain replacement, with its count.
pub(super) fn replace(text: &str, pairs: &Pairs) -> (String, usize) {
    let mut text = text.to_owned();
    let mut count = 0;
    for (found, masked) in pairs {
        let here = text.matches(found.as_str()).count();
        if here > 0 {
            count += here;
            text = text.replace(found.as_str(), masked);
        }
    }
    (text, count)
}

/// A stretch of an XML text.
enum Part {
    /// A tag with its attributes already replaced.
    Tag(String),
    /// Text as a reader sees it; CDATA keeps its wrapping.
    Text {
        text: String,
        cdata: bool,
        changed: bool,
        raw: String,
    },
    Raw(String),
}

/// Elements whose end parts the text before from the text after.
const BORDERS: &[&str] =
    &["p", "h", "si", "is", "c", "v", "f", "tc", "tr", "row", "definedName", "comment", "table-cell"];

/// Replaces in a part of a package. `fields`: every element is a field of its own, as in properties.
pub(super) fn xml(source: &str, pairs: &Pairs, fields: bool) -> (String, usize) {
    let mut out = String::with_capacity(source.len());
    let mut parts: Vec<Part> = Vec::new();
    let mut group: Vec<usize> = Vec::new();
    let mut count = 0;
    let mut rest = source;
    while !rest.is_empty() {
        let Some(start) = rest.find('<') else {
            push_text(rest, false, &mut parts, &mut group);
            break;
        };
        if start > 0 {
            push_text(&rest[..start], false, &mut parts, &mut group);
            rest = &rest[start..];
        }
        let until = |rest: &str, end: &str| rest.find(end).map_or(rest.len(), |at| at + end.len());
        if rest.starts_with("<![CDATA[") {
            let end = until(rest, "]]>");
            push_text(&rest[..end], true, &mut parts, &mut group);
            rest = &rest[end..];
        } else if rest.starts_with("<!--") || rest.starts_with("<?") || rest.starts_with("<!") {
            let end = until(rest, if rest.starts_with("<!--") { "-->" } else { ">" });
            let (raw, here) = replace(&rest[..end], pairs);
            count += here;
            parts.push(Part::Raw(raw));
            rest = &rest[end..];
        } else {
            let end = tag_end(rest);
            let (tag, here) = attributes(&rest[..end], pairs);
            count += here;
            let name = local_name(&tag);
            if fields || tag.starts_with("</") && BORDERS.contains(&name) {
                count += settle(&mut parts, &group, pairs);
                write(&mut parts, &mut out);
                group.clear();
            }
            parts.push(Part::Tag(tag));
            rest = &rest[end..];
        }
    }
    count += settle(&mut parts, &group, pairs);
    write(&mut parts, &mut out);
    (out, count)
}

fn write(parts: &mut Vec<Part>, out: &mut String) {
    for part in parts.drain(..) {
        match part {
            Part::Tag(text) | Part::Raw(text) => out.push_str(&text),
            Part::Text { raw, changed: false, .. } => out.push_str(&raw),
            Part::Text { text, cdata: true, .. } => {
                out.push_str("<![CDATA[");
                out.push_str(&text.replace("]]>", "]] >"));
                out.push_str("]]>");
            }
            Part::Text { text, .. } => out.push_str(&escape(&text)),
        }
    }
}

fn push_text(raw: &str, cdata: bool, parts: &mut Vec<Part>, group: &mut Vec<usize>) {
    let text =
        if cdata { raw.trim_start_matches("<![CDATA[").trim_end_matches("]]>").to_owned() } else { unescape(raw) };
    // Indentation between elements is no text.
    if !text.trim().is_empty() || !raw.contains('\n') {
        group.push(parts.len());
    }
    parts.push(Part::Text { text, cdata, changed: false, raw: raw.to_owned() });
}

/// Replaces in the texts of one paragraph, wherever the borders of its runs lie.
fn settle(parts: &mut [Part], group: &[usize], pairs: &Pairs) -> usize {
    let mut count = 0;
    if let [only] = group {
        if let Some(Part::Text { text, changed, .. }) = parts.get_mut(*only) {
            let (masked, here) = replace(text, pairs);
            if here > 0 {
                (*text, *changed, count) = (masked, true, here);
            }
        }
        return count;
    }
    for (found, masked) in pairs {
        let mut from = 0;
        loop {
            let whole: String = group.iter().map(|index| text_at(parts, *index)).collect();
            let Some(at) = whole.get(from..).and_then(|tail| tail.find(found.as_str())).map(|at| at + from) else {
                break;
            };
            substitute(parts, group, at, found, masked);
            from = at + masked.len();
            count += 1;
        }
    }
    count
}

fn text_at(parts: &[Part], index: usize) -> &str {
    match parts.get(index) {
        Some(Part::Text { text, .. }) => text,
        _ => "",
    }
}

/// Takes the string out of the runs it lies in and puts the mask into the first of them.
fn substitute(parts: &mut [Part], group: &[usize], at: usize, found: &str, masked: &str) {
    let end = at + found.len();
    let mut start_of_part = 0;
    let mut placed = false;
    for index in group {
        let Some(Part::Text { text, changed, .. }) = parts.get_mut(*index) else { continue };
        let length = text.len();
        let from = at.saturating_sub(start_of_part).min(length);
        let to = end.saturating_sub(start_of_part).min(length);
        if from < to {
            text.replace_range(from..to, if placed { "" } else { masked });
            placed = true;
            *changed = true;
        }
        start_of_part += length;
        if start_of_part >= end {
            return;
        }
    }
}

/// Where a tag ends, quotes respected.
pub(super) fn tag_end(text: &str) -> usize {
    let mut quote = None;
    for (index, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return index + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// Name of a tag without its prefix.
pub(super) fn local_name(tag: &str) -> &str {
    let inside = tag.trim_start_matches(['<', '/']);
    let end = inside
        .find(|character: char| character.is_whitespace() || matches!(character, '>' | '/'))
        .unwrap_or(inside.len());
    let name = &inside[..end];
    name.rsplit(':').next().unwrap_or(name)
}

/// Replaces in the values of a tag's attributes; a number that became text changes its type where one is written.
fn attributes(tag: &str, pairs: &Pairs) -> (String, usize) {
    let plain = if tag.contains('&') { unescape(tag) } else { String::new() };
    let whole = if plain.is_empty() { tag } else { &plain };
    if !pairs.iter().any(|(found, _)| whole.contains(found.as_str())) {
        return (tag.to_owned(), 0);
    }
    let mut out = String::with_capacity(tag.len());
    let mut rest = tag;
    let mut count = 0;
    let mut numeric = false;
    while let Some(start) = rest.find(['"', '\'']) {
        let quote = if rest.as_bytes()[start] == b'"' { '"' } else { '\'' };
        let Some(length) = rest[start + 1..].find(quote) else { break };
        let value = &rest[start + 1..start + 1 + length];
        let (masked, here) = replace(&unescape(value), pairs);
        let name = rest[..start].trim_end().trim_end_matches('=').trim_end();
        if here > 0 && name.ends_with("office:value") {
            // The stored number goes; the shown text stays, masked on its own.
            numeric = true;
            out.push_str(name.trim_end_matches("office:value"));
        } else {
            out.push_str(&rest[..=start]);
            out.push_str(&if here > 0 { escape(&masked) } else { value.to_owned() });
            out.push(quote);
        }
        count += here;
        rest = &rest[start + 2 + length..];
    }
    out.push_str(rest);
    if numeric {
        for kind in ["float", "currency", "percentage"] {
            out = out.replace(&format!("value-type=\"{kind}\""), "value-type=\"string\"");
        }
    }
    if count > 0 && tag.starts_with("<n ") {
        // A cached number that is no number any more.
        out.replace_range(1..2, "s");
    }
    (out, count)
}

pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs() -> Vec<(String, String)> {
        vec![("12345678".to_owned(), "12****78".to_owned())]
    }

    #[test]
    fn a_number_split_over_runs_is_found() {
        let source = "<w:p><w:r><w:t>号码 123</w:t></w:r>\n<w:r><w:t>45</w:t></w:r><w:r><w:t>678。</w:t></w:r></w:p>";
        let (masked, count) = xml(source, &pairs(), false);
        assert_eq!(count, 1);
        assert!(masked.contains("<w:t>号码 12****78</w:t>") && masked.contains("<w:t>。</w:t>"), "{masked}");
    }

    #[test]
    fn borders_of_paragraphs_are_respected() {
        let source = "<w:p><w:t>1234</w:t></w:p><w:p><w:t>5678</w:t></w:p>";
        assert_eq!(xml(source, &pairs(), false), (source.to_owned(), 0));
    }

    #[test]
    fn attributes_comments_and_cdata_are_replaced_too() {
        let source = "<a b='x 12345678'><!--12345678--><![CDATA[<12345678>]]>&lt;12345678&gt;</a>";
        let (masked, count) = xml(source, &pairs(), false);
        assert_eq!(count, 4);
        assert_eq!(masked, "<a b='x 12****78'><!--12****78--><![CDATA[<12****78>]]>&lt;12****78&gt;</a>");
    }

    #[test]
    fn a_stored_number_of_a_spreadsheet_goes() {
        let source = "<table:table-cell office:value-type=\"float\" office:value=\"12345678\"><text:p>12345678</text:p></table:table-cell>";
        let (masked, count) = xml(source, &pairs(), false);
        assert_eq!(count, 2);
        assert!(masked.contains("value-type=\"string\"") && !masked.contains("office:value=\""), "{masked}");
        assert!(masked.contains("<text:p>12****78</text:p>"));
    }
}
