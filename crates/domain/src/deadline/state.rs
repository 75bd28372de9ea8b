//! Where a deadline stands at a moment.

use super::{Counting, DeadlineSense, DeadlineSum, LineKind, dates::days_between, error::moment};
use crate::calendar::{WorkCalendar, whole_minutes};
use jiff::civil::DateTime;
use serde::Serialize;

/// The state. `left` is in the unit of the sum (days, for hours minutes) and does not include today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum DeadlineState {
    /// Time enough.
    Running {
        /// What is left.
        left: u32,
    },
    /// Not counted at present.
    Paused {
        /// Since when.
        since: DateTime,
        /// Why.
        reason: String,
        /// What will be left when it goes on.
        left: u32,
    },
    /// Little is left: 黄灯.
    Yellow {
        /// What is left; nothing on the last day.
        left: u32,
    },
    /// Too late: 超期. For deadlines to keep something at least: free since then.
    Overdue {
        /// Since when.
        since: DateTime,
        /// Working days passed since; zero within the same day and over days off. `None` when the arrangement of a year
        /// between is not known (and for deadlines to keep something, where it means nothing): late is late all the same.
        working_days: Option<u32>,
        /// Days of the calendar passed since.
        days: u32,
    },
}

impl DeadlineSum {
    /// The state at `now` (Beijing time).
    pub fn state(&self, now: DateTime, calendar: &WorkCalendar) -> DeadlineState {
        if let Some(due) = self.due.filter(|due| now > *due) {
            let counted = (self.sense == DeadlineSense::AtMost).then(|| calendar.count_between(due.date(), now.date()));
            let working_days = counted.and_then(Result::ok).map(i32::unsigned_abs);
            return DeadlineState::Overdue { since: due, working_days, days: days_between(due.date(), now.date()) };
        }
        let left = self.left(now);
        let daily = !matches!(self.counting, Counting::WorkingHours { .. } | Counting::NaturalHours { .. });
        let pause = self.pauses.iter().find(|pause| {
            if daily { pause.covers(now.date()) } else { pause.from <= now && pause.to.is_none_or(|to| now <= to) }
        });
        if let Some(pause) = pause {
            return DeadlineState::Paused { since: pause.from, reason: pause.reason.clone(), left };
        }
        let yellow = self.sense == DeadlineSense::AtMost
            && i64::from(left) * crate::rule::Quantity::SCALE
                <= self.warn_share.as_ten_thousandths() * i64::from(self.total);
        if yellow { DeadlineState::Yellow { left } } else { DeadlineState::Running { left } }
    }

    /// What is left after `now`: counted days after today, or minutes.
    fn left(&self, now: DateTime) -> u32 {
        let open = self.total.saturating_sub(self.counted);
        match self.counting {
            Counting::WorkingDays { .. } | Counting::NaturalDays { .. } => {
                let ahead = self.lines.iter().filter(|line| line.kind == LineKind::Counted && line.date > now.date());
                open + u32::try_from(ahead.count()).unwrap_or(u32::MAX)
            }
            Counting::WorkingHours { .. } | Counting::NaturalHours { .. } => {
                open + self.spans.iter().map(|(from, to)| whole_minutes((*from).max(now), *to)).sum::<u32>()
            }
            Counting::Months { .. }
            | Counting::Years { .. }
            | Counting::YearlyDate { .. }
            | Counting::PeriodEnd { .. } => self.due.map_or(open, |due| days_between(now.date(), due.date())),
        }
    }

    /// The state as people read it: `还剩4个工作日`, `已超期2个工作日`.
    pub fn state_in_chinese(&self, state: &DeadlineState) -> String {
        let amount = |left: &u32| self.counting.small_amount_in_chinese(*left);
        match state {
            DeadlineState::Running { left } => format!("进行中，今日之后还剩{}", amount(left)),
            DeadlineState::Paused { since, reason, left } => {
                format!("自{}起暂停计算（{reason}），还剩{}", moment(*since), amount(left))
            }
            DeadlineState::Yellow { left: 0 } => "即将到期：今日为最后期限".to_owned(),
            DeadlineState::Yellow { left } => format!("即将到期，还剩{}", amount(left)),
            DeadlineState::Overdue { since, .. } if self.sense == DeadlineSense::AtLeast => {
                format!("已满最低期限（{}）", moment(*since))
            }
            DeadlineState::Overdue { since, working_days: Some(0), .. } => format!("已超期（{}到期）", moment(*since)),
            DeadlineState::Overdue { since, working_days: Some(working_days), .. } => {
                format!("已超期{working_days}个工作日（{}到期）", moment(*since))
            }
            DeadlineState::Overdue { since, working_days: None, days } => {
                format!("已超期{days}日（{}到期；缺少节假日安排，工作日数待算）", moment(*since))
            }
        }
    }
}
