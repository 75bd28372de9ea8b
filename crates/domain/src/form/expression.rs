//! The small language of cross-checks: `sum(a, b, c) <= total`, `a = b + c`, `a <= b + last_year.c`.
//!
//! Names, whole numbers, `+`, `-`, `sum(…)` and one relation; nothing else, so that a check can always be told in
//! words. Evaluation is exact and cannot overflow.

use std::fmt;

use serde::Serialize;

use super::Key;
use crate::rule::Quantity;

/// A value that a check reads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Reference {
    /// Field, row or column.
    pub key: Key,
    /// Of the year before.
    pub last_year: bool,
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.last_year { write!(f, "last_year.{}", self.key) } else { self.key.fmt(f) }
    }
}

/// How the two sides must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// `=`
    Equal,
    /// `<=`
    AtMost,
    /// `>=`
    AtLeast,
}

impl Relation {
    const ALL: [Self; 3] = [Self::AtMost, Self::AtLeast, Self::Equal];

    /// The sign.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::AtMost => "<=",
            Self::AtLeast => ">=",
        }
    }

    fn holds(self, left: i128, right: i128) -> bool {
        match self {
            Self::Equal => left == right,
            Self::AtMost => left <= right,
            Self::AtLeast => left >= right,
        }
    }
}

/// One summand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Operand {
    /// A value.
    Reference(Reference),
    /// A whole number.
    Number(u32),
}

/// A summand and its sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Term {
    /// True when it is taken away.
    pub minus: bool,
    /// What.
    pub operand: Operand,
}

/// Two sums and a relation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Equation {
    /// Left side.
    pub left: Vec<Term>,
    /// How they must stand.
    pub relation: Relation,
    /// Right side.
    pub right: Vec<Term>,
}

impl Equation {
    /// Reads an equation.
    ///
    /// # Errors
    /// Plain Chinese: what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (relation, at) = Relation::ALL
            .into_iter()
            .find_map(|relation| text.find(relation.as_str()).map(|at| (relation, at)))
            .ok_or_else(|| format!("“{text}”里没有 =、<= 或 >=。"))?;
        let (left, right) = (&text[..at], &text[at + relation.as_str().len()..]);
        if right.contains(['=', '<', '>']) || left.contains(['<', '>']) {
            return Err(format!("“{text}”只能有一个 =、<= 或 >=。"));
        }
        Ok(Self { left: side(left)?, relation, right: side(right)? })
    }

    /// Everything it reads.
    pub fn references(&self) -> impl Iterator<Item = &Reference> {
        self.left.iter().chain(&self.right).filter_map(|term| match &term.operand {
            Operand::Reference(reference) => Some(reference),
            Operand::Number(_) => None,
        })
    }

    /// True when it reads the year before.
    pub fn reads_last_year(&self) -> bool {
        self.references().any(|reference| reference.last_year)
    }

    /// Both sides in ten-thousandths; `None` as soon as one value is missing.
    pub fn sides(&self, value: impl Fn(&Reference) -> Option<Quantity>) -> Option<(i128, i128)> {
        Some((total(&self.left, &value)?, total(&self.right, &value)?))
    }

    /// Whether it holds; `None` as soon as one value is missing.
    pub fn holds(&self, value: impl Fn(&Reference) -> Option<Quantity>) -> Option<bool> {
        let (left, right) = self.sides(value)?;
        Some(self.relation.holds(left, right))
    }

    /// For `single = sum…`: the single one and the value it must have. `None` for other forms, missing values, and
    /// values too large to hold.
    pub fn solved(&self, value: impl Fn(&Reference) -> Option<Quantity>) -> Option<(&Key, Quantity)> {
        let [Term { minus: false, operand: Operand::Reference(single) }] = self.left.as_slice() else { return None };
        if single.last_year || self.relation != Relation::Equal {
            return None;
        }
        let parts = i64::try_from(total(&self.right, &value)?).ok()?;
        Some((&single.key, Quantity::ten_thousandths(parts)))
    }
}

impl fmt::Display for Equation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |terms: &[Term], f: &mut fmt::Formatter<'_>| {
            for (index, term) in terms.iter().enumerate() {
                match (index, term.minus) {
                    (0, false) => {}
                    (0, true) => f.write_str("-")?,
                    (_, false) => f.write_str(" + ")?,
                    (_, true) => f.write_str(" - ")?,
                }
                match &term.operand {
                    Operand::Reference(reference) => reference.fmt(f)?,
                    Operand::Number(number) => number.fmt(f)?,
                }
            }
            Ok(())
        };
        side(&self.left, f)?;
        write!(f, " {} ", self.relation.as_str())?;
        side(&self.right, f)
    }
}

