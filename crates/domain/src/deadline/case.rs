//! What happened to a running deadline. All moments are Beijing time.

use jiff::civil::{Date, DateTime, time};
use serde::{Deserialize, Serialize};

/// The facts of one case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadlineCase {
    /// The event the deadline runs from.
    pub received: DateTime,
    /// Times left out.
    #[serde(default)]
    pub pauses: Vec<Pause>,
    /// Moments at which it began anew.
    #[serde(default)]
    pub restarts: Vec<Restart>,
    /// Extensions granted; more than one is refused.
    #[serde(default)]
    pub extensions: Vec<Extension>,
}

/// A time left out (征求第三方意见).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// It begins; deadlines in days leave out this whole day.
    pub from: DateTime,
    /// It ends; deadlines in days leave out this whole day too. `None` while it lasts.
    pub to: Option<DateTime>,
    /// Why, for people.
    pub reason: String,
}

/// A new start (补正).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restart {
    /// The correction was received.
    pub at: DateTime,
    /// Why, for people.
    pub reason: String,
}

/// An extension granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// By how many, in the unit of the deadline.
    pub amount: u32,
    /// When it was approved.
    pub approved_at: DateTime,
    /// Who approved it (机构负责人).
    pub approved_by: String,
    /// Why, for people.
    pub reason: String,
}

impl DeadlineCase {
    /// Only received.
    pub fn received(at: DateTime) -> Self {
        Self { received: at, pauses: Vec::new(), restarts: Vec::new(), extensions: Vec::new() }
    }

    /// Received, or begun anew: where counting starts.
    pub fn begins(&self) -> DateTime {
        self.restarts.iter().map(|restart| restart.at).max().unwrap_or(self.received)
    }

    pub(super) fn pauses_in_order(&self) -> Vec<&Pause> {
        let mut pauses: Vec<&Pause> = self.pauses.iter().collect();
        pauses.sort_by_key(|pause| (pause.from, pause.to));
        pauses
    }
}

impl Pause {
    /// Whole days, the first and the last included; `None` while it lasts.
    pub fn days(from: Date, to: Option<Date>, reason: impl Into<String>) -> Self {
        Self { from: from.at(0, 0, 0, 0), to: to.map(end_of_day), reason: reason.into() }
    }

    pub(super) fn covers(&self, date: Date) -> bool {
        self.from.date() <= date && self.to.is_none_or(|to| date <= to.date())
    }
}

/// The last second of a day: deadlines in days are met until then.
pub(super) fn end_of_day(date: Date) -> DateTime {
    date.to_datetime(time(23, 59, 59, 0))
}
