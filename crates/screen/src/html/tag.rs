//! Tags and their attributes.

/// An attribute as written.
#[derive(Debug, Clone, Copy)]
pub struct Attribute<'a> {
    /// Its name, in any letter case.
    pub name: &'a str,
    /// Its value without quotes, references not resolved.
    pub value: &'a str,
    /// Where the value begins in the source, in bytes.
    pub at: usize,
}

/// A start or end tag.
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    pub(super) attributes: Vec<Attribute<'a>>,
    /// One past `>`.
    pub(super) end: usize,
}

impl<'a> Tag<'a> {
    /// Reads the tag whose name begins at `start`; `None` when the text ends before the tag does.
    pub(super) fn read(html: &'a str, start: usize) -> Option<Self> {
        let bytes = html.as_bytes();
        let find = |from: usize, stop: &dyn Fn(u8) -> bool| {
            bytes.get(from..)?.iter().position(|b| stop(*b)).map(|length| from + length)
        };
        let name_end = find(start, &|b| is_blank(b) || b == b'/' || b == b'>')?;
        let name = &html[start..name_end];
        let mut attributes = Vec::new();
        let mut at = name_end;
        loop {
            at = find(at, &|b| !is_blank(b) && b != b'/')?;
            if bytes[at] == b'>' {
                return Some(Self { name, attributes, end: at + 1 });
            }
            // A `=` at the beginning belongs to the attribute's name.
            let name_start = at;
            at = find(at + 1, &|b| is_blank(b) || matches!(b, b'/' | b'>' | b'='))?;
            let attribute = &html[name_start..at];
            let after_blanks = find(at, &|b| !is_blank(b))?;
            if bytes[after_blanks] != b'=' {
                attributes.push(Attribute { name: attribute, value: "", at });
                continue;
            }
            let value_start = find(after_blanks + 1, &|b| !is_blank(b))?;
            match bytes[value_start] {
                quote @ (b'"' | b'\'') => {
                    let value_end = find(value_start + 1, &|b| b == quote)?;
                    let value = &html[value_start + 1..value_end];
                    attributes.push(Attribute { name: attribute, value, at: value_start + 1 });
                    at = value_end + 1;
                }
                _ => {
                    at = find(value_start, &|b| is_blank(b) || b == b'>')?;
                    attributes.push(Attribute { name: attribute, value: &html[value_start..at], at: value_start });
                }
            }
        }
    }

    /// Whether the element is hidden by attribute or style.
    pub(super) fn is_invisible(&self) -> bool {
        self.attributes.iter().any(|Attribute { name, value, .. }| {
            name.eq_ignore_ascii_case("hidden") || name.eq_ignore_ascii_case("style") && hides(value)
        })
    }
}

/// Attributes in which words may stand. Addresses are left out: they are full of meaningless numbers. Only those that
/// write to or call somebody are looked at.
pub(super) fn may_hold_words(attribute: &Attribute<'_>) -> bool {
    let name = attribute.name.to_ascii_lowercase();
    if name == "href" {
        let value = attribute.value.trim_start();
        let calls = |scheme: &str| value.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme));
        return ["mailto:", "tel:", "sms:"].into_iter().any(calls);
    }
    matches!(name.as_str(), "alt" | "title" | "value" | "placeholder" | "label" | "summary" | "content")
        || name.starts_with("aria-")
        || name.starts_with("data-") && name != "data-finding" && name != "data-severity"
}

/// Where the raw text of `name` ends: at its end tag, or with the text.
pub(super) fn find_end_tag(html: &str, from: usize, name: &str) -> usize {
    let bytes = html.as_bytes();
    let mut at = from;
    while let Some(found) = html[at..].find("</") {
        let start = at + found;
        let name_end = start + 2 + name.len();
        let matches = html.get(start + 2..name_end).is_some_and(|found| found.eq_ignore_ascii_case(name));
        if matches && bytes.get(name_end).is_none_or(|b| is_blank(*b) || matches!(b, b'/' | b'>')) {
            return start;
        }
        at = start + 2;
    }
    html.len()
}

fn hides(style: &str) -> bool {
    style.split(';').filter_map(|declaration| declaration.split_once(':')).any(|(property, value)| {
        let property = property.trim().to_ascii_lowercase();
        let value = value.trim().to_ascii_lowercase();
        let value = value.trim_end_matches("!important").trim();
        match property.as_str() {
            "display" => value == "none",
            "visibility" => matches!(value, "hidden" | "collapse"),
            "opacity" => matches!(value, "0" | "0.0" | "0%"),
            "font-size" => matches!(value, "0" | "0px" | "0pt" | "0em" | "0rem" | "0%"),
            _ => false,
        }
    })
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c')
}
