//! A lexicon pack (词库): words of one kind from one source.

use serde::{Deserialize, Serialize};

use crate::{
    finding::{Category, Severity},
    lexicon::entry::Entry,
};

/// A pack as it stands in a file or in the database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Stable id of lower-case letters, digits and hyphens; part of the rule id of every hit.
    pub id: String,
    /// Name shown to people.
    pub name: String,
    /// Version, e.g. `2026.11.1`; part of every finding.
    pub version: String,
    /// Kind of fault its words are.
    pub category: Category,
    /// Gravity of words that state none.
    pub severity: Severity,
    /// What is said of a word that brings no sentence of its own. `{word}` stands for the word found.
    pub message: String,
    /// Where the words come from (文号, clause, standard, or whose list it is).
    pub source: String,
    /// Words inside which nothing of any pack of the same or a lower level is reported.
    #[serde(default)]
    pub allow: Vec<String>,
    /// The words.
    #[serde(default, rename = "entry")]
    pub entries: Vec<Entry>,
}
