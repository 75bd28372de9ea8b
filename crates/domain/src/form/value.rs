//! What a person filled in.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use super::Key;
use crate::rule::Quantity;

/// One filled field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FormValue {
    /// 是 or 否
    Flag(bool),
    /// A number.
    Number(Quantity),
    /// Text, or the one choice.
    Text(String),
    /// Several choices.
    Choices(Vec<String>),
}

/// The filled fields of one form. A field that is not there was not filled.
pub type FormValues = BTreeMap<Key, FormValue>;

impl FormValue {
    /// The number inside.
    pub fn number(&self) -> Option<Quantity> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }
}

impl fmt::Display for FormValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => f.write_str(if *flag { "是" } else { "否" }),
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
            Self::Choices(choices) => f.write_str(&choices.join("、")),
        }
    }
}
