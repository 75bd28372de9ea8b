//! Office hours (办公时间): the parts of a working day that count for deadlines in working hours.

use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use thiserror::Error;

static DEFAULT: LazyLock<OfficeHours> = LazyLock::new(|| {
    // Proved by a test; the file is part of the program.
    toml::from_str(include_str!("../../../../rules/calendar/office-hours.toml"))
        .expect("the embedded office hours are well formed")
});

/// Office hours of one office, the same on every working day of a season. The default is data to be confirmed
/// (`rules/calendar/office-hours.toml`); each office may set its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct OfficeHours {
    written: Written,
}

/// From–to within one day, e.g. 08:30–12:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeInterval {
    /// The door opens.
    pub from: Time,
    /// The door closes; later than `from`.
    pub to: Time,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// Where the hours come from, shown to people.
    #[serde(default)]
    source: String,
    /// Reliability: V, V~, H, U or D.
    #[serde(default)]
    mark: String,
    #[serde(rename = "interval")]
    intervals: Vec<OfficeInterval>,
    /// Other hours for a part of each year (夏季作息时间).
    #[serde(rename = "season", default, skip_serializing_if = "Vec::is_empty")]
    seasons: Vec<Season>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Season {
    /// `MM-DD`, first day.
    from: String,
    /// `MM-DD`, last day.
    to: String,
    #[serde(rename = "interval")]
    intervals: Vec<OfficeInterval>,
}

/// Why office hours are refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OfficeHoursError {
    /// Nobody is ever there.
    #[error("办公时间至少要有一段：请填写，如 08:30 至 12:00")]
    Empty,
    /// An interval ends before it begins, or begins before the one before it ends.
    #[error("办公时间{from}至{to}有误：每段的结束要晚于开始，各段按先后排列、不能重叠", from = .0.from.strftime("%H:%M"), to = .0.to.strftime("%H:%M"))]
    Order(OfficeInterval),
    /// A season's day is not `MM-DD`.
    #[error("“{0}”不是日期：季节的起止请写成“月-日”，如 05-01")]
    SeasonDay(String),
}

impl OfficeHours {
    /// Hours that are the same all year.
    ///
    /// # Errors
    /// [`OfficeHoursError`] when there is no interval or they are out of order.
    pub fn new(intervals: Vec<OfficeInterval>) -> Result<Self, OfficeHoursError> {
        Written { source: String::new(), mark: String::new(), intervals, seasons: Vec::new() }.try_into()
    }

    /// The hours of the product's own data; marked as to be confirmed.
    pub fn standard() -> &'static Self {
        &DEFAULT
    }

    /// The intervals of a working day at `date`, in order.
    pub fn on(&self, date: Date) -> &[OfficeInterval] {
        let day = format!("{:02}-{:02}", date.month(), date.day());
        let within = |season: &&Season| {
            if season.from <= season.to {
                season.from <= day && day <= season.to
            } else {
                day >= season.from || day <= season.to
            }
        };
        self.written.seasons.iter().find(within).map_or(&self.written.intervals, |season| &season.intervals)
    }

    /// Where the hours come from and how reliable that is (V, V~, H, U, D).
    pub fn provenance(&self) -> (&str, &str) {
        (&self.written.source, &self.written.mark)
    }

    pub(crate) fn spans(&self, date: Date) -> impl Iterator<Item = (DateTime, DateTime)> {
        self.on(date).iter().map(move |interval| (date.to_datetime(interval.from), date.to_datetime(interval.to)))
    }
}

impl TryFrom<Written> for OfficeHours {
    type Error = OfficeHoursError;

    fn try_from(written: Written) -> Result<Self, OfficeHoursError> {
        check(&written.intervals)?;
        for season in &written.seasons {
            check(&season.intervals)?;
            for day in [&season.from, &season.to] {
                let valid = day.len() == 5 && format!("2000-{day}").parse::<Date>().is_ok();
                if !valid {
                    return Err(OfficeHoursError::SeasonDay(day.clone()));
                }
            }
        }
        Ok(Self { written })
    }
}

impl From<OfficeHours> for Written {
    fn from(hours: OfficeHours) -> Self {
        hours.written
    }
}

fn check(intervals: &[OfficeInterval]) -> Result<(), OfficeHoursError> {
    let mut last = None;
    for interval in intervals {
        if interval.to <= interval.from || last.is_some_and(|last| interval.from < last) {
            return Err(OfficeHoursError::Order(*interval));
        }
        last = Some(interval.to);
    }
    last.map(|_| ()).ok_or(OfficeHoursError::Empty)
}
