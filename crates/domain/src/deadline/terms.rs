//! How a deadline is counted, with its numbers.

use super::spec::{DeadlineSense, DeadlineStart, EndOnDayOff, Period};
use crate::{
    calendar::{LocalDayUse, OfficeHours},
    rule::Quantity,
};
use serde::{Deserialize, Serialize};

/// What is counted, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "unit")]
pub enum Counting {
    /// 工作日
    WorkingDays {
        /// How many.
        amount: u32,
    },
    /// 自然日
    NaturalDays {
        /// How many.
        amount: u32,
    },
    /// Hours within office hours.
    WorkingHours {
        /// How many.
        amount: u32,
    },
    /// Hours of the clock.
    NaturalHours {
        /// How many.
        amount: u32,
    },
    /// Months; the due day has the number of the start day, or is the last of its month.
    Months {
        /// How many.
        amount: u32,
    },
    /// Years; like twelve months each.
    Years {
        /// How many.
        amount: u32,
    },
    /// The first such date on or after the start.
    YearlyDate {
        /// 1–12.
        month: i8,
        /// 1–31.
        day: i8,
    },
    /// The last day of the period in which the start lies.
    PeriodEnd {
        /// Which period.
        period: Period,
    },
}

/// The terms of a deadline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeadlineTerms {
    /// What people call it, e.g. 依申请公开答复.
    pub name: String,
    /// 文号 and clause; blank when there is none.
    pub citation: String,
    /// The event it runs from, e.g. 收到申请之日.
    pub event: String,
    /// What is counted.
    pub counting: Counting,
    /// When counting begins.
    pub start: DeadlineStart,
    /// The longest extension, in the same unit; granted once at most. `None`: cannot be extended.
    pub extension: Option<u32>,
    /// Whether it may be paused.
    pub pausable: bool,
    /// Whether it may begin anew.
    pub restartable: bool,
    /// What happens when the last day is a day off.
    pub end_on_day_off: EndOnDayOff,
    /// By then, or not before then.
    pub sense: DeadlineSense,
    /// Yellow when no more than this share of the time is left.
    pub warn_share: Quantity,
    /// The office hours that count for working hours.
    pub office_hours: OfficeHours,
    /// Which local days apply to it; the caller lays them over the calendar.
    pub local_days: LocalDayUse,
    /// Some of its numbers still have to be compared with the original document.
    pub to_be_confirmed: bool,
}

impl DeadlineTerms {
    /// Plain terms: from the next day, no extension, pause or restart, yellow at a fifth left, standard office hours.
    pub fn new(name: impl Into<String>, counting: Counting) -> Self {
        Self {
            name: name.into(),
            citation: String::new(),
            event: "收到之日".to_owned(),
            counting,
            start: DeadlineStart::NextDay,
            extension: None,
            pausable: false,
            restartable: false,
            end_on_day_off: EndOnDayOff::Stay,
            sense: DeadlineSense::AtMost,
            // The custom of the house where no rule says otherwise (rule `deadline.warning`).
            warn_share: Quantity::ten_thousandths(2_000),
            office_hours: OfficeHours::standard().clone(),
            local_days: LocalDayUse::Statutory,
            to_be_confirmed: false,
        }
    }

    /// How counting begins, as the end of a sentence.
    pub(super) fn beginning_in_chinese(&self) -> &'static str {
        match (self.counting, self.start) {
            (Counting::YearlyDate { .. } | Counting::PeriodEnd { .. }, _) => "",
            (_, DeadlineStart::NextDay) => "，次日起算",
            (Counting::WorkingHours { .. } | Counting::NaturalHours { .. }, DeadlineStart::AtOnce) => "，即时起算",
            (_, DeadlineStart::AtOnce) => "，当日起算",
        }
    }

    /// `20个工作日`, `每年1月31日前`: how long it is, in Chinese.
    pub fn length(&self) -> String {
        match self.counting {
            Counting::YearlyDate { month, day } => format!("每年{month}月{day}日前"),
            Counting::PeriodEnd { period } => format!("每{}", period.chinese()),
            counting => counting.amount_in_chinese(counting.amount()),
        }
    }
}

impl Counting {
    /// How many; zero for yearly dates and period ends.
    pub fn amount(self) -> u32 {
        match self {
            Self::WorkingDays { amount }
            | Self::NaturalDays { amount }
            | Self::WorkingHours { amount }
            | Self::NaturalHours { amount }
            | Self::Months { amount }
            | Self::Years { amount } => amount,
            Self::YearlyDate { .. } | Self::PeriodEnd { .. } => 0,
        }
    }

    /// `n` of what is counted: `3个工作日`.
    pub fn amount_in_chinese(self, n: u32) -> String {
        match self {
            Self::WorkingDays { .. } => format!("{n}个工作日"),
            Self::NaturalDays { .. } | Self::YearlyDate { .. } | Self::PeriodEnd { .. } => format!("{n}日"),
            Self::WorkingHours { .. } => format!("{n}个工作小时"),
            Self::NaturalHours { .. } => format!("{n}小时"),
            Self::Months { .. } => format!("{n}个月"),
            Self::Years { .. } => format!("{n}年"),
        }
    }

    /// What [`super::DeadlineSum`] counts in: days, or for hours minutes.
    pub(super) fn small_amount_in_chinese(self, n: u32) -> String {
        match self {
            Self::WorkingHours { .. } | Self::NaturalHours { .. } => {
                let office = if matches!(self, Self::WorkingHours { .. }) { "工作" } else { "" };
                match (n / 60, n % 60) {
                    (0, minutes) => format!("{minutes}分钟{}", if office.is_empty() { "" } else { "工作时间" }),
                    (hours, 0) => format!("{hours}个{office}小时"),
                    (hours, minutes) => format!("{hours}个{office}小时{minutes}分钟"),
                }
            }
            Self::WorkingDays { .. } => format!("{n}个工作日"),
            _ => format!("{n}日"),
        }
    }
}

impl Period {
    /// 日, 月, 季度, 半年, 年.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Day => "日",
            Self::Month => "月",
            Self::Quarter => "季度",
            Self::HalfYear => "半年",
            Self::Year => "年",
        }
    }
}
