//! The element table of an edition, to be read.

use app::{
    AppResult,
    edition::{FURTHER_ELEMENTS, element_text},
};
use domain::{
    edition::Edition,
    element::{ELEMENT_RULES, Need, need},
    resource::ResourceKind,
};
use serde::Serialize;

use crate::console::page::Page;

/// One row, as the `facts` macro shows it.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// Label.
    pub label: String,
    /// Value in words.
    pub value: String,
    /// Required and empty.
    pub missing: bool,
    /// Takes the whole width.
    pub wide: bool,
    /// Address, for things with a page.
    pub path: String,
}

/// The element table: what a type needs, and what else is filled.
pub async fn facts(page: &Page, kind: ResourceKind, edition: &Edition) -> AppResult<Vec<Fact>> {
    let mut facts = Vec::new();
    for rule in ELEMENT_RULES.iter().filter(|rule| !matches!(rule.field, "title" | "body" | "interprets")) {
        let value = element_text(rule.field, &edition.elements);
        let wanted = need(kind, rule.field);
        if wanted == Need::Required || value.is_some() {
            facts.push(fact(rule.label, rule.field, value, wanted == Need::Required));
        }
    }
    for (field, label) in FURTHER_ELEMENTS {
        if let Some(value) = element_text(field, &edition.elements) {
            facts.push(fact(label, field, Some(value), false));
        }
    }
    for policy in app::library::titles(page.app(), &page.actor, &edition.elements.interprets).await? {
        let path = format!("/console/editions/{}", policy.edition);
        facts.push(Fact { path, ..fact("解读文件", "interprets", Some(policy.title), false) });
    }
    Ok(facts)
}

fn fact(label: &str, field: &str, value: Option<String>, required: bool) -> Fact {
    let wide = matches!(field, "subtitle" | "summary" | "original_url" | "interprets" | "open_basis");
    let missing = required && value.is_none();
    Fact { label: label.to_owned(), value: value.unwrap_or_default(), missing, wide, path: String::new() }
}
