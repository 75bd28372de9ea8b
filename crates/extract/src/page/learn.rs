//! Rules from two or three pages on which a person gave the values of fields.

use super::rules::{Field, SiteRules};

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
    let mut rules = SiteRules::default();
    let mut fields: Vec<Field> = marked.iter().flat_map(|page| page.values.iter().map(|(field, _)| *field)).collect();
    fields.sort_unstable();
    fields.dedup();
    rules.not_learned = fields;
    rules
}
