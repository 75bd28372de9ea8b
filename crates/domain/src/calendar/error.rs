//! Why the calendar gives no answer.

use jiff::civil::Date;
use thiserror::Error;

/// The calendar cannot answer; it never guesses instead.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CalendarError {
    /// No arrangement of this year is known (国务院办公厅 publishes it in the autumn before).
    #[error(
        "没有{0}年的节假日安排，不能推算{0}年的工作日：请先在“工作日历”中录入该年安排（国务院办公厅通知公布后上传，经两人复核生效）"
    )]
    UnknownYear(i16),
    /// Counting ran past the dates that can be written.
    #[error("从{}起推算超出了可以表示的日期范围：请检查日期和天数", super::chinese_date(*.0))]
    OutOfRange(Date),
}
