//! Why nothing at all could be read, or masked: one plain sentence with what to do.

/// A sentence for the person who uploaded the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtractError(String);

impl ExtractError {
    pub(super) fn new(sentence: impl Into<String>) -> ExtractError {
        ExtractError(sentence.into())
    }

    /// The sentence: what is wrong and what to do.
    pub fn sentence(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for ExtractError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for ExtractError {}
