//! When a page, column or account was last updated, and whether that is too long ago.

use jiff::{Span, ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use crate::rule::{ParameterInForce, RuleInForce};

/// The dates seen on one page, column or account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Updates {
    /// What people call it.
    pub name: String,
    /// Its address.
    #[serde(default)]
    pub address: String,
    /// Every publication date seen (Beijing); empty when nothing is dated; `None` when the page could not be read.
    pub dates: Option<Vec<Date>>,
}

/// How long is too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// Natural days.
    Days(i64),
    /// Calendar months: one month before 31 March is the last day of February.
    Months(i64),
}

/// Whether there was an update within a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// Updated on this day.
    Fresh(Date),
    /// Not updated; the last day on which it was, if any is known.
    Stale(Option<Date>),
    /// Not read, or undated where undated does not count as stale.
    Unknown,
}

impl Window {
    /// Reads a parameter whose unit is 天 or 个月.
    pub fn of(parameter: &ParameterInForce<'_>) -> Option<Self> {
        let number = parameter.value.number()?.as_whole()?;
        match parameter.parameter.unit.as_str() {
            "天" => Some(Self::Days(number)),
            "个月" => Some(Self::Months(number)),
            _ => None,
        }
    }

    /// The last day that lies outside the window ending on `at`: an update on that day is too old (满14天即为未更新).
    /// A window longer than the calendar reaches back to its first day.
    pub fn border(self, at: Date) -> Date {
        let span = match self {
            Self::Days(days) => Span::new().try_days(days),
            Self::Months(months) => Span::new().try_months(months),
        };
        span.and_then(|span| at.checked_sub(span)).unwrap_or(Date::MIN)
    }

    /// `14天`, `6个月`.
    pub fn chinese(self) -> String {
        match self {
            Self::Days(days) => format!("{days}天"),
            Self::Months(months) => format!("{months}个月"),
        }
    }
}

impl Updates {
    /// The latest date not after `at`; dates to come say nothing about the past.
    pub fn latest(&self, at: Date) -> Option<Date> {
        self.dates.as_ref()?.iter().copied().filter(|date| *date <= at).max()
    }

    /// Judges against the window that ends on `at`. 未注明发布时间的视为不更新 where the rule says so.
    pub fn freshness(&self, at: Date, window: Window, rule: &RuleInForce<'_>) -> Freshness {
        if self.dates.is_none() {
            return Freshness::Unknown;
        }
        match self.latest(at) {
            Some(latest) if latest > window.border(at) => Freshness::Fresh(latest),
            Some(latest) => Freshness::Stale(Some(latest)),
            None if rule.flag("undated_is_stale") => Freshness::Stale(None),
            None => Freshness::Unknown,
        }
    }
}

/// `最近一次更新在2026-11-01，距今14天`, or that nothing is dated.
pub fn last_update(latest: Option<Date>, at: Date) -> String {
    match latest {
        Some(latest) => {
            let idle = latest.until((jiff::Unit::Day, at)).map_or(0, |span| span.get_days());
            format!("最近一次更新在{latest}，距检查日{idle}天")
        }
        None => "没有看到注明发布时间的信息，按规定视为没有更新".to_owned(),
    }
}

/// The first names of a list, for a sentence.
pub fn names<'a>(all: impl IntoIterator<Item = &'a str>) -> String {
    const SHOWN: usize = 10;
    let all: Vec<&str> = all.into_iter().collect();
    let shown = all.iter().take(SHOWN).copied().collect::<Vec<_>>().join("、");
    if all.len() > SHOWN { format!("{shown}等") } else { shown }
}

/// Date arithmetic of letters and reports: whether more than `months` calendar months passed after `from` by `to`.
pub fn more_than_months(from: Date, months: i64, to: Date) -> bool {
    Span::new().try_months(months).and_then(|span| from.checked_add(span)).is_ok_and(|limit| to > limit)
}

/// The first day of a window of `days` that ends on `at` and includes both ends.
pub fn first_day(at: Date, days: i64) -> Date {
    Window::Days(days).border(at).checked_add(1.day()).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn windows_are_natural_days_and_calendar_months() {
        let at = date(2026, 3, 31);
        assert_eq!(Window::Days(14).border(at), date(2026, 3, 17));
        assert_eq!(Window::Months(1).border(at), date(2026, 2, 28));
        assert_eq!(Window::Months(6).border(at), date(2025, 9, 30));
        assert_eq!(Window::Months(i64::MAX).border(at), Date::MIN);
        assert_eq!(first_day(at, 7), date(2026, 3, 25));
    }

    #[test]
    fn exactly_three_months_are_not_more_than_three() {
        for (from, to, more) in [
            (date(2026, 1, 15), date(2026, 4, 15), false),
            (date(2026, 1, 15), date(2026, 4, 16), true),
            (date(2025, 11, 30), date(2026, 2, 28), false),
            (date(2025, 11, 30), date(2026, 3, 1), true),
        ] {
            assert_eq!(more_than_months(from, 3, to), more, "{from} {to}");
        }
    }
}
