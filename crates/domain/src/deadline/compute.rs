//! From terms and facts to the sum.

use super::{
    Counting, DeadlineCase, DeadlineError, DeadlineSum, DeadlineTerms, Line, LineKind, dates, days, error::moment,
    hours,
};
use crate::calendar::WorkCalendar;

/// More days than this is a slip of the pen.
pub(super) const MOST_DAYS: usize = 10_000;

/// Adds up a deadline.
///
/// # Errors
/// [`DeadlineError`]: what the terms do not allow, and years the calendar does not know.
pub fn compute(
    terms: &DeadlineTerms,
    case: &DeadlineCase,
    calendar: &WorkCalendar,
) -> Result<DeadlineSum, DeadlineError> {
    check(terms, case)?;
    let extension = case.extensions.first();
    let extended = extension.map_or(0, |extension| extension.amount);
    let mut length = terms.length();
    if extended > 0 {
        length = format!("{length}，延长{}", terms.counting.amount_in_chinese(extended));
    }
    let mut sum = DeadlineSum {
        name: terms.name.clone(),
        citation: terms.citation.clone(),
        length,
        received: case.received,
        begins: case.begins(),
        due: None,
        due_before_extension: None,
        sense: terms.sense,
        total: 0,
        counted: 0,
        paused_since: None,
        lines: Vec::new(),
        remarks: Vec::new(),
        counting: terms.counting,
        warn_share: terms.warn_share,
        pauses: case.pauses_in_order().into_iter().cloned().collect(),
        spans: Vec::new(),
    };
    start_lines(terms, case, &mut sum);
    let amount = terms.counting.amount();
    let total =
        amount.checked_add(extended).filter(|total| *total as usize <= MOST_DAYS).ok_or(DeadlineError::TooLong)?;
    match terms.counting {
        Counting::WorkingDays { .. } => days::count(terms, calendar, amount, total, true, &mut sum)?,
        Counting::NaturalDays { .. } => days::count(terms, calendar, amount, total, false, &mut sum)?,
        Counting::WorkingHours { .. } => hours::count(terms, Some(calendar), amount, total, &mut sum)?,
        Counting::NaturalHours { .. } => hours::count(terms, None, amount, total, &mut sum)?,
        Counting::Months { .. } => dates::months(terms, calendar, amount, total, &mut sum)?,
        Counting::Years { .. } => dates::months(terms, calendar, amount * 12, total * 12, &mut sum)?,
        Counting::YearlyDate { month, day } => dates::yearly(terms, calendar, month, day, &mut sum)?,
        Counting::PeriodEnd { period } => dates::period_end(terms, calendar, period, &mut sum)?,
    }
    remarks(terms, case, calendar, &mut sum);
    Ok(sum)
}

fn check(terms: &DeadlineTerms, case: &DeadlineCase) -> Result<(), DeadlineError> {
    let name = || terms.name.clone();
    if !case.pauses.is_empty() && !terms.pausable {
        return Err(DeadlineError::PauseNotAllowed(name()));
    }
    let mut last_end = None;
    for pause in case.pauses_in_order() {
        if let Some(to) = pause.to.filter(|to| *to < pause.from) {
            return Err(DeadlineError::PauseEndsBeforeItBegins { from: pause.from, to });
        }
        match last_end {
            Some(None) => return Err(DeadlineError::PausesOverlap(pause.from)),
            Some(Some(end)) if pause.from < end => return Err(DeadlineError::PausesOverlap(pause.from)),
            _ => last_end = Some(pause.to),
        }
    }
    for restart in &case.restarts {
        if !terms.restartable {
            return Err(DeadlineError::RestartNotAllowed(name()));
        }
        if restart.at < case.received {
            return Err(DeadlineError::RestartBeforeStart { at: restart.at, received: case.received });
        }
    }
    match (case.extensions.as_slice(), terms.extension) {
        ([], _) => Ok(()),
        (_, None) => Err(DeadlineError::NotExtendable(name())),
        ([_, _, ..], _) => Err(DeadlineError::SecondExtension(name())),
        ([one], _) if one.amount == 0 => Err(DeadlineError::EmptyExtension),
        ([one], Some(allowed)) if one.amount > allowed => {
            Err(DeadlineError::ExtensionTooLong { counting: terms.counting, asked: one.amount, allowed })
        }
        _ => Ok(()),
    }
}

