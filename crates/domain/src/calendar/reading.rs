//! Reading what people upload for a new year: the notice as published, a table, or JSON.

use super::{YearArrangement, json, notice, table};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What was read: never more than the text says. Adopt it only when [`ReadArrangement::is_sound`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadArrangement {
    /// The days understood; absent when not even the year could be told.
    pub arrangement: Option<YearArrangement>,
    /// What does not fit or was not understood, in the order of the text.
    pub problems: Vec<ArrangementProblem>,
}

/// One thing wrong, or worth a look, in an uploaded arrangement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArrangementProblem {
    /// Line of the uploaded text, from 1.
    pub line: Option<usize>,
    /// The date it is about, when it is about one.
    pub date: Option<Date>,
    /// Whether it forbids adopting the arrangement. `false`: only to be looked at by the two people.
    pub serious: bool,
    /// Plain Chinese: what is wrong and what to do.
    pub message: String,
}

impl ArrangementProblem {
    /// A problem of a place in the text.
    pub fn of_line(line: usize, message: impl Into<String>) -> Self {
        Self { line: Some(line), date: None, serious: true, message: message.into() }
    }

    /// A problem of a date.
    pub fn of_date(date: Date, message: impl Into<String>) -> Self {
        Self { line: None, date: Some(date), serious: true, message: message.into() }
    }

    /// A problem of the whole text.
    pub fn of_text(message: impl Into<String>) -> Self {
        Self { line: None, date: None, serious: true, message: message.into() }
    }

    /// The same, only as a remark.
    #[must_use]
    pub fn as_remark(mut self) -> Self {
        self.serious = false;
        self
    }

    /// `第3行：……`, or the message alone.
    pub fn sentence(&self) -> String {
        self.line.map_or_else(|| self.message.clone(), |line| format!("第{line}行：{}", self.message))
    }
}

impl ReadArrangement {
    /// Whether there is an arrangement and nothing forbids adopting it.
    pub fn is_sound(&self) -> bool {
        self.arrangement.is_some() && self.problems.iter().all(|problem| !problem.serious)
    }

    pub(super) fn refused(problem: ArrangementProblem) -> Self {
        Self { arrangement: None, problems: vec![problem] }
    }

    /// Sorts the days, adds the contradictions between them and tells each the line where its date was read.
    pub(super) fn finish(
        mut arrangement: YearArrangement,
        mut problems: Vec<ArrangementProblem>,
        lines: &BTreeMap<Date, usize>,
    ) -> Self {
        for holiday in &mut arrangement.holidays {
            for dates in [&mut holiday.off, &mut holiday.work] {
                dates.sort_unstable();
                dates.dedup();
            }
        }
        if arrangement.days().next().is_none() {
            problems.push(ArrangementProblem::of_text(
                "没有读到任何放假或者上班的日期：请粘贴通知全文，或者按“日期,类型,名称”逐行填写",
            ));
        }
        for mut problem in arrangement.contradictions() {
            problem.line = problem.date.and_then(|date| lines.get(&date).copied());
            problems.push(problem);
        }
        problems.sort_by_key(|problem| problem.line.unwrap_or(usize::MAX));
        Self { arrangement: Some(arrangement), problems }
    }
}

/// Reads `text` in whichever of the three forms it is. `year`, when given, must be the year the text is about.
pub fn read_arrangement(text: &str, year: Option<i16>) -> ReadArrangement {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{') {
        json::read(text, year)
    } else if table::looks_like_a_table(text) {
        table::read(text, year)
    } else {
        notice::read_notice(text, year)
    }
}

/// The problem that the text is about another year than the one asked for.
pub(super) fn other_year(found: i16, asked: i16) -> ArrangementProblem {
    ArrangementProblem::of_text(format!("文中是{found}年的安排，要录入的是{asked}年：请核对年份"))
}
