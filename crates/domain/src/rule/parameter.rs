//! One parameter of a rule: its value, and which way it may be changed.

use serde::{Deserialize, Serialize};

use super::{Mark, Value};

/// Which change makes a rule stricter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// A larger number (or 是) is stricter.
    Higher,
    /// A smaller number (or 否) is stricter.
    Lower,
    /// Nobody below the issuing level changes it: methods of counting, citizens' rights, scales.
    Fixed,
}

impl Direction {
    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Higher => "越大越严",
            Self::Lower => "越小越严",
            Self::Fixed => "不可调整",
        }
    }

    /// How `new` compares with `old`: greater = stricter, less = looser; `None` when they cannot be compared or must
    /// not be changed.
    pub fn compare(self, new: &Value, old: &Value) -> Option<std::cmp::Ordering> {
        let ordering = match (new, old) {
            (Value::Number(new), Value::Number(old)) => new.cmp(old),
            (Value::Flag(new), Value::Flag(old)) => new.cmp(old),
            _ => return None,
        };
        match self {
            Self::Higher => Some(ordering),
            Self::Lower => Some(ordering.reverse()),
            Self::Fixed => None,
        }
    }
}

/// A parameter as its pack states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Parameter {
    /// Stable key within its rule, e.g. `probe.timeout_s`.
    pub key: String,
    /// What it means, in Chinese.
    pub name: String,
    /// Unit in Chinese, e.g. 秒, 天, 个; blank for shares and flags.
    pub unit: String,
    /// The value of the rule.
    pub value: Value,
    /// Which way is stricter.
    pub stricter: Direction,
    /// Its own reliability mark.
    pub mark: Mark,
    /// Bounds within which an override must stay whatever its direction.
    pub min: Option<super::Quantity>,
    /// Upper bound.
    pub max: Option<super::Quantity>,
}

impl Parameter {
    /// Whether it counts things or days, so that an override must be a whole number too. Points, yuan and shares may
    /// have decimals.
    pub fn counts_wholes(&self) -> bool {
        let whole = self.value.number().is_some_and(|number| number.as_whole().is_some());
        whole && !matches!(self.unit.as_str(), "" | "分" | "元" | "%")
    }

    /// Says why `value` cannot be a value of this parameter; `None` when it can.
    pub fn objection(&self, value: &Value) -> Option<String> {
        let same_shape = std::mem::discriminant(value) == std::mem::discriminant(&self.value);
        if !same_shape {
            return Some(format!("“{}”的值类型不对，应与现值“{}”同类。", self.name, self.value));
        }
        let number = value.number()?;
        if self.counts_wholes() && number.as_whole().is_none() {
            return Some(format!("“{}”按{}计，只能是整数。", self.name, self.unit));
        }
        if self.min.is_some_and(|min| number < min) {
            return Some(format!("“{}”不能小于 {}{}。", self.name, self.min.unwrap_or_default(), self.unit));
        }
        if self.max.is_some_and(|max| number > max) {
            return Some(format!("“{}”不能大于 {}{}。", self.name, self.max.unwrap_or_default(), self.unit));
        }
        None
    }
}
