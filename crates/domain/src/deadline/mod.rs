//! Deadlines (时限): when something is due, and every day counted or left out on the way there.
//!
//! A rule's `[rule.deadline]` table ([`spec`]) and the values in force give the [`DeadlineTerms`]; what happened gives
//! the [`DeadlineCase`] (received, pauses, restarts, extension); [`compute`] adds them up to a [`DeadlineSum`], which
//! explains itself in Chinese and tells its state at a moment. What is not allowed is refused by name
//! ([`DeadlineError`]): nothing is cut to fit.
//!
//! How days are counted (国令第711号第三十一至三十三条 and the custom of periods in law):
//! - the day of the event does not count, counting starts the next day (次日起算), unless the terms say otherwise;
//! - a pause leaves out each of its days, the first and the last included; while it is open nothing is due, and the
//!   days left are told instead;
//! - a restart (补正) begins the whole count anew; an open pause goes on through it;
//! - an extension is granted once and adds to the count;
//! - a deadline in days is met until the end of its last day.

mod case;
mod compute;
mod dates;
mod days;
mod error;
mod explain;
mod hours;
mod of_rule;
mod receipt;
mod recompute;
pub mod spec;
mod state;
mod sum;
mod terms;

pub use case::{DeadlineCase, Extension, Pause, Restart};
pub use compute::compute;
pub use error::DeadlineError;
pub use of_rule::TermsError;
pub use receipt::{Receipt, ReceiptChannel, ReceiptError, receipt_of_request};
pub use recompute::{DeadlineChange, DeadlineOutcome, RunningDeadline, recompute};
pub use spec::{DeadlineSense, DeadlineSpec, DeadlineStart, DeadlineUnit, EndOnDayOff, Period};
pub use state::DeadlineState;
pub use sum::{DeadlineSum, Line, LineKind};
pub use terms::{Counting, DeadlineTerms};

#[cfg(test)]
mod tests;
