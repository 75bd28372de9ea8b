//! Reads the report's tables; a bad file is refused with file, line and reason, all problems at once.

use std::sync::LazyLock;

use serde::Serialize;
use toml::Spanned;

use super::{
    Chapter, Each, ReplyKind, ReplyRow, Table, TableEquation,
    file::{EquationTable, ReportFile, TableTable},
};
use crate::{
    form::{Equation, FormHeader, load::read_header},
    rule::{
        PackProblem,
        pack::{located, read_toml},
    },
};

/// File name and text of the form that ships.
pub const FORM: (&str, &str) =
    ("disclosure-report.toml", include_str!("../../../../rules/forms/disclosure-report.toml"));

/// Key of the table in which replies are counted.
pub const REQUESTS: &str = "requests";

/// The yearly report: tables, chapters, and the rows of replies.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DisclosureReport {
    /// Source, version, deadlines.
    pub header: FormHeader,
    /// Chapters of the text.
    pub chapters: Vec<Chapter>,
    /// The tables.
    pub tables: Vec<Table>,
    /// The row of each kind of reply.
    pub replies: Vec<ReplyRow>,
}

static SHIPPED: LazyLock<DisclosureReport> =
    LazyLock::new(|| DisclosureReport::parse(FORM.0, FORM.1).expect("the form that ships is good: a test reads it"));

/// The report as it ships.
pub fn shipped() -> &'static DisclosureReport {
    &SHIPPED
}

type Problems = Vec<(usize, String)>;

impl DisclosureReport {
    /// Reads the report's form.
    ///
    /// # Errors
    /// Every problem with its line, except that a file which is no TOML has only that one.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<PackProblem>> {
        let parsed: ReportFile = read_toml(file, text)?;
        let mut problems = Problems::new();
        let header = read_header(parsed.form, parsed.deadlines, &mut problems);
        let mut tables: Vec<Table> = Vec::new();
        for table in parsed.tables {
            let at = table.span().start;
            let table = read_table(table.into_inner(), &mut problems);
            if tables.iter().any(|other| other.key == table.key) {
                problems.push((at, format!("表“{}”写了两次。", table.key)));
            }
            tables.push(table);
        }
        let replies = read_replies(&tables, parsed.replies, text.len(), &mut problems);
        if problems.is_empty() {
            Ok(Self { header, chapters: parsed.chapters, tables, replies })
        } else {
            Err(located(file, text, problems))
        }
    }

    /// The table with this key.
    pub fn table(&self, key: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.key.as_str() == key)
    }
}

fn read_table(parsed: TableTable, problems: &mut Problems) -> Table {
    let mut table = Table {
        key: parsed.key,
        title: parsed.title,
        unit: parsed.unit,
        decimal: parsed.decimal,
        columns: Vec::new(),
        rows: Vec::new(),
        equations: Vec::new(),
    };
    for column in parsed.columns {
        if table.column(column.get_ref().key.as_str()).is_some() {
            problems.push((column.span().start, format!("列“{}”写了两次。", column.get_ref().key)));
        }
        table.columns.push(column.into_inner());
    }
    for row in parsed.rows {
        if table.row(row.get_ref().key.as_str()).is_some() {
            problems.push((row.span().start, format!("行“{}”写了两次。", row.get_ref().key)));
        }
        table.rows.push(row.into_inner());
    }
    for equation in parsed.equations {
        read_equation(&mut table, equation, problems);
    }
    table
}

fn read_equation(table: &mut Table, parsed: EquationTable, problems: &mut Problems) {
    let at = parsed.rule.span().start;
    let rule = match Equation::parse(parsed.rule.get_ref()) {
        Ok(rule) => rule,
        Err(reason) => {
            problems.push((at, reason));
            return;
        }
    };
    for reference in rule.references() {
        let known = match parsed.each {
            Each::Row => table.column(reference.key.as_str()).is_some(),
            Each::Column => table.row(reference.key.as_str()).is_some(),
        };
        if !known {
            let kind = if parsed.each == Each::Row { "列" } else { "行" };
            problems.push((at, format!("等式里的“{}”不是这张表的{kind}。", reference.key)));
        }
    }
    table.equations.push(TableEquation { each: parsed.each, rule, mark: parsed.mark, doubtful: parsed.doubtful });
}

fn read_replies(
    tables: &[Table],
    parsed: Vec<Spanned<ReplyRow>>,
    end: usize,
    problems: &mut Problems,
) -> Vec<ReplyRow> {
    let requests = tables.iter().find(|table| table.key.as_str() == REQUESTS);
    let mut replies: Vec<ReplyRow> = Vec::new();
    for reply in parsed {
        let at = reply.span().start;
        let reply = reply.into_inner();
        if replies.iter().any(|other| other.kind == reply.kind) {
            problems.push((at, format!("答复类型“{}”写了两次。", reply.kind.chinese())));
        }
        let row = requests.and_then(|table| table.row(reply.row.as_str()));
        if row.is_none_or(|row| row.heading) {
            problems.push((at, format!("答复类型归入的行“{}”不存在，或是上级标题行。", reply.row)));
        }
        replies.push(reply);
    }
    for kind in ReplyKind::ALL {
        if !replies.iter().any(|reply| reply.kind == kind) {
            problems.push((end, format!("没有写答复类型“{}”归入哪一行。", kind.chinese())));
        }
    }
    replies
}

#[cfg(test)]
mod tests;
