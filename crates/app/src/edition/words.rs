//! The very words that a finding is about, as a digest: what exceptions, releases and appeals are bound to.
//!
//! Excerpts will not do: they carry context, are clipped, and two ID numbers may look alike once they are masked.

use std::collections::{HashMap, HashSet};

use domain::edition::Edition;
use screen::{CharRange, Field, Finding, plain_text};

use crate::files;

/// The texts of an edition, taken apart once for all findings.
pub(crate) struct FindingWords {
    fields: Vec<(Field, Vec<char>)>,
}

impl FindingWords {
    /// The texts of an edition.
    pub(crate) fn of(edition: &Edition) -> Self {
        let elements = &edition.elements;
        let optional = [
            (Field::Subtitle, &elements.subtitle),
            (Field::Summary, &elements.summary),
            (Field::Source, &elements.source),
            (Field::OriginalUrl, &elements.original_url),
            (Field::DocumentNumber, &elements.document_number),
            (Field::Issuer, &elements.issuer),
        ];
        let mut fields = vec![
            (Field::Title, edition.title.chars().collect()),
            (Field::Body, plain_text(&edition.body).text.chars().collect()),
        ];
        fields.extend(optional.into_iter().filter_map(|(field, text)| Some((field, text.as_ref()?.chars().collect()))));
        Self { fields }
    }

    /// Digest of rule and words. Where the words cannot be read here (attachments, hidden source), the masked excerpt
    /// stands for them.
    pub(crate) fn key(&self, finding: &Finding) -> String {
        let words = finding.range.and_then(|range| self.slice(finding.field, range));
        key_of(&finding.rule_id, &words.unwrap_or_else(|| finding.excerpt.clone()))
    }

    /// True when the words themselves are known, not only their masked form.
    pub(crate) fn exact(&self, finding: &Finding) -> bool {
        finding.range.is_some_and(|range| self.slice(finding.field, range).is_some())
    }

    /// How often words of one rule and length stand in a field, by key, for the wanted keys; `None` when the field
    /// cannot be read here. One pass, however many keys are asked about.
    pub(crate) fn occurrences(
        &self,
        field: Field,
        rule: &str,
        length: usize,
        wanted: &HashSet<&str>,
    ) -> Option<HashMap<String, usize>> {
        let text = self.text(field)?;
        let mut counts = HashMap::new();
        if length > 0 {
            let keys = text.windows(length).map(|window| key_of(rule, &window.iter().collect::<String>()));
            for key in keys.filter(|key| wanted.contains(key.as_str())) {
                *counts.entry(key).or_insert(0) += 1;
            }
        }
        Some(counts)
    }

    fn slice(&self, field: Field, range: CharRange) -> Option<String> {
        Some(self.text(field)?.get(range.start..range.end)?.iter().collect())
    }

    fn text(&self, field: Field) -> Option<&[char]> {
        self.fields.iter().find(|(known, _)| *known == field).map(|(_, text)| text.as_slice())
    }
}

fn key_of(rule: &str, words: &str) -> String {
    files::hash_of(format!("{rule}\u{0}{words}").as_bytes())
}
