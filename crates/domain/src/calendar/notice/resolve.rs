//! Which day a shortened date means.

use super::{
    super::{chinese_date, chinese_weekday},
    token::Shortened,
};
use jiff::civil::Date;

/// What the dates before have said.
#[derive(Debug, Clone)]
pub(super) struct Context {
    year: i16,
    /// The item is about the turn of the year: its December is the one before.
    turn_of_year: bool,
    last: Option<Date>,
}

impl Context {
    pub(super) fn new(year: i16, holiday: &str) -> Self {
        Self { year, turn_of_year: holiday.contains("元旦") || holiday.contains("新年"), last: None }
    }

    /// The day meant, and what is wrong with how it is written.
    pub(super) fn resolve(&mut self, written: Shortened, range_start: Option<Date>) -> (Option<Date>, Option<String>) {
        let Some((year, month)) = self.year_and_month(written, range_start) else {
            return (None, Some(format!("“{}日”没有写明月份：请写全日期", written.day)));
        };
        let Ok(date) = Date::new(year, month, written.day) else {
            return (None, Some(format!("{year}年{month}月没有{}日：请核对日期", written.day)));
        };
        self.last = Some(date);
        self.turn_of_year |= date.month() == 1 || date.year() < self.year;
        let wrong = written.weekday.filter(|weekday| *weekday != date.weekday()).map(|weekday| {
            let (said, is) = (chinese_weekday(weekday), chinese_weekday(date.weekday()));
            format!("{}写成{said}，实际是{is}：请核对日期", chinese_date(date))
        });
        (Some(date), wrong)
    }

    fn year_and_month(&self, written: Shortened, range_start: Option<Date>) -> Option<(i16, i8)> {
        let reference = range_start.or(self.last);
        let Some(month) = written.month else {
            return reference.map(|date| (date.year(), date.month()));
        };
        if let Some(year) = written.year {
            return Some((year, month));
        }
        if let Some(start) = range_start {
            return Some((if month < start.month() { start.year().saturating_add(1) } else { start.year() }, month));
        }
        if month != 12 {
            return Some((self.year, month));
        }
        let before = self.year.saturating_sub(1);
        let fits = |year: i16| {
            let date = Date::new(year, month, written.day);
            written.weekday.is_some_and(|weekday| date.is_ok_and(|date| date.weekday() == weekday))
        };
        // The notice may arrange its own December or the one before; the day of the week tells which.
        let year = match (fits(before), fits(self.year)) {
            (true, false) => before,
            (false, true) => self.year,
            _ if self.turn_of_year => before,
            _ => self.year,
        };
        Some((year, month))
    }
}
