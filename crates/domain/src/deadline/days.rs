//! Deadlines in working days and natural days.

use super::{
    DeadlineError, DeadlineStart, DeadlineSum, DeadlineTerms, EndOnDayOff, Line, LineKind, case::end_of_day,
    compute::MOST_DAYS,
};
use crate::calendar::{CalendarError, WorkCalendar, chinese_weekday};
use jiff::civil::Date;

pub(super) fn count(
    terms: &DeadlineTerms,
    calendar: &WorkCalendar,
    amount: u32,
    total: u32,
    working: bool,
    sum: &mut DeadlineSum,
) -> Result<(), DeadlineError> {
    sum.total = total;
    let mut date = sum.begins.date();
    let mut counts = terms.start == DeadlineStart::AtOnce;
    let mut last = date;
    while sum.counted < total {
        if !counts {
            date = next(date)?;
        }
        counts = false;
        if let Some(pause) = sum.pauses.iter().find(|pause| pause.covers(date)) {
            if pause.to.is_none() {
                sum.paused_since = Some(pause.from);
                sum.lines.push(Line {
                    date,
                    kind: LineKind::Paused,
                    counted: None,
                    reason: format!("暂停计算：{}（尚未结束）", pause.reason),
                });
                return Ok(());
            }
            sum.lines.push(Line {
                date,
                kind: LineKind::Paused,
                counted: None,
                reason: format!("暂停计算：{}", pause.reason),
            });
        } else {
            let (works, reason) = if working {
                let day = calendar.day(date)?;
                (day.workday, day.reason)
            } else {
                (true, chinese_weekday(date.weekday()).to_owned())
            };
            sum.counted += u32::from(works);
            let extended = if works && sum.counted > amount { "，延长期" } else { "" };
            sum.lines.push(Line {
                date,
                kind: if works { LineKind::Counted } else { LineKind::DayOff },
                counted: works.then_some(sum.counted),
                reason: reason + extended,
            });
            last = date;
            if works && sum.counted == amount && total > amount {
                sum.due_before_extension = Some(end_of_day(date));
            }
        }
        if sum.lines.len() > MOST_DAYS * 2 {
            return Err(DeadlineError::TooLong);
        }
    }
    sum.due = Some(end_of_day(move_off_day_off(terms, calendar, last, sum)?));
    Ok(())
}

/// The last day, or the working day to which it moves.
pub(super) fn move_off_day_off(
    terms: &DeadlineTerms,
    calendar: &WorkCalendar,
    last: Date,
    sum: &mut DeadlineSum,
) -> Result<Date, DeadlineError> {
    let mut date = last;
    if terms.end_on_day_off == EndOnDayOff::Stay {
        return Ok(date);
    }
    let mut day = calendar.day(date)?;
    while !day.workday {
        let reason = format!("{}，最后一日不是工作日，顺延", day.reason);
        sum.lines.push(Line { date, kind: LineKind::Moved, counted: None, reason });
        date = next(date)?;
        day = calendar.day(date)?;
    }
    if date != last {
        sum.lines.push(Line {
            date,
            kind: LineKind::Due,
            counted: None,
            reason: format!("{}，顺延至此日", day.reason),
        });
    }
    Ok(date)
}

pub(super) fn next(date: Date) -> Result<Date, CalendarError> {
    date.tomorrow().map_err(|_| CalendarError::OutOfRange(date))
}
