//! Rules from two or three pages on which a person gave the values of fields.
//!
//! On the first page every element that holds the value is described by selectors, plainest first: an `id`, classes,
//! an element inside a named one, a path of positions. The first selector that gives the right value on *all* pages
//! where the field is marked is the rule. What stands before the value in the element (`来源：`) and after it is cut off
//! when it is the same everywhere.

use std::collections::HashSet;

use super::address::Base;
use super::apply;
use super::date;
use super::encoding;
use super::number;
use super::parse;
use super::rules::{Field, FieldRule, SiteRules};
use super::selector::Selector;
use super::tag::Tag;
use super::tree::{NodeId, Tree};
use super::view::View;

/// A page with what a person says stands on it.
#[derive(Debug, Clone, Copy)]
pub struct Marked<'a> {
    pub bytes: &'a [u8],
    pub address: Option<&'a str>,
    /// Values as they are shown. For [`Field::Body`]: the whole text, or its beginning and its end parted by `…`.
    pub values: &'a [(Field, &'a str)],
}

/// Selectors that give the marked value on every page where the field is marked. Fields for which there are none are
/// in [`SiteRules::not_learned`].
pub fn learn(marked: &[Marked<'_>]) -> SiteRules {
    let texts: Vec<_> = marked.iter().map(|page| encoding::decode(page.bytes, None).text).collect();
    let trees: Vec<Tree<'_>> = texts.iter().map(|text| parse::parse(text)).collect();
    let views: Vec<View<'_, '_>> =
        trees.iter().zip(marked).map(|(tree, page)| View::new(tree, Base::of(page.address, None))).collect();
    let mut fields: Vec<Field> = marked.iter().flat_map(|page| page.values.iter().map(|(field, _)| *field)).collect();
    fields.sort_unstable();
    fields.dedup();
    let mut rules = SiteRules::default();
    for field in fields {
        let cases: Vec<Example<'_, '_, '_>> = views
            .iter()
            .zip(marked)
            .filter_map(|(view, page)| {
                let (_, value) = page.values.iter().find(|(known, _)| *known == field)?;
                Some(Example { view, value })
            })
            .collect();
        match learned(field, &cases) {
            Some(rule) => {
                rules.fields.insert(field, rule);
            }
            None => rules.not_learned.push(field),
        }
    }
    rules
}

/// One page on which the field is marked.
struct Example<'v, 't, 's> {
    view: &'v View<'t, 's>,
    value: &'v str,
}

