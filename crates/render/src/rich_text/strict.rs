//! The last word on what may stand in a body: ammonia with a short list.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::word::CLASSES;

/// Every element a body may contain.
const ELEMENTS: &[&str] = &[
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "hr",
    "figure",
    "figcaption",
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "strong",
    "em",
    "u",
    "s",
    "sub",
    "sup",
    "code",
    "a",
    "br",
    "img",
];

static STRICT: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.iter().copied().collect())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("img", HashSet::from(["src", "alt", "width", "height"])),
            ("td", HashSet::from(["colspan", "rowspan"])),
            ("th", HashSet::from(["colspan", "rowspan", "scope"])),
            ("ol", HashSet::from(["start"])),
        ]))
        .generic_attributes(HashSet::from(["id"]))
        .allowed_classes(
            ["p", "h2", "h3", "h4", "h5", "td", "th", "li", "figure"]
                .into_iter()
                .map(|element| (element, CLASSES.iter().copied().collect()))
                .collect(),
        )
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "attachment"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .attribute_filter(attribute);
    builder
});

pub(super) fn strictly(html: &str) -> String {
    STRICT.clean(html).to_string()
}

fn attribute<'a>(element: &str, attribute: &str, value: &'a str) -> Option<Cow<'a, str>> {
    let keep = match (element, attribute) {
        ("img", "src") => super::word::image_source(value).is_ok(),
        ("a", "href") => super::word::link_target(value).is_some(),
        (_, "id") => value.starts_with(super::word::ID_PREFIX),
        (_, "colspan" | "rowspan" | "width" | "height" | "start") => value.bytes().all(|b| b.is_ascii_digit()),
        (_, "scope") => matches!(value, "row" | "col"),
        _ => true,
    };
    keep.then_some(Cow::Borrowed(value))
}
