//! What a parameter holds.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Quantity;

/// A number, a yes or no, or a list of words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// 是 or 否
    Flag(bool),
    /// A decimal number.
    Number(Quantity),
    /// Words, e.g. kinds of columns. Lists are never overridden.
    List(Vec<String>),
}

impl Value {
    /// The number inside.
    pub fn number(&self) -> Option<Quantity> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The yes or no inside.
    pub fn flag(&self) -> Option<bool> {
        match self {
            Self::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    /// The words inside.
    pub fn list(&self) -> Option<&[String]> {
        match self {
            Self::List(words) => Some(words),
            _ => None,
        }
    }

    /// Reads what a person typed, in the shape of `self`: a number, or 是/否.
    pub fn read_like(&self, typed: &str) -> Result<Self, String> {
        let typed: String = typed.trim().chars().map(crate::identifier::normalise::half_width).collect();
        match self {
            Self::Number(_) => Quantity::parse(&typed)
                .map(Self::Number)
                .ok_or_else(|| "请填写数字，小数不超过四位，例如 10 或 0.05。".to_owned()),
            Self::Flag(_) => match typed.as_str() {
                "是" | "true" | "1" => Ok(Self::Flag(true)),
                "否" | "false" | "0" => Ok(Self::Flag(false)),
                _ => Err("请填写“是”或“否”。".to_owned()),
            },
            Self::List(_) => Err("名单类参数不能在这里调整，须更换规则包。".to_owned()),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => f.write_str(if *flag { "是" } else { "否" }),
            Self::Number(number) => number.fmt(f),
            Self::List(words) => f.write_str(&words.join("、")),
        }
    }
}
