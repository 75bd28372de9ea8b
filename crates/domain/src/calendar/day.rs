//! One day of the calendar, with the reason why it is what it is.

use super::{LocalDay, chinese_date, chinese_weekday};
use jiff::civil::Date;
use serde::Serialize;

/// What kind of day it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "name")]
pub enum DayKind {
    /// An ordinary Monday to Friday (工作日).
    Workday,
    /// A Saturday or Sunday worked in exchange for the named holiday (调休上班).
    MakeUpWorkday(String),
    /// An ordinary Saturday or Sunday (公休日).
    Weekend,
    /// Off by the arrangement of the named holiday (放假).
    Holiday(String),
    /// Off by a local rule.
    LocalDayOff(String),
    /// Worked by a local rule.
    LocalWorkday(String),
}

impl DayKind {
    /// Whether people work on such a day.
    pub fn is_workday(&self) -> bool {
        matches!(self, Self::Workday | Self::MakeUpWorkday(_) | Self::LocalWorkday(_))
    }
}

/// The calendar's answer for one date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Day {
    /// The date asked for.
    pub date: Date,
    /// What it is.
    #[serde(flatten)]
    pub kind: DayKind,
    /// Whether it is a working day.
    pub workday: bool,
    /// Why, in one Chinese phrase with its source, e.g. `星期六，中秋节调休上班（国务院办公厅2021年节假日安排）`.
    pub reason: String,
    /// Addresses of the notices behind it; empty for an ordinary day.
    pub papers: Vec<String>,
    /// The next year while its notice is not known and may still move this late December day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provisional_until_notice_of: Option<i16>,
}

impl Day {
    /// `2021年10月1日（星期五）是放假日……`: the whole sentence for people.
    pub fn sentence(&self) -> String {
        let verdict = if self.workday { "是工作日" } else { "不是工作日" };
        format!("{}{verdict}：{}。", chinese_date(self.date), self.reason)
    }
}

/// What decided about a date, borrowed from the calendar: cheap enough for counting.
#[derive(Debug, Clone, Copy)]
pub(super) enum Verdict<'a> {
    Ordinary { workday: bool },
    Arranged { off: bool, name: &'a str, year: i16, papers: &'a [String] },
    Local(&'a LocalDay),
}

impl Verdict<'_> {
    pub(super) fn is_workday(&self) -> bool {
        match self {
            Self::Ordinary { workday } => *workday,
            Self::Arranged { off, .. } => !off,
            Self::Local(day) => day.effect.is_workday(),
        }
    }

    pub(super) fn day(&self, date: Date, provisional: Option<i16>) -> Day {
        let weekday = chinese_weekday(date.weekday());
        let (kind, mut reason) = match *self {
            Self::Ordinary { workday: true } => (DayKind::Workday, format!("{weekday}，工作日")),
            Self::Ordinary { workday: false } => (DayKind::Weekend, format!("{weekday}，公休日")),
            Self::Arranged { off: true, name, year, .. } => {
                (DayKind::Holiday(name.to_owned()), format!("{weekday}，{name}放假（国务院办公厅{year}年节假日安排）"))
            }
            Self::Arranged { off: false, name, year, .. } => (
                DayKind::MakeUpWorkday(name.to_owned()),
                format!("{weekday}，{name}调休上班（国务院办公厅{year}年节假日安排）"),
            ),
            Self::Local(local) => (local.kind(), format!("{weekday}，{}", local.reason())),
        };
        if let Some(year) = provisional {
            reason.push_str(&format!("；{year}年安排公布后可能调整"));
        }
        let papers = if let Self::Arranged { papers, .. } = self { papers.to_vec() } else { Vec::new() };
        Day { date, workday: kind.is_workday(), kind, reason, papers, provisional_until_notice_of: provisional }
    }
}
