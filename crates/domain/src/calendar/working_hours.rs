//! Counting working hours: across lunch, nights, days off and made-up working days, in Beijing time.

use super::{CalendarError, Day, OfficeHours, WorkCalendar};
use jiff::{SpanRound, Unit, civil::DateTime};
use serde::Serialize;

/// One day passed while counting working hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WorkingHoursDay {
    /// The day and why it has office hours or not.
    #[serde(flatten)]
    pub day: Day,
    /// Working minutes counted on it.
    pub minutes: u32,
}

impl WorkCalendar {
    /// The moment when `minutes` of office time have passed after `from`. Outside office hours counting waits for the
    /// next opening; when the time runs out exactly at closing, that closing is the answer. Zero gives `from` itself.
    ///
    /// # Errors
    /// [`CalendarError::UnknownYear`] as soon as a day of an unknown year is met.
    pub fn add_working_minutes(
        &self,
        hours: &OfficeHours,
        from: DateTime,
        minutes: u32,
    ) -> Result<DateTime, CalendarError> {
        Ok(self.add_working_minutes_step_by_step(hours, from, minutes)?.0)
    }

    /// The same, with the minutes counted on every day passed.
    ///
    /// # Errors
    /// As [`Self::add_working_minutes`].
    pub fn add_working_minutes_step_by_step(
        &self,
        hours: &OfficeHours,
        from: DateTime,
        minutes: u32,
    ) -> Result<(DateTime, Vec<WorkingHoursDay>), CalendarError> {
        let (mut left, mut date, mut end, mut days) = (minutes, from.date(), from, Vec::new());
        while left > 0 {
            let day = self.day(date)?;
            let mut counted = 0;
            let spans = day.workday.then(|| hours.spans(date)).into_iter().flatten();
            for (opens, closes) in spans {
                let opens = opens.max(from);
                let take = whole_minutes(opens, closes).min(left - counted);
                if take > 0 {
                    counted += take;
                    end = opens
                        .checked_add(jiff::Span::new().minutes(take))
                        .map_err(|_| CalendarError::OutOfRange(date))?;
                }
            }
            left -= counted;
            days.push(WorkingHoursDay { day, minutes: counted });
            date = date.tomorrow().map_err(|_| CalendarError::OutOfRange(date))?;
        }
        Ok((end, days))
    }

    /// Minutes of office time after `from` up to `to`; zero when `to` is not later.
    ///
    /// # Errors
    /// [`CalendarError::UnknownYear`] when a day between is of an unknown year.
    pub fn working_minutes_between(
        &self,
        hours: &OfficeHours,
        from: DateTime,
        to: DateTime,
    ) -> Result<u32, CalendarError> {
        let (mut sum, mut date) = (0, from.date());
        while date <= to.date() {
            if self.is_workday(date)? {
                sum += hours
                    .spans(date)
                    .map(|(opens, closes)| whole_minutes(opens.max(from), closes.min(to)))
                    .sum::<u32>();
            }
            date = date.tomorrow().map_err(|_| CalendarError::OutOfRange(date))?;
        }
        Ok(sum)
    }
}

/// Whole minutes from one moment to a later one; zero when it is not later.
pub(crate) fn whole_minutes(from: DateTime, to: DateTime) -> u32 {
    // Civil date-times have days of 24 hours, so the difference in minutes needs no reference.
    let span = to.since(from).and_then(|span| span.round(SpanRound::new().largest(Unit::Minute).days_are_24_hours()));
    span.map_or(0, |span| u32::try_from(span.get_minutes()).unwrap_or(0))
}
