//! Exact money.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::rule::Quantity;

/// Renminbi in fen (分): never a binary fraction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Yuan(u64);

impl Yuan {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// From fen.
    pub const fn from_fen(fen: u64) -> Self {
        Self(fen)
    }

    /// Whole yuan; amounts beyond what fits become the largest that does.
    pub const fn whole(yuan: u64) -> Self {
        Self(yuan.saturating_mul(100))
    }

    /// The amount of a parameter in yuan; `None` when it is negative or finer than a fen.
    pub fn from_quantity(quantity: Quantity) -> Option<Self> {
        let parts = u64::try_from(quantity.as_ten_thousandths()).ok()?;
        (parts % 100 == 0).then_some(Self(parts / 100))
    }

    /// In fen.
    pub const fn fen(self) -> u64 {
        self.0
    }

    /// True for nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Sum; stays at the largest amount instead of wrapping.
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// Product; stays at the largest amount instead of wrapping.
    pub const fn times(self, count: u64) -> Self {
        Self(self.0.saturating_mul(count))
    }
}

impl fmt::Display for Yuan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 100, self.0 % 100) {
            (yuan, 0) => write!(f, "{yuan}元"),
            (yuan, fen) => write!(f, "{yuan}.{fen:02}元"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_exact_and_prints_in_yuan() {
        for (amount, text) in [(Yuan::ZERO, "0元"), (Yuan::whole(3000), "3000元"), (Yuan::from_fen(1250), "12.50元")]
        {
            assert_eq!(amount.to_string(), text);
        }
        assert_eq!(Yuan::from_quantity(Quantity::parse("0.05").unwrap()), Some(Yuan::from_fen(5)));
        assert_eq!(Yuan::from_quantity(Quantity::parse("0.005").unwrap()), None);
        assert_eq!(Yuan::from_quantity(Quantity::whole(-1)), None);
        assert_eq!(Yuan::from_fen(u64::MAX).plus(Yuan::whole(1)).times(2), Yuan::from_fen(u64::MAX));
    }
}
