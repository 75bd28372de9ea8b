//! What does not add up, and filling in what follows from the rest.

use serde::Serialize;

use super::{Cells, Each, Table, TableCells, TableEquation};
use crate::{
    form::{
        Key, Reference, Relation, Severity,
        expression::{Operand, Term, show},
    },
    rule::Quantity,
};

/// A cell or an equation that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableProblem {
    /// The table.
    pub table: Key,
    /// The cells concerned: row and column.
    pub cells: Vec<(Key, Key)>,
    /// Plain Chinese with row, column and numbers.
    pub message: String,
    /// Whether it stands in the way.
    pub severity: Severity,
}

/// All problems of the filled tables. `last_year` are the tables of the year before, as far as they are known; equations
/// that need them are left out without them.
pub fn check(tables: &[Table], cells: &Cells, last_year: Option<&Cells>) -> Vec<TableProblem> {
    let empty = TableCells::default();
    let mut problems: Vec<TableProblem> = cells
        .keys()
        .filter(|key| !tables.iter().any(|table| table.key == **key))
        .map(|key| wrong(key, Vec::new(), format!("报告没有“{key}”这张表，请核对。")))
        .collect();
    for table in tables {
        let own = cells.get(&table.key).unwrap_or(&empty);
        let former = last_year.and_then(|cells| cells.get(&table.key)).unwrap_or(&empty);
        check_cells(table, own, &mut problems);
        for equation in &table.equations {
            for line in lines(table, equation.each) {
                problems.extend(violated(table, equation, line, own, former));
            }
        }
    }
    problems
}

/// Fills in every empty cell that an equation `single = sum` determines, e.g. totals. Filled cells stay as they are.
pub fn complete(table: &Table, cells: &mut TableCells) {
    // Each round fills at least one cell or is the last.
    loop {
        let mut found: Vec<(Key, Key, Quantity)> = Vec::new();
        for equation in table.equations.iter().filter(|equation| !equation.rule.reads_last_year()) {
            for line in lines(table, equation.each) {
                let value = |reference: &Reference| cell(equation.each, line, &reference.key, cells);
                if let Some((single, number)) = equation.rule.solved(value) {
                    let (row, column) = place(equation.each, line, single);
                    if cells.get(&row, &column).is_none() {
                        found.push((row, column, number));
                    }
                }
            }
        }
        if found.is_empty() {
            return;
        }
        for (row, column, number) in found {
            cells.set(row, column, number);
        }
    }
}

fn wrong(table: &Key, cells: Vec<(Key, Key)>, message: String) -> TableProblem {
    TableProblem { table: table.clone(), cells, message, severity: Severity::Wrong }
}

/// Every cell is filled, known, and a number of the table's kind.
fn check_cells(table: &Table, cells: &TableCells, problems: &mut Vec<TableProblem>) {
    for (row, column, number) in cells.iter() {
        let known = table.row(row.as_str()).zip(table.column(column.as_str()));
        let Some((known_row, known_column)) = known else {
            let message = format!("{}没有“{row}”行“{column}”列，请核对。", table.title);
            problems.push(wrong(&table.key, vec![(row.clone(), column.clone())], message));
            continue;
        };
        if number < Quantity::ZERO || (!table.decimal && number.as_whole().is_none()) {
            let kind = if table.decimal { "非负数" } else { "非负整数" };
            let message =
                format!("{}“{}”行“{}”列应填{kind}，现在是{number}。", table.title, known_row.name, known_column.name);
            problems.push(wrong(&table.key, vec![(row.clone(), column.clone())], message));
        }
    }
    for row in table.rows.iter().filter(|row| !row.heading) {
        for column in table.columns.iter().filter(|column| cells.get(&row.key, &column.key).is_none()) {
            let message = format!("{}“{}”行“{}”列没有填写，没有的填0。", table.title, row.name, column.name);
            problems.push(wrong(&table.key, vec![(row.key.clone(), column.key.clone())], message));
        }
    }
}

/// The rows or columns along which an equation runs.
fn lines(table: &Table, each: Each) -> Vec<&Key> {
    match each {
        Each::Row => table.rows.iter().map(|row| &row.key).collect(),
        Each::Column => table.columns.iter().map(|column| &column.key).collect(),
    }
}

fn place(each: Each, line: &Key, key: &Key) -> (Key, Key) {
    match each {
        Each::Row => (line.clone(), key.clone()),
        Each::Column => (key.clone(), line.clone()),
    }
}

fn cell(each: Each, line: &Key, key: &Key, cells: &TableCells) -> Option<Quantity> {
    match each {
        Each::Row => cells.get(line, key),
        Each::Column => cells.get(key, line),
    }
}

fn violated(
    table: &Table,
    equation: &TableEquation,
    line: &Key,
    own: &TableCells,
    former: &TableCells,
) -> Option<TableProblem> {
    let each = equation.each;
    let value =
        |reference: &Reference| cell(each, line, &reference.key, if reference.last_year { former } else { own });
    let (left, right) = equation.rule.sides(value).filter(|_| equation.rule.holds(value) == Some(false))?;
    let line_name = match each {
        Each::Row => table.row(line.as_str()).map(|row| format!("“{}”行", row.name)),
        Each::Column => table.column(line.as_str()).map(|column| format!("“{}”列", column.name)),
    };
    let told = |terms: &[Term], sum: i128| tell(table, each, terms, sum, value);
    let relation = match equation.rule.relation {
        Relation::Equal => "应当相等",
        Relation::AtMost => "前者不应大于后者",
        Relation::AtLeast => "前者不应小于后者",
    };
    let message = format!(
        "{}{}：{}；{}；{relation}，请核对。",
        table.title,
        line_name.unwrap_or_default(),
        told(&equation.rule.left, left),
        told(&equation.rule.right, right)
    );
    let cells = equation
        .rule
        .references()
        .filter(|reference| !reference.last_year)
        .map(|reference| place(each, line, &reference.key))
        .collect();
    let severity = if equation.doubtful { Severity::Doubtful } else { Severity::Wrong };
    Some(TableProblem { table: table.key.clone(), cells, message, severity })
}

/// One side in words: every summand with its number, and the sum where there is more than one.
fn tell(
    table: &Table,
    each: Each,
    terms: &[Term],
    sum: i128,
    value: impl Fn(&Reference) -> Option<Quantity>,
) -> String {
    let mut text = String::new();
    for (index, term) in terms.iter().enumerate() {
        if term.minus {
            text.push('－');
        } else if index > 0 {
            text.push('＋');
        }
        match &term.operand {
            Operand::Number(number) => text.push_str(&number.to_string()),
            Operand::Reference(reference) => {
                let year = if reference.last_year { "上年" } else { "" };
                let number = value(reference).map(|number| number.to_string()).unwrap_or_default();
                text.push_str(&format!("{year}“{}”{number}", table.name_of(each, &reference.key)));
            }
        }
    }
    if terms.len() > 1 {
        text.push_str(&format!("＝{}", show(sum)));
    }
    text
}
