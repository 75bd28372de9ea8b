//! Deadlines that are not counted day by day: months, yearly dates, ends of periods.

use super::{
    Counting, DeadlineError, DeadlineStart, DeadlineSum, DeadlineTerms, EndOnDayOff, Line, LineKind, Period,
    case::{Pause, end_of_day},
    days::{move_off_day_off, next},
};
use crate::calendar::{CalendarError, WorkCalendar, chinese_date, chinese_weekday};
use jiff::{Span, civil::Date};

/// `amount` months, `total` with the extension. Paused days are added at the end.
pub(super) fn months(
    terms: &DeadlineTerms,
    calendar: &WorkCalendar,
    amount: u32,
    total: u32,
    sum: &mut DeadlineSum,
) -> Result<(), DeadlineError> {
    let start = sum.begins.date();
    let first = if terms.start == DeadlineStart::NextDay { next(start)? } else { start };
    let end = |months: u32| start.checked_add(Span::new().months(months)).map_err(|_| CalendarError::OutOfRange(start));
    let mut due = end(total)?;
    sum.total = days_between(start, due);
    if total > amount {
        sum.due_before_extension = Some(end_of_day(end(amount)?));
    }
    for pause in sum.pauses.clone() {
        let begins = pause.from.date().max(first);
        if begins > due {
            break;
        }
        let Some(to) = pause.to else {
            sum.lines.push(paused(begins, &pause, "（尚未结束）"));
            sum.counted = sum.total - days_between(begins, next(due)?).min(sum.total);
            sum.paused_since = Some(pause.from);
            return Ok(());
        };
        if to.date() >= begins {
            let days = days_between(begins, to.date()) + 1;
            sum.lines.push(paused(begins, &pause, &format!("，至{}共{days}日不计", chinese_date(to.date()))));
            due = due.checked_add(Span::new().days(days)).map_err(|_| CalendarError::OutOfRange(due))?;
        }
    }
    sum.counted = sum.total;
    let words = |months: u32| match terms.counting {
        Counting::Years { .. } => terms.counting.amount_in_chinese(months / 12),
        counting => counting.amount_in_chinese(months),
    };
    finish(terms, calendar, due, format!("{}届满", words(total)), sum)
}

/// The first such date on or after the start; 29 February is the 28th in ordinary years.
pub(super) fn yearly(
    terms: &DeadlineTerms,
    calendar: &WorkCalendar,
    month: i8,
    day: i8,
    sum: &mut DeadlineSum,
) -> Result<(), DeadlineError> {
    let start = sum.begins.date();
    let in_year =
        |year: i16| Date::new(year, month, day).or_else(|_| Date::new(year, month, 1).map(Date::last_of_month));
    let this = in_year(start.year()).map_err(|_| CalendarError::OutOfRange(start))?;
    let due = if this >= start {
        this
    } else {
        start.year().checked_add(1).and_then(|year| in_year(year).ok()).ok_or(CalendarError::OutOfRange(start))?
    };
    sum.total = days_between(start, due);
    sum.counted = sum.total;
    finish(terms, calendar, due, terms.length(), sum)
}

/// The last day of the period in which the start lies.
pub(super) fn period_end(
    terms: &DeadlineTerms,
    calendar: &WorkCalendar,
    period: Period,
    sum: &mut DeadlineSum,
) -> Result<(), DeadlineError> {
    let start = sum.begins.date();
    let months = match period {
        Period::Day => 0,
        Period::Month => 1,
        Period::Quarter => 3,
        Period::HalfYear => 6,
        Period::Year => 12,
    };
    let due = if months == 0 {
        start
    } else {
        let last_month = (start.month() - 1) / months * months + months;
        Date::new(start.year(), last_month, 1).map_err(|_| CalendarError::OutOfRange(start))?.last_of_month()
    };
    sum.total = days_between(start, due);
    sum.counted = sum.total;
    finish(terms, calendar, due, format!("本{}最后一日", period.chinese()), sum)
}

fn finish(
    terms: &DeadlineTerms,
    calendar: &WorkCalendar,
    due: Date,
    reason: String,
    sum: &mut DeadlineSum,
) -> Result<(), DeadlineError> {
    let moves = terms.end_on_day_off == EndOnDayOff::NextWorkday && !calendar.is_workday(due)?;
    if !moves {
        let reason = format!("{}，{reason}", chinese_weekday(due.weekday()));
        sum.lines.push(Line { date: due, kind: LineKind::Due, counted: None, reason });
    }
    sum.due = Some(end_of_day(move_off_day_off(terms, calendar, due, sum)?));
    Ok(())
}

fn paused(date: Date, pause: &Pause, rest: &str) -> Line {
    Line { date, kind: LineKind::Paused, counted: None, reason: format!("暂停计算：{}{rest}", pause.reason) }
}

/// Days from one date to a later one; zero when it is not later.
pub(super) fn days_between(from: Date, to: Date) -> u32 {
    to.since(from).map_or(0, |span| u32::try_from(span.get_days()).unwrap_or(0))
}
