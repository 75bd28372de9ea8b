//! The number formats of cell styles.

use std::collections::HashMap;

use super::super::xml::{Item, Xml};
use super::number::is_date_format;

/// What a cell's style does to its number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Style {
    pub date: bool,
    /// The format `;;;` shows nothing at all.
    pub invisible: bool,
}

pub(crate) fn read(text: &str) -> Vec<Style> {
    let mut xml = Xml::new(text);
    let mut codes: HashMap<u32, String> = HashMap::new();
    let mut styles = Vec::new();
    let mut in_cell_formats = false;
    while let Some(item) = xml.next() {
        match item {
            Item::Open(tag) => match tag.name() {
                "numFmt" => {
                    let id = tag.attribute("numFmtId").and_then(|id| id.parse().ok()).unwrap_or_default();
                    codes.insert(id, tag.attribute("formatCode").unwrap_or_default());
                }
                "cellXfs" => in_cell_formats = true,
                "xf" if in_cell_formats => {
                    let id = tag.attribute("numFmtId").and_then(|id| id.parse().ok()).unwrap_or_default();
                    let code = codes.get(&id).map(String::as_str);
                    let invisible = code.is_some_and(|code| code.starts_with(";;"));
                    styles.push(Style { date: is_date_format(id, code), invisible });
                }
                _ => {}
            },
            Item::Close(name) if name == "cellXfs" => in_cell_formats = false,
            _ => {}
        }
    }
    styles
}
