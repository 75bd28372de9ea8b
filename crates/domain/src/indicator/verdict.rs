//! What an evaluator says: clear, found, not enough observations, or for a person.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Points;
use crate::{ids::PersonId, rule::RuleInForce};

/// One thing found, as an office reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What was seen, when, against which threshold.
    pub sentence: String,
    /// The same as data: names of the rule's `observed` and their values.
    pub facts: BTreeMap<String, String>,
    /// Points that it takes (deductions) or gives (bonuses), before the indicator's cap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Points>,
    /// Who decided that it is so; `None` for what a machine measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<PersonId>,
}

impl Finding {
    /// Fills the rule's sentence `name` (the finding's own where there is none of that name).
    pub fn new(rule: &RuleInForce<'_>, name: &str, facts: &[(&str, String)]) -> Self {
        Self {
            sentence: rule.sentence(name, facts),
            facts: facts.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect(),
            points: None,
            decided_by: None,
        }
    }

    /// As a person decided.
    #[must_use]
    pub fn decided_by(mut self, person: PersonId) -> Self {
        self.decided_by = Some(person);
        self
    }

    /// With the points it takes or gives.
    #[must_use]
    pub fn worth(mut self, points: Points) -> Self {
        self.points = Some(points);
        self
    }
}

/// What an evaluator says about one indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "verdict")]
pub enum Verdict {
    /// 未发现问题
    Clear {
        /// What was looked at.
        explanation: String,
    },
    /// 发现问题 (for bonuses: 可以加分)
    Found {
        /// Each of them.
        findings: Vec<Finding>,
    },
    /// 监测不充分: neither clear nor found, and never taken for either.
    NotEnough {
        /// What is lacking and what to do.
        lacking: Vec<String>,
        /// What has been found nevertheless.
        #[serde(default)]
        seen: Vec<Finding>,
    },
    /// 待人工判定
    ForPerson {
        /// Why a machine must not decide.
        why: String,
        /// What the machine noticed.
        #[serde(default)]
        hits: Vec<Finding>,
    },
}

impl Verdict {
    /// Shorthand.
    pub fn clear(explanation: impl Into<String>) -> Self {
        Self::Clear { explanation: explanation.into() }
    }

    /// Shorthand.
    pub fn not_enough(lacking: impl Into<String>) -> Self {
        Self::NotEnough { lacking: vec![lacking.into()], seen: Vec::new() }
    }

    /// Found where there are findings; else not enough where something is lacking; else clear.
    pub fn from_parts(findings: Vec<Finding>, lacking: Vec<String>, explanation: impl Into<String>) -> Self {
        if !findings.is_empty() {
            Self::Found { findings }
        } else if !lacking.is_empty() {
            Self::NotEnough { lacking, seen: Vec::new() }
        } else {
            Self::clear(explanation)
        }
    }

    /// Where a person decides, what a machine alone found stays with the person: 机器发现，人工认定.
    #[must_use]
    pub fn left_to_person(self, indicator: &str) -> Self {
        match self {
            Self::Found { findings } if findings.iter().any(|finding| finding.decided_by.is_none()) => {
                let why = format!("“{indicator}”由人工认定，机器发现的问题须经核实。");
                Self::ForPerson { why, hits: findings }
            }
            other => other,
        }
    }

    /// Whether something was found for certain.
    pub fn is_found(&self) -> bool {
        matches!(self, Self::Found { .. })
    }

    /// The words shown to people.
    pub fn chinese(&self) -> &'static str {
        match self {
            Self::Clear { .. } => "未发现问题",
            Self::Found { .. } => "发现问题",
            Self::NotEnough { .. } => "监测不充分",
            Self::ForPerson { .. } => "待人工判定",
        }
    }
}

/// What a person decided, with name, time and reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonVerdict {
    /// Who.
    pub person: PersonId,
    /// When.
    pub at: Timestamp,
    /// Whether the indicator is broken (for bonuses: whether points are given).
    pub found: bool,
    /// Why; shown to the office. Without a reason the decision does not count.
    pub reason: String,
}

impl PersonVerdict {
    /// A decision counts when it says why.
    pub fn counts(&self) -> bool {
        !self.reason.trim().is_empty()
    }
}
