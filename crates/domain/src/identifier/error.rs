//! Why an identifier was refused.

use serde::{Deserialize, Serialize};

/// What is wrong with an identifier, in plain Chinese, and what was probably meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}{}", self.suggestion.as_ref().map(|text| format!("（可能是：{text}）")).unwrap_or_default())]
pub struct IdentifierError {
    /// What is wrong and what to do, in plain Chinese.
    pub message: String,
    /// The corrected text, when the intention is clear. It always parses.
    pub suggestion: Option<String>,
}

impl IdentifierError {
    /// An error without a guess at the intended text.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), suggestion: None }
    }

    /// Adds the text that was probably meant.
    pub fn suggesting(mut self, suggestion: impl Into<String>) -> Self {
        self.suggestion = Some(suggestion.into());
        self
    }
}
