//! What is wrong with something a person typed: which field, why, and what to do.

use serde::{Deserialize, Serialize};

/// One problem of one field, shown beside that field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// Name of the form or API field.
    pub field: String,
    /// Plain Chinese: what is wrong and what to do.
    pub message: String,
}

impl FieldProblem {
    /// Shorthand.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}
