//! Exact decimal numbers of rules: days, points, shares, yuan. Never binary fractions: 0.05 of 140 visits is 7.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A decimal number with up to four places, exact.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(i64);

impl Quantity {
    /// Parts of one whole.
    pub const SCALE: i64 = 10_000;
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// A whole number; numbers beyond what fits become the largest that does.
    pub const fn whole(number: i64) -> Self {
        Self(number.saturating_mul(Self::SCALE))
    }

    /// `parts` ten-thousandths.
    pub const fn ten_thousandths(parts: i64) -> Self {
        Self(parts)
    }

    /// How many ten-thousandths.
    pub const fn as_ten_thousandths(self) -> i64 {
        self.0
    }

    /// The whole number, if it is one.
    pub fn as_whole(self) -> Option<i64> {
        (self.0 % Self::SCALE == 0).then_some(self.0 / Self::SCALE)
    }

    /// Whether `part` of `whole` reaches this share: exact, no division.
    pub fn is_reached_by(self, part: u64, whole: u64) -> bool {
        i128::from(part) * i128::from(Self::SCALE) >= i128::from(self.0) * i128::from(whole)
    }

    /// Reads a decimal such as `15`, `0.05`, `-3.5`; `None` for anything else or for more than four places.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(places) || places.len() > 4 || digits.ends_with('.') {
            return None;
        }
        let parts: i64 = format!("{places:0<4}").parse().ok()?;
        let value = whole.parse::<i64>().ok()?.checked_mul(Self::SCALE)?.checked_add(parts)?;
        Some(Self(if negative { -value } else { value }))
    }

    /// From a binary fraction as TOML and JSON hand them over; `None` when it has more than four decimal places.
    pub fn from_float(number: f64) -> Option<Self> {
        Self::parse(&number.to_string())
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, places) = (self.0.unsigned_abs() / 10_000, self.0.unsigned_abs() % 10_000);
        if places == 0 {
            return write!(f, "{sign}{whole}");
        }
        let text = format!("{places:04}");
        write!(f, "{sign}{whole}.{}", text.trim_end_matches('0'))
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.as_whole() {
            Some(whole) => serializer.serialize_i64(whole),
            None => serializer.serialize_f64(self.0 as f64 / Self::SCALE as f64),
        }
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Number {
            Whole(i64),
            Fraction(f64),
        }
        let read = match Number::deserialize(deserializer)? {
            Number::Whole(number) => number.checked_mul(Self::SCALE).map(Self),
            Number::Fraction(number) => Self::from_float(number),
        };
        read.ok_or_else(|| serde::de::Error::custom("数字过大，或小数多于四位"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_and_printed_exactly() {
        for text in ["0", "15", "0.05", "-3.5", "80.1", "59.99", "0.0001", "922337203685477"] {
            assert_eq!(Quantity::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Quantity::parse("1.50").unwrap().to_string(), "1.5");
        for text in ["", "1.", ".5", "1.00001", "一", "1e3", "--1", "99999999999999999999"] {
            assert_eq!(Quantity::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_share_is_reached_exactly_and_not_by_rounding() {
        let share = Quantity::parse("0.05").unwrap();
        assert!(share.is_reached_by(7, 140) && !share.is_reached_by(6, 140));
        assert!(share.is_reached_by(1, 20) && !share.is_reached_by(4_999, 100_000));
    }

    #[test]
    fn json_and_toml_numbers_survive() {
        for text in ["15", "0.05", "59.99"] {
            let read: Quantity = serde_json::from_str(text).unwrap();
            assert_eq!((read.to_string().as_str(), serde_json::to_string(&read).unwrap().as_str()), (text, text));
        }
        assert!(serde_json::from_str::<Quantity>("0.123456").is_err());
    }
}