fn start_lines(terms: &DeadlineTerms, case: &DeadlineCase, sum: &mut DeadlineSum) {
    let line = |date, reason| Line { date, kind: LineKind::Start, counted: None, reason };
    let begins = terms.beginning_in_chinese();
    let mut restarts: Vec<_> = case.restarts.iter().collect();
    restarts.sort_by_key(|restart| restart.at);
    let (last, earlier) = restarts.split_last().map_or((None, [].as_slice()), |(last, earlier)| (Some(last), earlier));
    let first = if last.is_some() { "" } else { begins };
    sum.lines.push(line(case.received.date(), format!("{}{}{first}", terms.event, time_of(case.received))));
    for restart in earlier {
        sum.lines.push(line(restart.at.date(), format!("{}，此前的时间不计", restart.reason)));
    }
    if let Some(restart) = last {
        sum.lines.push(line(restart.at.date(), format!("{}，此前的时间不计，期限重新起算{begins}", restart.reason)));
    }
}

fn remarks(terms: &DeadlineTerms, case: &DeadlineCase, calendar: &WorkCalendar, sum: &mut DeadlineSum) {
    for extension in &case.extensions {
        let amount = terms.counting.amount_in_chinese(extension.amount);
        let (at, by) = (moment(extension.approved_at), &extension.approved_by);
        sum.remarks.push(format!("{at}经{by}批准延长{amount}：{}", extension.reason));
        if let Some(before) = sum.due_before_extension.filter(|before| extension.approved_at > *before) {
            sum.remarks.push(format!("批准延长时，原期限已于{}届满，请核对", moment(before)));
        }
    }
    let due = sum.due.map_or(jiff::civil::DateTime::MAX, |due| due);
    for pause in &sum.pauses {
        let before = pause.to.is_some_and(|to| to < sum.begins);
        if before || pause.from > due {
            let place = if before { "起算之前" } else { "到期之后" };
            sum.remarks.push(format!("从{}开始的暂停（{}）在{place}，不影响期限", moment(pause.from), pause.reason));
        }
    }
    if let Some(since) = sum.paused_since {
        let left = sum.left_after_pause().unwrap_or_default();
        sum.remarks
            .push(format!("自{}起暂停计算，尚未结束，到期日在暂停结束后才能确定；届时还剩{left}", moment(since)));
    }
    if let Some(year) = sum.due.and_then(|due| uncertain(terms, calendar, due)) {
        sum.remarks.push(format!("{year}年节假日安排公布后，到期日可能调整"));
    }
    if terms.to_be_confirmed {
        sum.remarks.push("本期限的数值尚待与原文核对".to_owned());
    }
}

/// The year whose notice may still move a working day on the way.
fn uncertain(terms: &DeadlineTerms, calendar: &WorkCalendar, due: jiff::civil::DateTime) -> Option<i16> {
    let asks_calendar = matches!(terms.counting, Counting::WorkingDays { .. } | Counting::WorkingHours { .. })
        || terms.end_on_day_off == super::EndOnDayOff::NextWorkday;
    if !asks_calendar {
        return None;
    }
    calendar.provisional(due.date())
}

/// `（16:30）`; nothing when only the day is known.
fn time_of(at: jiff::civil::DateTime) -> String {
    if (at.hour(), at.minute()) == (0, 0) {
        String::new()
    } else {
        format!("（{:02}:{:02}）", at.hour(), at.minute())
    }
}