fn learned(field: Field, cases: &[Example<'_, '_, '_>]) -> Option<FieldRule> {
    let first = cases.first()?;
    let mut tried: HashSet<String> = HashSet::new();
    for (node, attribute) in holders(field, first) {
        for selector in descriptions(first.view.tree, node) {
            if !tried.insert(format!("{selector}{attribute:?}")) {
                continue;
            }
            let plain =
                FieldRule { selectors: vec![selector], attribute: attribute.clone(), after: None, before: None };
            let cut = with_cuts(field, &plain, cases);
            if let Some(rule) = [Some(plain), cut].into_iter().flatten().find(|rule| right(field, rule, cases)) {
                return Some(rule);
            }
        }
    }
    None
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Does the element's text give the value?
fn gives(field: Field, text: &str, value: &str) -> bool {
    match field {
        Field::Published | Field::WrittenOn => match (date::parse(text), date::parse(value)) {
            (Some(found), Some(wanted)) => {
                found.date == wanted.date && (wanted.time.is_none() || found.time == wanted.time)
            }
            _ => false,
        },
        Field::DocumentNumber => {
            let wanted = number::document_number(value);
            wanted.is_some() && number::document_number(text) == wanted || squeezed(text) == squeezed(value)
        }
        Field::Body => {
            let (text, value) = (squeezed(text), squeezed(value));
            match value.split_once('…').or_else(|| value.split_once("...")) {
                Some((start, end)) => {
                    let Some(at) = text.find(start) else { return false };
                    let Some(last) = text.rfind(end) else { return false };
                    // The tightest element begins and ends with what was marked, or nearly.
                    at <= 60 && text.len() - (last + end.len()).min(text.len()) <= 120
                }
                None => text == value || text.contains(&value) && text.len() <= value.len() + value.len() / 10 + 60,
            }
        }
        _ => squeezed(text) == squeezed(value),
    }
}

/// Elements that hold the value, tightest first; then those that hold it among other text; then tags of the head.
fn holders(field: Field, case: &Example<'_, '_, '_>) -> Vec<(NodeId, Option<String>)> {
    let tree = case.view.tree;
    let limit = if field == Field::Body { usize::MAX } else { case.value.len() * 3 + 400 };
    let wanted = squeezed(case.value);
    let (mut exact, mut partly, mut metas) = (Vec::new(), Vec::new(), Vec::new());
    for node in 1..tree.len() {
        let tag = tree.tag(node);
        if tag == Tag::Text || matches!(tag, Tag::Html | Tag::Body) {
            continue;
        }
        if tag == Tag::Meta {
            if tree.attribute(node, "content").is_some_and(|content| gives(field, &content, case.value)) {
                metas.push((node, Some("content".to_owned())));
            }
            continue;
        }
        if tree.end(node) == node + 1 || tag.is_mute() {
            continue;
        }
        let size: usize = (node..tree.end(node)).map(|inner| tree.raw_text(inner).len()).take(4000).sum();
        if size > limit.saturating_mul(4) || size == 0 {
            continue;
        }
        let text = case.view.inline_text(node);
        if gives(field, &text, case.value) {
            exact.push((node, None));
        } else if field != Field::Body && text.len() < limit && squeezed(&text).contains(&wanted) {
            partly.push((node, None));
        }
    }
    exact.reverse();
    partly.reverse();
    exact.into_iter().chain(partly).chain(metas).take(40).collect()
}

/// Selectors for an element, plainest first.
fn descriptions(tree: &Tree<'_>, node: NodeId) -> Vec<String> {
    let mut found = Vec::new();
    if tree.tag(node) == Tag::Meta {
        for name in ["name", "property", "itemprop"] {
            if let Some(value) = tree.raw_attribute(node, name).filter(|value| !value.contains('"')) {
                found.push(format!("meta[{name}=\"{value}\"]"));
            }
        }
        return found;
    }
    let own = names(tree, node);
    let around: Vec<NodeId> = tree.ancestors(node).take(6).collect();
    found.extend(own.iter().cloned());
    for outer in around.iter().flat_map(|outer| names(tree, *outer)).take(8) {
        for inner in own.iter().map(String::as_str).chain([tree.name(node)]).filter(|inner| !inner.is_empty()) {
            found.push(format!("{outer} {inner}"));
        }
        found.push(format!("{outer} {}", place(tree, node)));
    }
    // By position: below an element with a name, then below its neighbours' kind, then from the top of the page.
    let mut path = place(tree, node);
    let mut whole = Vec::new();
    for outer in tree.ancestors(node).take(24) {
        if tree.tag(outer) == Tag::Body {
            whole.push(format!("body > {path}"));
            break;
        }
        for name in names(tree, outer) {
            found.push(format!("{name} > {path}"));
        }
        path = format!("{} > {path}", place(tree, outer));
    }
    found.extend(whole);
    found.retain(|selector| Selector::parse(selector).is_some());
    found
}

/// `#id` and classes, those without digits first: numbers in names change from page to page.
fn names(tree: &Tree<'_>, node: NodeId) -> Vec<String> {
    let right = |name: &&str| {
        !name.is_empty()
            && name.len() <= 60
            && name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
            && !name.starts_with(|c: char| c.is_ascii_digit())
    };
    let mut found: Vec<String> = Vec::new();
    if let Some(id) = tree.raw_attribute(node, "id").map(str::trim).filter(right) {
        found.push(format!("#{id}"));
    }
    if let Some(classes) = tree.raw_attribute(node, "class") {
        let classes: Vec<&str> = classes.split_ascii_whitespace().filter(right).take(6).collect();
        found.extend(classes.iter().map(|class| format!(".{class}")));
        if classes.len() > 1 {
            found.push(classes.iter().map(|class| format!(".{class}")).collect());
        }
    }
    if tree.tag(node) == Tag::H1 {
        found.push("h1".to_owned());
    }
    found.sort_by_key(|name| name.bytes().filter(u8::is_ascii_digit).count());
    found
}

fn place(tree: &Tree<'_>, node: NodeId) -> String {
    let tag = tree.tag(node);
    let number = tree
        .children(tree.parent(node))
        .take_while(|sibling| *sibling <= node)
        .filter(|sibling| tree.tag(*sibling) == tag)
        .count();
    if tag == Tag::Other { "*".to_owned() } else { format!("{}:nth-of-type({number})", tree.name(node)) }
}

/// The same rule with what always stands before the value, and what always stands after it, cut off.
fn with_cuts(field: Field, rule: &FieldRule, cases: &[Example<'_, '_, '_>]) -> Option<FieldRule> {
    if field == Field::Body {
        return None;
    }
    let mut befores: Vec<String> = Vec::new();
    let mut afters: Vec<String> = Vec::new();
    for case in cases {
        let (text, _) = apply::value(case.view, rule)?;
        let at = text.find(case.value.trim())?;
        befores.push(text[..at].to_owned());
        afters.push(text[at + case.value.trim().len()..].to_owned());
    }
    let label = common(&befores, true);
    let end = common(&afters, false);
    let after = label.trim().to_owned();
    // Without a label before it, the value can only be found by where it ends.
    let before = end.trim_start();
    let before: String = before.split_inclusive(['：', ':']).next().unwrap_or("").trim_end().to_owned();
    Some(FieldRule {
        after: (!after.is_empty()).then_some(after),
        before: (!before.is_empty()).then_some(before),
        ..rule.clone()
    })
}

/// What all texts end with (or begin with), in whole characters.
fn common(texts: &[String], at_end: bool) -> String {
    let Some((first, rest)) = texts.split_first() else { return String::new() };
    let mut shared: Vec<char> = if at_end { first.chars().rev().collect() } else { first.chars().collect() };
    for text in rest {
        let characters: Vec<char> = if at_end { text.chars().rev().collect() } else { text.chars().collect() };
        let length = shared.iter().zip(&characters).take_while(|(a, b)| a == b).count();
        shared.truncate(length);
    }
    if at_end {
        shared.reverse();
    }
    shared.truncate(40);
    shared.into_iter().collect()
}

/// The rule gives the marked value on every page.
fn right(field: Field, rule: &FieldRule, cases: &[Example<'_, '_, '_>]) -> bool {
    cases.iter().all(|case| {
        if field == Field::Body {
            return apply::elements(case.view, rule).is_some_and(|(nodes, _)| {
                nodes.len() == 1 && gives(field, &case.view.inline_text(nodes[0]), case.value)
            });
        }
        apply::value(case.view, rule).is_some_and(|(text, _)| gives(field, &text, case.value))
    })
}
