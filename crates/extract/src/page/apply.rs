//! Rules of a site applied to a page.

use super::date;
use super::entity;
use super::number;
use super::output::{Found, Page};
use super::rules::{Field, FieldRule, SiteRules};
use super::selector::Selector;
use super::tree::NodeId;
use super::view::{View, push_collapsed};

/// The text a rule finds, with the selector that found it.
pub(super) fn value<'r>(view: &View<'_, '_>, rule: &'r FieldRule) -> Option<(String, &'r str)> {
    for selector in &rule.selectors {
        let Some(parsed) = Selector::parse(selector) else { continue };
        for node in parsed.all(view.tree) {
            let whole = match &rule.attribute {
                Some(name) => {
                    let mut text = String::new();
                    push_collapsed(view.tree.raw_attribute(node, name).unwrap_or(""), &mut text, 0);
                    text
                }
                None => view.inline_text(node),
            };
            let mut text = whole.as_str();
            if let Some(after) = &rule.after {
                let Some((_, rest)) = text.split_once(after.as_str()) else { continue };
                text = rest;
            }
            if let Some(before) = &rule.before
                && let Some((rest, _)) = text.split_once(before.as_str())
            {
                text = rest;
            }
            let text = text.trim().trim_start_matches(['：', ':']).trim();
            if !text.is_empty() {
                return Some((text.to_owned(), selector));
            }
        }
    }
    None
}

/// The elements a field's rule finds: the first of them, or for a body all that the first matching selector gives.
pub(super) fn elements<'r>(view: &View<'_, '_>, rule: &'r FieldRule) -> Option<(Vec<NodeId>, &'r str)> {
    rule.selectors.iter().find_map(|selector| {
        let mut nodes: Vec<NodeId> = Vec::new();
        for node in Selector::parse(selector)?.all(view.tree) {
            if nodes.last().is_none_or(|last| !view.tree.contains(*last, node)) {
                nodes.push(node);
            }
        }
        (!nodes.is_empty()).then_some((nodes, selector.as_str()))
    })
}

pub(super) fn removed(view: &View<'_, '_>, rules: &SiteRules) -> Vec<NodeId> {
    rules
        .remove
        .iter()
        .filter_map(|selector| Selector::parse(selector))
        .flat_map(|selector| selector.all(view.tree))
        .collect()
}

/// Overrides the single-valued fields.
pub(super) fn fields(view: &View<'_, '_>, rules: &SiteRules, page: &mut Page) {
    for (field, rule) in &rules.fields {
        let Some((text, selector)) = value(view, rule) else { continue };
        let plain = |text: &str| Some(Found::rule(text.to_owned(), selector));
        match field {
            Field::Title => page.title = plain(&text),
            Field::Source => page.source = plain(&text),
            Field::Author => page.author = plain(&text),
            Field::Organ => page.organ = plain(&text),
            Field::Validity => page.validity = plain(&text),
            Field::Column => page.column = plain(&text),
            Field::Summary => page.summary = plain(&text),
            Field::IndexNumber => page.index_number = plain(&number::index_number(&text).unwrap_or(text)),
            Field::DocumentNumber => page.document_number = plain(&number::document_number(&text).unwrap_or(text)),
            Field::Published => {
                if let Some(moment) = date::parse(&text) {
                    page.published = Some(Found::rule(moment, selector));
                }
            }
            Field::WrittenOn => {
                if let Some(moment) = date::parse(&text) {
                    page.written_on = Some(Found::rule(moment.date, selector));
                }
            }
            Field::Body | Field::Breadcrumb | Field::List | Field::NextPage => {}
        }
    }
}

/// The address of the link a rule names.
pub(super) fn link(view: &View<'_, '_>, rule: &FieldRule) -> Option<String> {
    let (nodes, _) = elements(view, rule)?;
    let raw = view.tree.raw_attribute(*nodes.first()?, "href")?;
    view.base.resolve(&entity::decoded(raw))
}
