//! Progressive brackets (超额累进): each bracket charges only the part that lies in it.

use serde::Serialize;

use super::Yuan;
use crate::rule::RuleInForce;

/// What is counted: 件 or 页.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Counted {
    Items,
    Pages,
}

impl Counted {
    pub(super) fn unit(self) -> &'static str {
        match self {
            Self::Items => "件",
            Self::Pages => "页",
        }
    }
}

/// One line of the sum: the units from `first` to `last`, at one price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeeLine {
    /// First unit of the line, from 1.
    pub first: u64,
    /// Last unit of the line.
    pub last: u64,
    /// Price of one.
    pub price: Yuan,
    /// Price times units.
    pub amount: Yuan,
    /// The line in Chinese.
    pub text: String,
}

/// A bracket ends at `until` (`None`: never) and charges `price` for each unit.
struct Bracket {
    until: Option<u64>,
    price: Yuan,
}

/// The lines for the units after `before` up to `upto`. Empty when there is none, `None` when the rule lacks a number.
pub(super) fn lines(counted: Counted, rule: &RuleInForce<'_>, before: u64, upto: u64) -> Option<Vec<FeeLine>> {
    let scale = Scale::read(counted, rule)?;
    let mut lines = Vec::new();
    let mut done = before;
    while done < upto {
        let bracket = scale.bracket_of(done + 1);
        let last = bracket.until.map_or(upto, |until| until.min(upto));
        lines.push(line(counted, done + 1, last, bracket.price));
        done = last;
    }
    Some(lines)
}

fn line(counted: Counted, first: u64, last: u64, price: Yuan) -> FeeLine {
    let (unit, count) = (counted.unit(), last - first + 1);
    let amount = price.times(count);
    let range = if first == last { format!("第{first}{unit}") } else { format!("第{first}至{last}{unit}") };
    let text = if price.is_zero() {
        format!("{range}：{count}{unit}，不收费")
    } else {
        format!("{range}：{count}{unit}×{price}＝{amount}")
    };
    FeeLine { first, last, price, amount, text }
}

enum Scale {
    Items { free: u64, second_until: u64, second_price: Yuan, step_size: u64, step_raise: Yuan },
    Pages { free: u64, second_until: u64, second_price: Yuan, third_until: u64, third_price: Yuan, rest_price: Yuan },
}

impl Scale {
    fn read(counted: Counted, rule: &RuleInForce<'_>) -> Option<Self> {
        let count = |key: &str| u64::try_from(rule.whole(key)?).ok();
        let price = |key: &str| Yuan::from_quantity(rule.number(key)?);
        let (free, second_until, second_price) = (count("free")?, count("second_until")?, price("second_price")?);
        Some(match counted {
            Counted::Items => {
                let (step_size, step_raise) = (count("step_size").filter(|size| *size > 0)?, price("step_raise")?);
                Self::Items { free, second_until, second_price, step_size, step_raise }
            }
            Counted::Pages => Self::Pages {
                free,
                second_until,
                second_price,
                third_until: count("third_until")?,
                third_price: price("third_price")?,
                rest_price: price("rest_price")?,
            },
        })
    }

    /// The bracket in which the `n`-th unit (from 1) lies. Its end is never before `n`.
    fn bracket_of(&self, n: u64) -> Bracket {
        match *self {
            Self::Items { free, .. } | Self::Pages { free, .. } if n <= free => {
                Bracket { until: Some(free), price: Yuan::ZERO }
            }
            Self::Items { second_until, second_price, .. } | Self::Pages { second_until, second_price, .. }
                if n <= second_until =>
            {
                Bracket { until: Some(second_until), price: second_price }
            }
            Self::Items { free, second_until, second_price, step_size, step_raise } => {
                let base = second_until.max(free);
                let step = (n - base - 1) / step_size + 1;
                let until = base.saturating_add(step.saturating_mul(step_size));
                Bracket { until: Some(until), price: second_price.plus(step_raise.times(step)) }
            }
            Self::Pages { third_until, third_price, .. } if n <= third_until => {
                Bracket { until: Some(third_until), price: third_price }
            }
            Self::Pages { rest_price, .. } => Bracket { until: None, price: rest_price },
        }
    }
}