fn total(terms: &[Term], value: impl Fn(&Reference) -> Option<Quantity>) -> Option<i128> {
    terms.iter().try_fold(0i128, |sum, term| {
        let amount = match &term.operand {
            Operand::Reference(reference) => i128::from(value(reference)?.as_ten_thousandths()),
            Operand::Number(number) => i128::from(*number) * i128::from(Quantity::SCALE),
        };
        Some(if term.minus { sum - amount } else { sum + amount })
    })
}

/// A sum of the two sides as people read it.
pub(crate) fn show(parts: i128) -> String {
    let clamped = parts.clamp(i128::from(i64::MIN + 1), i128::from(i64::MAX));
    i64::try_from(clamped).map(|parts| Quantity::ten_thousandths(parts).to_string()).unwrap_or_default()
}

fn side(text: &str) -> Result<Vec<Term>, String> {
    let mut terms = Vec::new();
    let mut rest = text.trim();
    let mut minus = false;
    if let Some(after) = rest.strip_prefix('-') {
        (minus, rest) = (true, after.trim_start());
    }
    loop {
        let inside_sum = rest.strip_prefix("sum(");
        let (operand, after) = match inside_sum {
            Some(list) => list.split_once(')').ok_or_else(|| format!("“{text}”的 sum( 没有配对的括号。"))?,
            None => rest.split_at(rest.find(['+', '-']).unwrap_or(rest.len())),
        };
        if inside_sum.is_some() {
            for name in operand.split(',') {
                terms.push(Term { minus, operand: read_operand(name)? });
            }
        } else {
            terms.push(Term { minus, operand: read_operand(operand)? });
        }
        rest = after.trim_start();
        minus = rest.starts_with('-');
        match rest.strip_prefix(['+', '-']) {
            Some(next) => rest = next.trim_start(),
            None if rest.is_empty() => return Ok(terms),
            None => return Err(format!("“{text}”里的“{rest}”看不懂，只能用 +、- 和 sum(…)。")),
        }
    }
}

fn read_operand(text: &str) -> Result<Operand, String> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().map(Operand::Number).map_err(|_| format!("数字“{text}”太大。"));
    }
    let (key, last_year) = match text.strip_prefix("last_year.") {
        Some(key) => (key, true),
        None => (text, false),
    };
    Key::parse(key).map(|key| Operand::Reference(Reference { key, last_year })).map_err(|why| format!("{why}。"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn holds(text: &str) -> Option<bool> {
        let equation = Equation::parse(text).unwrap();
        equation.holds(|reference| match (reference.key.as_str(), reference.last_year) {
            ("a", false) => Some(Quantity::whole(1)),
            ("b", false) => Some(Quantity::parse("2.5").unwrap()),
            ("c", true) => Some(Quantity::whole(10)),
            ("huge", _) => Some(Quantity::ten_thousandths(i64::MAX)),
            _ => None,
        })
    }

    #[test]
    fn equations_are_read_and_judged() {
        for (text, expected) in [
            ("a = 1", Some(true)),
            ("a + a = 2", Some(true)),
            ("sum(a, b) <= last_year.c", Some(true)),
            ("sum(a,b) + a >= 5", Some(false)),
            ("last_year.c - a - b = 6", Some(false)),
            ("- a + b = b - a", Some(true)),
            ("a = d", None),
            ("huge + huge + huge >= huge", Some(true)),
        ] {
            assert_eq!(holds(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_equation_is_told() {
        for text in [
            "",
            "a",
            "a < b",
            "a = b = c",
            "a = ",
            "= a",
            "sum(a = b",
            "a = b c",
            "a = B",
            "a = sum()",
            "a => b",
            "a = b +",
            "a = last_year.",
            "a = 99999999999",
            "a * b = c",
            "a = sum(sum(a), b)",
        ] {
            assert!(Equation::parse(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn printing_and_reading_again_changes_nothing(text in "[a-c]( [+-] [a-c]){0,3} (=|<=|>=) (sum\\([a-c], [a-c]\\)|7|last_year\\.x)( [+-] [a-c])?") {
            let equation = Equation::parse(&text).unwrap();
            prop_assert_eq!(Equation::parse(&equation.to_string()), Ok(equation));
        }

        #[test]
        fn nothing_panics(text in "\\PC{0,40}", signs in "[a-c+=<>(), .-]{0,30}") {
            let _ = Equation::parse(&text);
            let _ = Equation::parse(&signs);
        }
    }
}
