//! A small pull reader over XML parts: local names, attributes, text with its references resolved. Entities a file
//! declares for itself are never expanded: they stay as written.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::decode;

pub(crate) enum Item<'x> {
    /// A start tag; an empty element comes as start and end.
    Open(Tag<'x>),
    /// An end tag's local name.
    Close(String),
    Text(String),
}

pub(crate) struct Tag<'x>(BytesStart<'x>);

impl Tag<'_> {
    /// Name without its prefix.
    pub fn name(&self) -> &str {
        std::str::from_utf8(self.0.local_name().into_inner()).unwrap_or_default()
    }

    /// Name as written, prefix and all.
    pub fn full_name(&self) -> &str {
        std::str::from_utf8(self.0.name().into_inner()).unwrap_or_default()
    }

    /// An attribute by its name without prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        for attribute in self.0.attributes().with_checks(false).flatten() {
            if attribute.key.local_name().into_inner() == name.as_bytes() {
                return Some(unescape(&String::from_utf8_lossy(&attribute.value)));
            }
        }
        None
    }

    pub fn attributes(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for attribute in self.0.attributes().with_checks(false).flatten() {
            let name = String::from_utf8_lossy(attribute.key.local_name().into_inner()).into_owned();
            found.push((name, unescape(&String::from_utf8_lossy(&attribute.value))));
        }
        found
    }

    /// True for `val="1"`, `"true"`, `"on"`, and for the attribute left out.
    pub fn is_on(&self) -> bool {
        !matches!(self.attribute("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// The XML text of a part, whatever Unicode encoding it is in.
pub(crate) fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text.trim_start_matches('\u{feff}')),
        Err(_) => {
            let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).to_ascii_lowercase();
            Cow::Owned(if head.contains("gb2312") || head.contains("gbk") || head.contains("gb18030") {
                decode::gbk(bytes)
            } else {
                decode::quietly(bytes)
            })
        }
    }
}

pub(crate) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    /// The part ended in the middle or is not XML.
    pub broken: bool,
}

impl<'x> Xml<'x> {
    pub fn new(text: &'x str) -> Xml<'x> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Xml { reader, broken: false }
    }

    pub fn next(&mut self) -> Option<Item<'x>> {
        loop {
            match self.reader.read_event() {
                Ok(Event::Start(start)) => return Some(Item::Open(Tag(start))),
                Ok(Event::End(end)) => {
                    return Some(Item::Close(String::from_utf8_lossy(end.local_name().into_inner()).into_owned()));
                }
                Ok(Event::Text(text)) => {
                    return Some(Item::Text(String::from_utf8_lossy(&text.into_inner()).into_owned()));
                }
                Ok(Event::CData(text)) => {
                    return Some(Item::Text(String::from_utf8_lossy(&text.into_inner()).into_owned()));
                }
                Ok(Event::GeneralRef(reference)) => return Some(Item::Text(resolve(&reference))),
                Ok(Event::Eof) => return None,
                Ok(_) => {}
                Err(_) => {
                    self.broken = true;
                    return None;
                }
            }
        }
    }
}

fn resolve(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    let name = String::from_utf8_lossy(reference).into_owned();
    resolve_predefined_entity(&name).map(str::to_owned).unwrap_or_else(|| format!("&{name};"))
}

/// Resolves character references and the five predefined entities, leaving everything else.
pub(crate) fn unescape(raw: &str) -> String {
    if !raw.contains('&') {
        return raw.to_owned();
    }
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(start) = rest.find('&') {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        // References are short: looking further for their end would take as long as the text, each time.
        let end = rest.bytes().take(13).position(|byte| byte == b';');
        let reference = end.and_then(|end| Some((end, reference(&rest[1..end])?)));
        match reference {
            Some((end, character)) => {
                text.push(character);
                rest = &rest[end + 1..];
            }
            None => {
                text.push('&');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    text
}

/// The character a reference such as `amp`, `#65`, `#x41` stands for.
pub(crate) fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    match name {
        "nbsp" => Some(' '),
        _ => resolve_predefined_entity(name)?.chars().next(),
    }
}
