//! `<meta>` tags, `<title>`, links of the head and data islands. Names are compared without regard to case; an empty
//! value counts as absent, and of several values the last one that says something wins, because templates put the
//! site's general ones first and the page's own ones after them.

use super::entity;
use super::tag::Tag;
use super::tree::Tree;
use super::view::push_collapsed;

#[derive(Default)]
pub(super) struct Head {
    entries: Vec<(String, String)>,
    /// `<title>`.
    pub(super) title: String,
    pub(super) canonical: Option<String>,
    pub(super) refresh: Option<String>,
    pub(super) base: Option<String>,
    /// `lang` of the page.
    pub(super) language: Option<String>,
    /// Fields of articles in `application/ld+json`.
    pub(super) island: Vec<(String, String)>,
}

impl Head {
    pub(super) fn read(tree: &Tree<'_>) -> Head {
        let mut head = Head::default();
        let mut inside_svg = 0;
        for node in 0..tree.len() {
            match tree.tag(node) {
                Tag::Svg => inside_svg = inside_svg.max(tree.end(node)),
                Tag::Meta => head.meta(tree, node),
                Tag::Title if head.title.is_empty() && node >= inside_svg => {
                    for inner in node + 1..tree.end(node) {
                        push_collapsed(tree.raw_text(inner), &mut head.title, 0);
                    }
                    head.title.truncate(head.title.trim_end().len());
                }
                Tag::Link => {
                    let canonical =
                        tree.raw_attribute(node, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
                    if canonical && head.canonical.is_none() {
                        head.canonical = tree.attribute(node, "href").map(|address| address.into_owned());
                    }
                }
                Tag::Base if head.base.is_none() => {
                    head.base = tree.attribute(node, "href").map(|address| address.into_owned());
                }
                Tag::Html if head.language.is_none() => {
                    head.language = tree.raw_attribute(node, "lang").map(str::to_ascii_lowercase);
                }
                Tag::Script => {
                    let island = tree.raw_attribute(node, "type").is_some_and(|kind| kind.contains("ld+json"));
                    if island {
                        for inner in node + 1..tree.end(node) {
                            read_island(tree.raw_text(inner), &mut head.island);
                        }
                    }
                }
                _ => {}
            }
        }
        head
    }

    fn meta(&mut self, tree: &Tree<'_>, node: usize) {
        let Some(content) = tree.raw_attribute(node, "content") else { return };
        let equivalent = tree.raw_attribute(node, "http-equiv");
        if equivalent.is_some_and(|value| value.eq_ignore_ascii_case("refresh")) {
            self.refresh = refresh_address(&entity::decoded(content)).or(self.refresh.take());
            return;
        }
        let name = tree
            .raw_attribute(node, "name")
            .or_else(|| tree.raw_attribute(node, "property"))
            .or_else(|| tree.raw_attribute(node, "itemprop"));
        let Some(name) = name else { return };
        let mut value = String::new();
        push_collapsed(content, &mut value, 0);
        value.truncate(value.trim_end().len());
        if !value.is_empty() && value.len() < 16_384 {
            self.entries.push((name.trim().to_ascii_lowercase(), value));
        }
    }

    /// The value of the first of `names` (lower case) that the page has.
    pub(super) fn get(&self, names: &[&'static str]) -> Option<(&'static str, &str)> {
        names.iter().find_map(|name| {
            let found = self.entries.iter().rev().find(|(known, _)| known == name);
            found.map(|(_, value)| (*name, value.as_str()))
        })
    }

    pub(super) fn island(&self, name: &str) -> Option<&str> {
        self.island.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The address in `5; url='…'`.
fn refresh_address(content: &str) -> Option<String> {
    let lower = content.to_ascii_lowercase();
    let at = lower.find("url")?;
    let value = content[at + 3..].trim_start().strip_prefix('=')?.trim();
    let value = value.trim_matches(['"', '\'']).trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// Strings of the keys we know, wherever they stand: islands are too often broken for a strict reader.
fn read_island(text: &str, to: &mut Vec<(String, String)>) {
    const KEYS: &[&str] = &["headline", "datePublished", "pubDate", "dateModified", "upDate"];
    for key in KEYS {
        let quoted = format!("\"{key}\"");
        let Some(at) = text.find(&quoted) else { continue };
        let rest = text[at + quoted.len()..].trim_start();
        let Some(rest) = rest.strip_prefix(':').map(str::trim_start).and_then(|rest| rest.strip_prefix('"')) else {
            continue;
        };
        if let Some(end) = rest.find('"') {
            to.push(((*key).to_owned(), rest[..end].to_owned()));
        }
    }
}
