//! The result of one screening.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Severity};

/// All findings, grave ones first, then by field and place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What was found.
    pub findings: Vec<Finding>,
    /// Version of the engine that looked.
    pub engine_version: String,
    /// When, as given by the subject.
    pub checked_at: Timestamp,
}

impl Report {
    /// Findings of one gravity.
    pub fn with_severity(&self, severity: Severity) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.severity == severity)
    }

    /// How many findings of one gravity there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.with_severity(severity).count()
    }

    /// Whether anything must be corrected or overruled before the edition goes on.
    pub fn blocks(&self) -> bool {
        self.count(Severity::Block) > 0
    }
}
