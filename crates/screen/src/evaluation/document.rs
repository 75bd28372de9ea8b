//! What the engine says about documents without known errors.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::finding::{Finding, Severity};

/// Findings in documents, by severity and by rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Documents {
    /// How many documents.
    pub documents: usize,
    /// How many characters, white space not counted.
    pub characters: usize,
    /// Findings of each severity (`block`, `warn`, `hint`).
    pub by_severity: BTreeMap<&'static str, usize>,
    /// Findings of each rule, by severity.
    pub by_rule: BTreeMap<String, BTreeMap<&'static str, usize>>,
}

impl Documents {
    /// Adds a document.
    pub fn add(&mut self, body: &str, findings: &[Finding]) {
        self.documents += 1;
        self.characters += body.chars().filter(|character| !character.is_whitespace()).count();
        for finding in findings {
            let severity = finding.severity.as_str();
            *self.by_severity.entry(severity).or_default() += 1;
            *self.by_rule.entry(finding.rule_id.clone()).or_default().entry(severity).or_default() += 1;
        }
    }

    /// Findings of a severity per 10,000 characters.
    pub fn rate(&self, severity: Severity) -> f64 {
        self.per_ten_thousand(self.by_severity.get(severity.as_str()).copied().unwrap_or(0))
    }

    /// So many findings, per 10,000 characters.
    pub fn per_ten_thousand(&self, findings: usize) -> f64 {
        findings as f64 * 10_000.0 / self.characters.max(1) as f64
    }
}
