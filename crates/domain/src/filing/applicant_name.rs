//! An applicant from its name alone: which division, which level, what kind of unit.
//!
//! The division is the longest name, short name or alias that the text begins with, then the longest within that, and
//! so on (内蒙古自治区 → 赤峰市 → 松山区); what remains tells the kind. Nothing is guessed: a name that could mean two
//! things is refused with what to write instead.

mod organ;
mod place;

use serde::Serialize;

use super::Applicant;
use crate::{division::register::RegisteredDivision, identifier::normalise::compact};

/// Why a name was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{message}")]
pub struct NameProblem {
    /// Plain Chinese: what is wrong and what to write.
    pub message: String,
    /// Names that may have been meant.
    pub suggestions: Vec<String>,
}

impl NameProblem {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), suggestions: Vec::new() }
    }

    fn suggesting(mut self, names: impl IntoIterator<Item = String>) -> Self {
        self.suggestions = names.into_iter().collect();
        if !self.suggestions.is_empty() {
            self.message = format!("{}例如：{}。", self.message, self.suggestions.join("、"));
        }
        self
    }
}

/// Longest name that is read, in characters.
const LONGEST: usize = 120;

impl Applicant {
    /// Reads the full or usual name of a unit, e.g. 达茂旗教育局, 兴安盟行政公署办公室.
    ///
    /// # Errors
    /// A [`NameProblem`] when the division or the kind of unit is unknown or ambiguous, or when the unit is none of the
    /// government's.
    pub fn from_name(name: &str, divisions: &[RegisteredDivision]) -> Result<Self, NameProblem> {
        let whole = compact(name);
        if whole.is_empty() {
            return Err(NameProblem::new("没有写单位名称。请写全称，例如“赤峰市教育局”。"));
        }
        if whole.chars().count() > LONGEST {
            return Err(NameProblem::new(format!("单位名称太长，最多{LONGEST}个字，请核对。")));
        }
        organ::refuse_outsiders(&whole)?;
        let (text, party) = strip_party(&whole);
        let (registered, rest) = place::recognise(text, divisions)?;
        let kind = organ::classify(strip_brackets(rest), registered, party)?;
        Ok(Self { name: whole, division: registered.code.clone(), kind })
    }
}

fn strip_party(text: &str) -> (&str, bool) {
    for prefix in ["中国共产党", "中共"] {
        if let Some(rest) = text.strip_prefix(prefix) {
            return (rest, true);
        }
    }
    (text, false)
}

/// A second name in brackets at the end, e.g. 教育局(语委办), does not count.
fn strip_brackets(text: &str) -> &str {
    text.strip_suffix(')').and_then(|inside| inside.rfind('(')).map_or(text, |open| &text[..open])
}

#[cfg(test)]
mod tests;
