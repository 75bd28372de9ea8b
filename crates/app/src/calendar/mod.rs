//! The calendar of working days (工作日历) as an instance keeps it: the arrangements that ship, those that two people
//! entered and confirmed, and local days. `domain::calendar` knows how to read and to count; here is who may say so.

mod confirm;
mod local_day;
mod preview;
mod remind;
mod show;
mod upload;
mod waiting;
mod work_calendar;

pub use confirm::{Verdict, decide};
pub use local_day::{NewLocalDay, propose_local_day};
pub use preview::{ArrangementInput, DayRow, Preview, preview};
pub use remind::{RemindCalendar, remind};
pub use show::{CalendarShow, DayCell, MonthView, show};
pub use upload::upload;
pub use waiting::{EntryView, waiting};
pub use work_calendar::{Calendars, work_calendar};
