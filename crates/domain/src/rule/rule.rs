//! One rule as its pack states it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Mark, Parameter, RuleLevel};
use crate::{deadline::DeadlineSpec, indicator::IndicatorSpec, problem::FieldProblem};

/// Stable name of a rule, e.g. `site.veto.unreachable`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RuleId(String);

impl RuleId {
    /// Small letters, digits, dots, hyphens and underscores; 3 to 80 of them.
    pub fn parse(text: &str) -> Result<Self, FieldProblem> {
        let fits = (3..=80).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'_'));
        if fits {
            return Ok(Self(text.to_owned()));
        }
        Err(FieldProblem::new("id", format!("规则编号“{text}”只能用小写字母、数字、点和连字符，3至80个。")))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for RuleId {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).map_err(|problem| problem.message)
    }
}

impl From<RuleId> for String {
    fn from(id: RuleId) -> Self {
        id.0
    }
}

impl std::fmt::Display for RuleId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A rule with everything that says where it comes from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rule {
    /// Stable name; several versions of a rule share it, with dates that do not overlap.
    pub id: RuleId,
    /// What people call it.
    pub name: String,
    /// 文号, or the name of a law or standard that has none.
    pub document: String,
    /// Clause within the document.
    pub clause: String,
    /// Words of the document, where they were seen.
    pub excerpt: Option<String>,
    /// Where it was seen, or what must still be checked.
    pub note: Option<String>,
    /// Reliability mark; parameters may have their own.
    pub mark: Mark,
    /// On whose authority.
    pub level: RuleLevel,
    /// The division of a region's or league's own rule (six digits); `None` for national rules.
    pub division: Option<String>,
    /// First day on which it holds.
    pub from: Date,
    /// Last day on which it holds; `None` while it is open.
    pub until: Option<Date>,
    /// The sentence that a finding shows to people, with `{keys}` of parameters and of [`Self::observed`].
    pub finding: String,
    /// Further sentences by name, for rules that are broken in more than one way.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sentences: BTreeMap<String, String>,
    /// Names of what an observation contributes to the sentences.
    pub observed: Vec<String>,
    /// The numbers.
    pub parameters: Vec<Parameter>,
    /// Set when the rule is an inspection indicator.
    pub indicator: Option<IndicatorSpec>,
    /// Set when the rule is a deadline.
    pub deadline: Option<DeadlineSpec>,
    /// Pack it came from.
    pub pack: String,
    /// Version of that pack.
    pub pack_version: String,
    /// Line of its file on which it begins.
    #[serde(skip)]
    pub line: usize,
}

impl Rule {
    /// The parameter with this key.
    pub fn parameter(&self, key: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.key == key)
    }

    /// Whether the rule holds on `date`.
    pub fn holds_on(&self, date: Date) -> bool {
        self.from <= date && self.until.is_none_or(|until| date <= until)
    }

    /// True when the rule or any of its parameters still has to be compared with the original.
    pub fn needs_confirmation(&self) -> bool {
        self.mark.needs_confirmation() || self.parameters.iter().any(|parameter| parameter.mark.needs_confirmation())
    }

    /// `国办秘函〔2019〕19号 第一部分…`: how the rule is cited to people.
    pub fn citation(&self) -> String {
        if self.clause.is_empty() { self.document.clone() } else { format!("{} {}", self.document, self.clause) }
    }
}
