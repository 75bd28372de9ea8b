//! The sum of a deadline: when it is due, and every day on the way there.

use super::{Counting, DeadlineSense, case::Pause};
use crate::rule::Quantity;
use jiff::civil::{Date, DateTime};
use serde::Serialize;

/// The result, with its working.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DeadlineSum {
    /// What people call the deadline.
    pub name: String,
    /// 文号 and clause.
    pub citation: String,
    /// How long it is, extension included: `20个工作日，延长20个工作日`.
    pub length: String,
    /// The event.
    pub received: DateTime,
    /// Where counting starts: the event, or the last restart.
    pub begins: DateTime,
    /// The last moment; for deadlines in days the end of the day. `None` while an open pause keeps it unknown.
    pub due: Option<DateTime>,
    /// The last moment before it was extended, when it was.
    pub due_before_extension: Option<DateTime>,
    /// By then, or not before then.
    pub sense: DeadlineSense,
    /// How many days (for hours: minutes) there are in all.
    pub total: u32,
    /// How many have been counted in `lines`; less than `total` only while a pause is open.
    pub counted: u32,
    /// The open pause that keeps it from being due.
    pub paused_since: Option<DateTime>,
    /// Every day on the way.
    pub lines: Vec<Line>,
    /// What else people should know.
    pub remarks: Vec<String>,
    #[serde(skip)]
    pub(super) counting: Counting,
    #[serde(skip)]
    pub(super) warn_share: Quantity,
    #[serde(skip)]
    pub(super) pauses: Vec<Pause>,
    /// For hours: the counted times.
    #[serde(skip)]
    pub(super) spans: Vec<(DateTime, DateTime)>,
}

/// One day on the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The day.
    pub date: Date,
    /// What it does.
    pub kind: LineKind,
    /// Days: the running number of a counted day. Hours: the minutes counted on this day. `None`: not counted.
    pub counted: Option<u32>,
    /// Why, in Chinese.
    pub reason: String,
}

/// What a day does in the sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// The event, or a restart; not counted.
    Start,
    /// Counted.
    Counted,
    /// Left out as a day off.
    DayOff,
    /// Left out by a pause.
    Paused,
    /// After the last counted day: moved to the next working day.
    Moved,
    /// The due day of deadlines that are not counted day by day.
    Due,
}

impl DeadlineSum {
    /// What is left while a pause is open, in Chinese; `None` when the due moment is known.
    pub fn left_after_pause(&self) -> Option<String> {
        self.due.is_none().then(|| self.counting.small_amount_in_chinese(self.total.saturating_sub(self.counted)))
    }
}
