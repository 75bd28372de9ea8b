//! Pictures and the tables that only place things.

use super::address::Base;
use super::tag::Tag;
use super::tree::{NodeId, Tree};

/// Where the picture really is: pages that load late keep it beside a placeholder.
pub(super) fn image_address(tree: &Tree<'_>, base: &Base, node: NodeId) -> Option<String> {
    const LATE: &[&str] = &[
        "data-src",
        "data-original",
        "data-lazy-src",
        "data-actualsrc",
        "data-lazyload",
        "data-lazy",
        "data-url",
        "lazy-src",
        "original",
        "_src",
        "file",
        "zoomfile",
        "data-echo",
        "data-origin",
        "oldsrc",
        "orisrc",
    ];
    let looks_right = |address: &str| {
        let path = address.split(['?', '#']).next().unwrap_or("");
        path.contains(['/', '.']) && address.len() < 2048
    };
    let late = LATE.iter().find_map(|name| {
        let value = tree.attribute(node, name)?;
        looks_right(&value).then(|| base.resolve(&value)).flatten()
    });
    late.or_else(|| base.resolve(&tree.attribute(node, "src")?).filter(|address| address.len() < 2048))
}

/// Whether a picture stands in the element.
pub(super) fn holds_image(tree: &Tree<'_>, node: NodeId) -> bool {
    (node..tree.end(node)).any(|inner| tree.tag(inner) == Tag::Img)
}

/// Tables that only place things: they hold other tables, or every row has one cell.
pub(super) fn is_layout(tree: &Tree<'_>, table: NodeId) -> bool {
    let mut widest = 0;
    let mut cells = 0;
    let mut spanned = false;
    for node in table + 1..tree.end(table) {
        match tree.tag(node) {
            Tag::Table => return true,
            Tag::Tr => cells = 0,
            tag if tag.is_cell() => {
                cells += 1;
                widest = widest.max(cells);
                spanned |= tree.raw_attribute(node, "colspan").is_some_and(|span| span.trim() != "1");
            }
            _ => {}
        }
    }
    widest <= 1 && !spanned
}
