//! A lexicon pack (词库): words of one kind from one source.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::{
    finding::{Category, Severity},
    lexicon::{compiled::usable, entry::Entry},
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

impl Pack {
    /// Reads a pack from a TOML file and checks it.
    ///
    /// # Errors
    /// All problems at once, in plain Chinese.
    pub fn from_toml(text: &str) -> Result<Self, Vec<String>> {
        let pack: Self =
            toml::from_str(text).map_err(|error| vec![format!("词库文件无法读取：{}", error.message())])?;
        let problems = pack.problems();
        if problems.is_empty() { Ok(pack) } else { Err(problems) }
    }

    /// What is wrong with it; empty when nothing is.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.id.is_empty() || self.id.len() > 60 || !self.id.chars().all(plain) {
            problems.push(format!("词库编号“{}”只能用小写字母、数字和连字符，最长60个字符。", self.id));
        }
        for (value, what) in
            [(&self.name, "名称"), (&self.version, "版本"), (&self.message, "说明"), (&self.source, "来源")]
        {
            if value.trim().is_empty() {
                problems.push(format!("词库“{}”没有填写{what}。", self.id));
            }
        }
        let mut seen = HashSet::new();
        for entry in &self.entries {
            if let Err(reason) = usable(&entry.word) {
                problems.push(reason);
            } else if !seen.insert(entry.key()) {
                problems.push(format!("“{}”重复。", entry.word));
            }
            if entry.valid_from.zip(entry.valid_until).is_some_and(|(from, until)| until < from) {
                problems.push(format!("“{}”的失效日期早于生效日期。", entry.word));
            }
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_problems_of_a_file_are_told_at_once() {
        let text = "id = \"Aé\"\nname = \"\"\nversion = \"1\"\ncategory = \"wording\"\nseverity = \"warn\"\n\
                    message = \"m\"\nsource = \"s\"\n[[entry]]\nword = \"甲词\"\n[[entry]]\nword = \"甲 词\"\n\
                    [[entry]]\nword = \"*\"\n[[entry]]\nword = \"乙词\"\nvalid_from = \"2026-02-01\"\nvalid_until = \"2026-01-01\"\n";
        assert_eq!(Pack::from_toml(text).unwrap_err().len(), 5);
        assert!(Pack::from_toml("id = 1").unwrap_err()[0].contains("无法读取"));
    }
}
