//! Counting working days.

use super::{CalendarError, Day, WorkCalendar, chinese_date};
use jiff::civil::Date;
use serde::Serialize;

/// One day passed while counting: `counted` is its running number, or nothing when the day does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WorkdayStep {
    /// The day and why it counts or not.
    #[serde(flatten)]
    pub day: Day,
    /// 1, 2, 3 … for working days.
    pub counted: Option<u32>,
}

impl WorkdayStep {
    /// `2021年9月18日　第1个工作日：……` or `2021年9月19日　不计：……`.
    pub fn sentence(&self) -> String {
        let number = self.counted.map_or_else(|| "不计".to_owned(), |n| format!("第{n}个工作日"));
        format!("{}　{number}：{}", chinese_date(self.day.date), self.day.reason)
    }
}

impl WorkCalendar {
    /// The `n`-th working day after `date`; counting starts the next day (次日起算). A negative `n` counts backwards
    /// from the day before; zero gives `date` itself, working day or not.
    ///
    /// # Errors
    /// [`CalendarError::UnknownYear`] as soon as the counting meets a day of an unknown year.
    pub fn add_workdays(&self, date: Date, n: i32) -> Result<Date, CalendarError> {
        let (mut day, mut left) = (date, n.unsigned_abs());
        while left > 0 {
            day = neighbour(day, n < 0)?;
            left -= u32::from(self.is_workday(day)?);
        }
        Ok(day)
    }

    /// The same, with every day passed.
    ///
    /// # Errors
    /// As [`Self::add_workdays`].
    pub fn add_workdays_step_by_step(&self, date: Date, n: i32) -> Result<Vec<WorkdayStep>, CalendarError> {
        let (mut date, mut counted, mut steps) = (date, 0, Vec::new());
        while counted < n.unsigned_abs() {
            date = neighbour(date, n < 0)?;
            let day = self.day(date)?;
            counted += u32::from(day.workday);
            steps.push(WorkdayStep { counted: day.workday.then_some(counted), day });
        }
        Ok(steps)
    }

    /// How many working days lie after `from` up to and including `to`: the inverse of [`Self::add_workdays`].
    /// Negative when `to` lies before `from` (then the days from `to` up to the day before `from`).
    ///
    /// # Errors
    /// [`CalendarError::UnknownYear`] when a day between is of an unknown year.
    pub fn count_between(&self, from: Date, to: Date) -> Result<i32, CalendarError> {
        let (mut day, mut count) = (from, 0);
        while day != to {
            day = neighbour(day, to < from)?;
            count += i32::from(self.is_workday(day)?);
        }
        Ok(if to < from { -count } else { count })
    }

    /// `date` when it is a working day, else the first one after it (期间届满的最后一日是节假日的，顺延).
    ///
    /// # Errors
    /// [`CalendarError::UnknownYear`].
    pub fn next_workday_on_or_after(&self, date: Date) -> Result<Date, CalendarError> {
        let mut day = date;
        while !self.is_workday(day)? {
            day = neighbour(day, false)?;
        }
        Ok(day)
    }
}

fn neighbour(date: Date, backwards: bool) -> Result<Date, CalendarError> {
    if backwards { date.yesterday() } else { date.tomorrow() }.map_err(|_| CalendarError::OutOfRange(date))
}
