//! Deadlines in working hours and hours of the clock, counted to the minute.

use super::{
    DeadlineError, DeadlineStart, DeadlineSum, DeadlineTerms, Line, LineKind, case::Pause, compute::MOST_DAYS,
    days::next,
};
use crate::calendar::{CalendarError, WorkCalendar, chinese_weekday, whole_minutes};
use jiff::{
    Span,
    civil::{Date, DateTime},
};

/// Counts office hours when there is a calendar, else hours of the clock.
pub(super) fn count(
    terms: &DeadlineTerms,
    calendar: Option<&WorkCalendar>,
    amount: u32,
    total: u32,
    sum: &mut DeadlineSum,
) -> Result<(), DeadlineError> {
    let (amount, total) = (amount * 60, total * 60);
    sum.total = total;
    let from = match terms.start {
        DeadlineStart::AtOnce => sum.begins,
        DeadlineStart::NextDay => next(sum.begins.date())?.at(0, 0, 0, 0),
    };
    let mut date = from.date();
    let mut end = from;
    while sum.counted < total {
        let (open, reason) = opening_times(terms, calendar, date)?;
        let pauses: Vec<&Pause> = sum.pauses.iter().filter(|pause| pause.covers(date)).collect();
        let mut counted = 0;
        for (opens, closes) in
            without_pauses(&open, &pauses).into_iter().map(|(opens, closes)| (opens.max(from), closes))
        {
            let left = total - sum.counted - counted;
            let take = whole_minutes(opens, closes).min(left);
            if take == 0 {
                continue;
            }
            let until = plus_minutes(opens, take)?;
            let before = sum.counted + counted;
            if total > amount && before < amount && before + take >= amount {
                sum.due_before_extension = Some(plus_minutes(opens, amount - before)?);
            }
            sum.spans.push((opens, until));
            (counted, end) = (counted + take, until);
        }
        sum.counted += counted;
        sum.lines.push(line(terms, date, counted, sum.counted, reason, &pauses, open.is_empty()));
        if sum.counted < total
            && let Some(open) = pauses.iter().find(|pause| pause.to.is_none())
        {
            sum.paused_since = Some(open.from);
            return Ok(());
        }
        if sum.lines.len() > MOST_DAYS * 2 {
            return Err(DeadlineError::TooLong);
        }
        date = next(date)?;
    }
    sum.due = Some(end);
    Ok(())
}

fn line(
    terms: &DeadlineTerms,
    date: Date,
    counted: u32,
    so_far: u32,
    reason: String,
    pauses: &[&Pause],
    closed: bool,
) -> Line {
    let paused: Vec<&str> = pauses.iter().map(|pause| pause.reason.as_str()).collect();
    let mut reason = reason;
    if counted > 0 {
        let text = |minutes| terms.counting.small_amount_in_chinese(minutes);
        reason.push_str(&format!("，计{}，累计{}", text(counted), text(so_far)));
    }
    if !paused.is_empty() && !closed {
        reason.push_str(&format!("，暂停计算：{}", paused.join("、")));
    }
    let kind = match (counted, closed, paused.is_empty()) {
        (1.., _, _) => LineKind::Counted,
        (_, false, false) => LineKind::Paused,
        (_, false, true) => LineKind::Start,
        _ => LineKind::DayOff,
    };
    Line { date, kind, counted: (counted > 0).then_some(counted), reason }
}

type Spans = Vec<(DateTime, DateTime)>;

fn opening_times(
    terms: &DeadlineTerms,
    calendar: Option<&WorkCalendar>,
    date: Date,
) -> Result<(Spans, String), CalendarError> {
    let Some(calendar) = calendar else {
        let midnight = next(date)?.at(0, 0, 0, 0);
        return Ok((vec![(date.at(0, 0, 0, 0), midnight)], chinese_weekday(date.weekday()).to_owned()));
    };
    let day = calendar.day(date)?;
    let open = if day.workday { terms.office_hours.spans(date).collect() } else { Vec::new() };
    Ok((open, day.reason))
}

fn without_pauses(open: &[(DateTime, DateTime)], pauses: &[&Pause]) -> Spans {
    let mut left = open.to_vec();
    for pause in pauses {
        let end = pause.to.unwrap_or(DateTime::MAX);
        // A pause of whole days ends with the last second of its last day: counting goes on at midnight.
        let midnight = (end.hour(), end.minute()) == (23, 59);
        let end = if midnight { end.date().tomorrow().map_or(end, |day| day.at(0, 0, 0, 0)) } else { end };
        left = left
            .into_iter()
            .flat_map(|(opens, closes)| [(opens, closes.min(pause.from)), (opens.max(end), closes)])
            .filter(|(opens, closes)| opens < closes)
            .collect();
    }
    left
}

fn plus_minutes(at: DateTime, minutes: u32) -> Result<DateTime, CalendarError> {
    at.checked_add(Span::new().minutes(minutes)).map_err(|_| CalendarError::OutOfRange(at.date()))
}
