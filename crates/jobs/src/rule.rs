//! When a schedule is due.

use std::time::Duration;

use domain::time::beijing;
use jiff::{SignedDuration, Timestamp, civil::Time};

/// A schedule's rule. All nodes compute the same due times from it, without talking to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// At every multiple of this duration since 1970, to the second; at least one second.
    Every(Duration),
    /// Every day at this time in Beijing.
    DailyAt(Time),
}

impl Rule {
    /// The last due time that is not after `now`.
    pub(crate) fn latest_due(self, now: Timestamp) -> Timestamp {
        match self {
            Self::Every(period) => {
                let period = i64::try_from(period.as_secs()).unwrap_or(i64::MAX).max(1);
                let second = now.as_second();
                Timestamp::from_second(second - second.rem_euclid(period)).unwrap_or(now)
            }
            Self::DailyAt(time) => {
                let today = now.to_zoned(beijing()).date();
                let due_on = |date: jiff::civil::Date| {
                    // The zone is a fixed offset, so every civil time exists once.
                    date.to_datetime(time).to_zoned(beijing()).map_or(now, |zoned| zoned.timestamp())
                };
                let due_today = due_on(today);
                if due_today <= now { due_today } else { due_on(today.saturating_sub(SignedDuration::from_hours(24))) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::*;

    fn instant(text: &str) -> Timestamp {
        domain::time::parse_beijing(text).unwrap()
    }

    #[test]
    fn daily_rules_are_in_beijing_time() {
        let rule = Rule::DailyAt(time(2, 30, 0, 0));
        assert_eq!(rule.latest_due(instant("2026-03-02 02:29:59")), instant("2026-03-01 02:30"));
        assert_eq!(rule.latest_due(instant("2026-03-02 02:30")), instant("2026-03-02 02:30"));
        assert_eq!(rule.latest_due(instant("2026-03-02 23:00")), instant("2026-03-02 02:30"));
        assert_eq!(rule.latest_due(instant("2026-01-01 00:00")), instant("2025-12-31 02:30"));
    }

    #[test]
    fn periodic_rules_do_not_depend_on_when_a_node_started() {
        let rule = Rule::Every(Duration::from_secs(300));
        assert_eq!(rule.latest_due(instant("2026-03-02 10:04:59")), instant("2026-03-02 10:00"));
        assert_eq!(rule.latest_due(instant("2026-03-02 10:05")), instant("2026-03-02 10:05"));
        assert_eq!(Rule::Every(Duration::ZERO).latest_due(instant("2026-03-02 10:05")), instant("2026-03-02 10:05"));
    }
}
