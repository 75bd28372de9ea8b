//! A quick walk over the tags and texts of a finished page.
//!
//! Pages are checked by the ten thousand, so no tree is built. The walk knows comments, quoted
//! attributes and elements with raw text; it is meant for well-formed pages of our own making,
//! and tests compare it with a full parser on every sample page.

use std::borrow::Cow;

/// A piece of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// `<name …>`
    Open(Tag<'a>),
    /// `</name>`
    Close(&'a str),
    /// Text between tags, with character references as written.
    Text(&'a str),
}

/// A start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    /// Element name as written.
    pub name: &'a str,
    /// Everything between name and `>`.
    inside: &'a str,
    /// Byte range of the whole tag.
    pub start: usize,
    pub end: usize,
}

impl<'a> Tag<'a> {
    /// Value of an attribute, character references resolved; empty for one without value.
    pub(crate) fn attribute(&self, wanted: &str) -> Option<Cow<'a, str>> {
        self.raw_attributes().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| decode(value))
    }

    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
        self.raw_attributes().map(|(name, value)| (name, decode(value)))
    }

    /// Name and value as written.
    pub(crate) fn raw_attributes(&self) -> RawAttributes<'a> {
        RawAttributes { rest: self.inside }
    }
}

/// Walks the attributes of a tag.
pub(crate) struct RawAttributes<'a> {
    rest: &'a str,
}

impl<'a> Iterator for RawAttributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let name_end = rest
            .char_indices()
            .find(|(at, c)| c.is_ascii_whitespace() || *c == '/' || (*c == '=' && *at > 0))
            .map_or(rest.len(), |(at, _)| at);
        let (name, after) = rest.split_at(name_end);
        let Some(value) = after.trim_start().strip_prefix('=') else {
            self.rest = after;
            return Some((name, ""));
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, rest) = match quote {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        self.rest = rest;
        Some((name, value))
    }
}

/// The pieces of a page, in order.
pub(crate) fn tokens(html: &str) -> Tokens<'_> {
    Tokens { html, at: 0, raw_text_of: None }
}

/// Walks a page.
pub(crate) struct Tokens<'a> {
    html: &'a str,
    at: usize,
    raw_text_of: Option<&'a str>,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(name) = self.raw_text_of.take() {
            let rest = &self.html[self.at..];
            let end = find_close(rest, name).unwrap_or(rest.len());
            if end > 0 {
                self.at += end;
                return Some(Token::Text(&rest[..end]));
            }
        }
        loop {
            let rest = &self.html[self.at..];
            let bytes = rest.as_bytes();
            if rest.is_empty() {
                return None;
            }
            if bytes[0] != b'<' || !opens_markup(bytes.get(1).copied()) {
                // A "<" that opens no markup is plain text.
                let end = rest
                    .match_indices('<')
                    .map(|(at, _)| at)
                    .find(|at| *at > 0 && opens_markup(bytes.get(at + 1).copied()))
                    .unwrap_or(rest.len());
                self.at += end;
                return Some(Token::Text(&rest[..end]));
            }
            if let Some(comment) = rest.strip_prefix("<!--") {
                self.at += comment.find("-->").map_or(rest.len(), |end| end + 7);
                continue;
            }
            let end = tag_end(rest);
            let start = self.at;
            self.at += (end + 1).min(rest.len());
            let inside = &rest[1..end];
            if inside.starts_with(['!', '?']) {
                continue;
            }
            if let Some(name) = inside.strip_prefix('/') {
                return Some(Token::Close(name.trim()));
            }
            let name_end = inside.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inside.len());
            let (name, inside) = inside.split_at(name_end);
            if ["script", "style", "title", "textarea"].iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
                self.raw_text_of = Some(name);
            }
            return Some(Token::Open(Tag { name, inside, start, end: self.at }));
        }
    }
}

fn opens_markup(next: Option<u8>) -> bool {
    next.is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?'))
}

/// Where the `>` that ends a tag is, passing over quoted values.
fn tag_end(rest: &str) -> usize {
    let mut quote = None;
    let mut after_equals = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match quote {
            Some(open) => {
                if byte == open {
                    quote = None;
                }
            }
            None => match byte {
                b'>' => return at,
                b'"' | b'\'' if after_equals => quote = Some(byte),
                _ => {}
            },
        }
        if !byte.is_ascii_whitespace() {
            after_equals = byte == b'=';
        }
    }
    rest.len()
}

fn find_close(rest: &str, name: &str) -> Option<usize> {
    rest.match_indices("</")
        .map(|(at, _)| at)
        .find(|at| rest.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)))
}

/// Resolves the character references that templates and cleaners write.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|b| b == b';');
        match end.and_then(|end| reference(&rest[1..end]).map(|c| (c, end))) {
            Some((c, end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn reference(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_texts_and_attributes_are_told_apart() {
        let html =
            "<!doctype html><p class='a > b' hidden data-x=1>5 < 6 &amp; 中<!-- <b> --><script>if (a<b) {}</script>";
        let found: Vec<_> = tokens(html).collect();
        let Token::Open(p) = found[0] else { panic!("{found:?}") };
        assert_eq!(p.attribute("CLASS").as_deref(), Some("a > b"));
        assert_eq!(p.attribute("hidden").as_deref(), Some(""));
        assert_eq!(p.attribute("data-x").as_deref(), Some("1"));
        assert_eq!(found[1], Token::Text("5 < 6 &amp; 中"));
        assert!(matches!(found[2], Token::Open(tag) if tag.name == "script"));
        assert_eq!(found[3], Token::Text("if (a<b) {}"));
        assert_eq!(found[4], Token::Close("script"));
    }

    #[test]
    fn character_references_are_resolved() {
        assert_eq!(decode("a&amp;b&#x2f;&#27;&#20013;&unknown;&"), "a&b/\u{1b}中&unknown;&");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_walked_to_its_end(html in "[<>/!a-c \"'=&;中-]{0,60}") {
            let _ = tokens(&html).map(|token| match token {
                Token::Open(tag) => tag.attributes().count(),
                _ => 0,
            }).count();
        }
    }
}
