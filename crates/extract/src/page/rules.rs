//! Rules of one site: CSS selectors per field, made by a person or learned from pages a person marked. They override
//! everything else.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::selector::Selector;

/// A field that a rule can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Title,
    Published,
    Source,
    Author,
    DocumentNumber,
    IndexNumber,
    Organ,
    WrittenOn,
    Validity,
    Body,
    Breadcrumb,
    Column,
    Summary,
    /// The element around the items of a list.
    List,
    /// The link to the next page of a list or article.
    NextPage,
}

/// Where the value of a field stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldRule {
    /// Tried in order; the first that finds a value wins.
    pub selectors: Vec<String>,
    /// Read this attribute instead of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribute: Option<String>,
    /// Take what stands behind this text (`来源：`), up to `before`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
}

/// The rules of a site or of a part of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteRules {
    #[serde(default)]
    pub fields: BTreeMap<Field, FieldRule>,
    /// Elements left out of the body.
    #[serde(default)]
    pub remove: Vec<String>,
    /// Fields a person marked for which [`super::learn`] found no selector that is right on all pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_learned: Vec<Field>,
}

impl SiteRules {
    /// The selectors that cannot be understood; empty when all can.
    pub fn misunderstood(&self) -> Vec<String> {
        let all = self.fields.values().flat_map(|rule| &rule.selectors).chain(&self.remove);
        all.filter(|selector| Selector::parse(selector).is_none()).cloned().collect()
    }
}
