//! Working days (工作日历): which day is one, why, and how to count them.
//!
//! Monday to Friday are working days unless a yearly notice of the State Council's General Office says otherwise; it
//! also turns some Saturdays and Sundays into working days (调休上班). The notices of 2007–2026 are data under
//! `rules/calendar/`; later years are read from the notice as published ([`notice`]), from a table or from JSON
//! ([`read_arrangement`]) and laid over the built-in ones with [`WorkCalendar::with_arrangement`].
//!
//! Three rules hold everywhere:
//! - a year without a notice is an error that names it ([`CalendarError::UnknownYear`]), never a Monday-to-Friday guess;
//! - a December day is judged by two notices, because the one of the next year may move it (2018-12-29 was a working
//!   Saturday by the notice of 2019); while the next notice is unknown, late December says so in its reason;
//! - local days off ([`LocalDay`]) change nothing unless a caller lays them over: whether they count for deadlines set
//!   by law is for the competent office to confirm.
//!
//! Read it in this order: [`YearArrangement`] → [`WorkCalendar`] and [`Day`] → counting ([`WorkdayStep`]) →
//! [`OfficeHours`] → reading what people upload ([`read_arrangement`]).

mod arithmetic;
mod arrangement;
mod builtin;
mod date_ranges;
mod day;
mod error;
mod json;
mod local_day;
pub mod notice;
mod office_hours;
mod reading;
mod table;
mod wording;
mod work_calendar;
mod working_hours;

pub use arithmetic::WorkdayStep;
pub use arrangement::{HolidayArrangement, YearArrangement};
pub use day::{Day, DayKind};
pub use error::CalendarError;
pub use local_day::{LocalDay, LocalDayEffect, LocalDayUse};
pub use office_hours::{OfficeHours, OfficeHoursError, OfficeInterval};
pub use reading::{ArrangementProblem, ReadArrangement, read_arrangement};
pub use wording::{chinese_date, chinese_weekday};
pub use work_calendar::WorkCalendar;
pub use working_hours::WorkingHoursDay;
pub(crate) use working_hours::whole_minutes;

#[cfg(test)]
mod tests;
