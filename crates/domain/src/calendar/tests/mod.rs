//! Tests of the calendar.

mod arithmetic;
mod builtin;
mod notice;
mod office_hours;
mod uploads;

use jiff::civil::Date;

pub(crate) fn date(text: &str) -> Date {
    text.parse().unwrap()
}
