//! 预览: what a pasted notice, a table or a file says, before anybody submits it.

use domain::{
    actor::Actor,
    calendar::{ArrangementProblem, WorkCalendar, YearArrangement, chinese_weekday, read_arrangement},
    problem::FieldProblem,
};
use jiff::civil::Date;
use policy::{Action, Target};
use serde::{Deserialize, Serialize};

use super::work_calendar::Calendars;
use crate::{App, AppError, AppResult, authorise};

/// A notice and a remark are far shorter; a file beyond this is none.
const LONGEST_TEXT: usize = 200_000;

/// The form, as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ArrangementInput {
    /// The year; read from the text when blank.
    pub year: Option<String>,
    /// Address or 文号 of the notice.
    pub source: String,
    /// The notice, a table, or JSON.
    pub text: String,
    /// A later notice that changes single days of a year that is known already.
    #[serde(default)]
    pub supplement: bool,
}

/// What was read.
#[derive(Debug, Clone, Serialize)]
pub struct Preview {
    /// The arrangement as it would hold.
    pub arrangement: Option<YearArrangement>,
    /// Its year.
    pub year: Option<i16>,
    /// Every day off and every make-up day.
    pub days: Vec<DayRow>,
    /// What does not fit, with lines.
    pub problems: Vec<ProblemRow>,
    /// Nothing forbids submitting it.
    pub sound: bool,
    /// The year is known already: every day that would change.
    pub differences: Vec<String>,
    /// The year is known already.
    pub replaces: bool,
}

/// One arranged day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayRow {
    /// The day.
    pub date: Date,
    /// 星期一 …
    pub weekday: &'static str,
    /// Off, or worked.
    pub off: bool,
    /// Name of the holiday.
    pub name: String,
}

/// One problem as a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProblemRow {
    /// 第3行：……
    pub sentence: String,
    /// It forbids submitting.
    pub serious: bool,
}

/// Reads and compares; writes nothing.
///
/// # Errors
/// [`AppError::Forbidden`]; [`AppError::Invalid`] for a year that is no number and for nothing at all.
pub async fn preview(app: &App, actor: &Actor, input: &ArrangementInput) -> AppResult<Preview> {
    authorise::require(app, actor, Action::CalendarUpload, &Target::Platform)?;
    let calendars = Calendars::load(&app.store.read()).await?;
    read(input, calendars.years())
}

pub(super) fn read(input: &ArrangementInput, calendar: &WorkCalendar) -> AppResult<Preview> {
    let text = input.text.trim();
    if text.is_empty() {
        return Err(AppError::invalid("text", "请粘贴通知全文，或者上传文件。"));
    }
    if text.chars().count() > LONGEST_TEXT {
        return Err(AppError::invalid("text", "内容太长，不像是节假日安排的通知，请核对文件。"));
    }
    let year = match input.year.as_deref().map(str::trim).filter(|year| !year.is_empty()) {
        None => None,
        Some(typed) => match typed.parse::<i16>() {
            Ok(year) if (2007..=2100).contains(&year) => Some(year),
            _ => return Err(AppError::invalid("year", "请填写四位年份，例如 2027；不填则从文中读取。")),
        },
    };
    let read = read_arrangement(text, year);
    let known = read.arrangement.as_ref().and_then(|found| calendar.arrangement(found.year));
    let mut arrangement = read.arrangement.clone();
    let mut problems: Vec<ProblemRow> = read.problems.iter().map(problem_row).collect();
    if input.supplement {
        match (known, &read.arrangement) {
            (Some(known), Some(later)) => arrangement = Some(known.amended_by(later)),
            _ => problems.push(ProblemRow {
                sentence: "该年还没有安排，不能录入补充通知：请先录入全年的安排，或者不要勾选“补充通知”。".to_owned(),
                serious: true,
            }),
        }
    }
    let source = input.source.trim();
    if let Some(arrangement) = arrangement.as_mut()
        && !source.is_empty()
        && !arrangement.papers.iter().any(|paper| paper == source)
    {
        arrangement.papers.push(source.to_owned());
    }
    let differences = arrangement.as_ref().zip(known).map(|(new, old)| differences(old, new)).unwrap_or_default();
    Ok(Preview {
        year: arrangement.as_ref().map(|arrangement| arrangement.year),
        days: arrangement.as_ref().map(day_rows).unwrap_or_default(),
        sound: arrangement.is_some() && problems.iter().all(|problem| !problem.serious),
        replaces: known.is_some(),
        arrangement,
        problems,
        differences,
    })
}

fn problem_row(problem: &ArrangementProblem) -> ProblemRow {
    ProblemRow { sentence: format!("{}。", problem.sentence().trim_end_matches('。')), serious: problem.serious }
}

/// Problems as those of the field they were typed into.
pub(super) fn as_field_problems(preview: &Preview) -> Vec<FieldProblem> {
    let serious = preview.problems.iter().filter(|problem| problem.serious);
    serious.map(|problem| FieldProblem::new("text", problem.sentence.clone())).collect()
}

/// Every arranged day by date.
pub(super) fn day_rows(arrangement: &YearArrangement) -> Vec<DayRow> {
    let mut rows: Vec<DayRow> = arrangement
        .days()
        .map(|(date, off, holiday)| DayRow {
            date,
            weekday: chinese_weekday(date.weekday()),
            off,
            name: holiday.name.clone(),
        })
        .collect();
    rows.sort_by_key(|row| row.date);
    rows
}

fn differences(old: &YearArrangement, new: &YearArrangement) -> Vec<String> {
    let (old, new) = (day_rows(old), day_rows(new));
    let words = |row: Option<&DayRow>| match row {
        None => "没有安排".to_owned(),
        Some(row) if row.off => format!("{}放假", row.name),
        Some(row) => format!("{}调休上班", row.name),
    };
    let mut dates: Vec<Date> = old.iter().chain(&new).map(|row| row.date).collect();
    dates.sort_unstable();
    dates.dedup();
    let at = |rows: &'_ [DayRow], date: Date| rows.iter().find(|row| row.date == date).cloned();
    dates
        .into_iter()
        .filter_map(|date| {
            let (before, after) = (at(&old, date), at(&new, date));
            let moved = before.as_ref().map(|row| row.off) != after.as_ref().map(|row| row.off);
            let weekday = chinese_weekday(date.weekday());
            moved.then(|| format!("{date}（{weekday}）：原为{}，改为{}", words(before.as_ref()), words(after.as_ref())))
        })
        .collect()
}
