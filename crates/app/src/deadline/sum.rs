//! From a stored deadline to its sum by the calendar of its place.

use domain::{
    calendar::WorkCalendar,
    deadline::{DeadlineCase, DeadlineError, DeadlineSum, DeadlineTerms, compute},
    identifier::DivisionCode,
    time::beijing,
};
use jiff::{Timestamp, civil::DateTime};
use store::deadline::StoredDeadline;

use crate::{AppError, AppResult, calendar::Calendars};

/// What a calendar makes of a deadline: its due moment, and the sum or the reason why there is none.
pub(super) struct Reckoned {
    pub due_at: Option<Timestamp>,
    pub explanation: serde_json::Value,
    pub sum: Result<DeadlineSum, DeadlineError>,
}

/// Computes. An unknown year is an answer, too: there is no due moment until the year's notice is known.
///
/// # Errors
/// [`AppError::Invalid`] for what the terms do not allow (a second extension, overlapping pauses …).
pub(super) fn reckon(terms: &DeadlineTerms, case: &DeadlineCase, calendar: &WorkCalendar) -> AppResult<Reckoned> {
    let sum = compute(terms, case, calendar);
    let (due_at, explanation) = match &sum {
        Ok(sum) => (sum.due.and_then(instant), serde_json::to_value(sum).map_err(AppError::internal)?),
        Err(DeadlineError::Calendar(why)) => (None, serde_json::json!({ "unknown": why.to_string() })),
        Err(refusal) => return Err(AppError::invalid("deadline", format!("{refusal}。"))),
    };
    Ok(Reckoned { due_at, explanation, sum })
}

/// The calendar of the unit's place for these terms.
pub(super) fn calendar_for(
    calendars: &Calendars,
    division: Option<&DivisionCode>,
    terms: &DeadlineTerms,
) -> WorkCalendar {
    calendars.at(division, terms.local_days)
}

/// Puts the reckoning into the row.
pub(super) fn keep(deadline: &mut StoredDeadline, reckoned: Reckoned) {
    deadline.due_at = reckoned.due_at;
    deadline.explanation = reckoned.explanation;
}

/// Beijing time of an instant.
pub(super) fn civil(at: Timestamp) -> DateTime {
    at.to_zoned(beijing()).datetime()
}

/// The instant of a Beijing time.
pub(super) fn instant(at: DateTime) -> Option<Timestamp> {
    at.to_zoned(beijing()).ok().map(|zoned| zoned.timestamp())
}
