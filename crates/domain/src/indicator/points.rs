//! Points (得分): exact fractions, because 75 points × 4/3 must not be rounded before it is compared with a line.

use std::{
    cmp::Ordering,
    fmt,
    iter::Sum,
    ops::{Add, Sub},
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use crate::rule::Quantity;

/// An exact number of points. In JSON a number where four decimals hold it (`80.1`), a fraction in text elsewhere
/// (`"284/3"`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Points {
    /// Reduced; carries the sign.
    above: i128,
    /// Above zero.
    below: i128,
}

impl Points {
    /// None.
    pub const ZERO: Self = Self { above: 0, below: 1 };

    /// Whole points.
    pub fn whole(points: i64) -> Self {
        Self { above: i128::from(points), below: 1 }
    }

    fn new(above: i128, below: i128) -> Self {
        let divisor = greatest_common_divisor(above.unsigned_abs(), below.unsigned_abs()).max(1);
        let divisor = i128::try_from(divisor).unwrap_or(1);
        Self { above: above / divisor, below: (below / divisor).max(1) }
    }

    /// These points on a sheet of `part`, converted to a sheet of `whole` (75 → 100 is × 4/3). A sheet without points
    /// converts nothing.
    pub fn converted(self, part: Self, whole: Self) -> Self {
        if part.above <= 0 || whole.above <= 0 {
            return self;
        }
        let ratio = Self::new(whole.above.saturating_mul(part.below), whole.below.saturating_mul(part.above));
        Self::new(self.above.saturating_mul(ratio.above), self.below.saturating_mul(ratio.below))
    }

    /// Never less than nothing.
    pub fn at_least_zero(self) -> Self {
        self.max(Self::ZERO)
    }

    /// The decimal with up to four places, if there is one.
    pub fn as_quantity(self) -> Option<Quantity> {
        let scaled = self.above.checked_mul(i128::from(Quantity::SCALE))?;
        (scaled % self.below == 0)
            .then(|| i64::try_from(scaled / self.below).ok().map(Quantity::ten_thousandths))
            .flatten()
    }
}

fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl From<Quantity> for Points {
    fn from(quantity: Quantity) -> Self {
        Self::new(i128::from(quantity.as_ten_thousandths()), i128::from(Quantity::SCALE))
    }
}

impl Add for Points {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let above = self.above.saturating_mul(other.below).saturating_add(other.above.saturating_mul(self.below));
        Self::new(above, self.below.saturating_mul(other.below))
    }
}

impl Sub for Points {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + Self { above: -other.above, below: other.below }
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self::ZERO, Add::add)
    }
}

impl PartialOrd for Points {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Points {
    fn cmp(&self, other: &Self) -> Ordering {
        self.above.saturating_mul(other.below).cmp(&other.above.saturating_mul(self.below))
    }
}

impl fmt::Display for Points {
    /// Decimals are exact; anything else is cut (not rounded) to four places and says 约, so that what is below a line
    /// is not shown as having reached it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_quantity() {
            Some(quantity) => quantity.fmt(f),
            None => {
                let cut = self.above.saturating_mul(i128::from(Quantity::SCALE)) / self.below;
                write!(f, "约{}", Quantity::ten_thousandths(i64::try_from(cut).unwrap_or(i64::MAX)))
            }
        }
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        /// Above this, JSON's binary fractions lose decimals.
        const MOST_PARTS: u64 = 1_000_000_000_000_000;
        match self.as_quantity() {
            Some(quantity) if quantity.as_ten_thousandths().unsigned_abs() <= MOST_PARTS => {
                quantity.serialize(serializer)
            }
            _ => serializer.collect_str(&format_args!("{}/{}", self.above, self.below)),
        }
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Decimal(Quantity),
            Fraction(String),
        }
        match Written::deserialize(deserializer)? {
            Written::Decimal(quantity) => Ok(quantity.into()),
            Written::Fraction(text) => {
                let parts = text.split_once('/').and_then(|(above, below)| {
                    let below: i64 = below.parse().ok().filter(|below| *below > 0)?;
                    Some((above.parse::<i64>().ok()?, below))
                });
                let (above, below) = parts.ok_or_else(|| D::Error::custom("分数应写成 284/3"))?;
                Ok(Self::new(above.into(), below.into()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Points {
        Quantity::parse(text).unwrap().into()
    }

    #[test]
    fn four_thirds_are_exact() {
        let converted = |points: &str| decimal(points).converted(Points::whole(75), Points::whole(100));
        assert_eq!(converted("75"), Points::whole(100));
        assert_eq!(converted("60"), Points::whole(80));
        assert_eq!(converted("45"), Points::whole(60));
        assert!(converted("44.9999") < Points::whole(60) && converted("60.0001") > Points::whole(80));
        assert_eq!(converted("71").to_string(), "约94.6666");
        assert_eq!(converted("71") + converted("2") + converted("2"), Points::whole(100));
        assert_eq!(decimal("5").converted(Points::ZERO, Points::whole(100)), Points::whole(5));
    }

    #[test]
    fn points_survive_json() {
        let huge = Points::from(Quantity::ten_thousandths(i64::MAX));
        for points in
            [decimal("80.1"), Points::ZERO, huge, decimal("71").converted(Points::whole(75), Points::whole(100))]
        {
            let text = serde_json::to_string(&points).unwrap();
            assert_eq!(serde_json::from_str::<Points>(&text).unwrap(), points, "{text}");
        }
        assert_eq!(serde_json::to_string(&decimal("59.99")).unwrap(), "59.99");
        for text in ["\"1/0\"", "\"1/-3\"", "\"x\"", "null", "\"1\""] {
            assert!(serde_json::from_str::<Points>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn absurd_numbers_do_not_panic() {
        let most = Points::from(Quantity::whole(i64::MAX));
        let _ = (most + most).converted(decimal("0.0001"), most).to_string();
        assert!(most > Points::ZERO && (Points::ZERO - most).at_least_zero() == Points::ZERO);
    }
}
