//! The table form: one day a line, `日期,类型,名称` with 类型 放假 or 上班, separated by commas or tabs.

use super::{ArrangementProblem, ReadArrangement, YearArrangement, reading::other_year};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Whether most lines begin with a cell that is a date.
pub(super) fn looks_like_a_table(text: &str) -> bool {
    let (mut lines, mut dated) = (0_usize, 0_usize);
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        lines += 1;
        let cells = cells(line);
        dated += usize::from(cells.len() >= 2 && date(cells[0]).is_some());
    }
    dated > 0 && dated * 2 >= lines
}

pub(super) fn read(text: &str, year: Option<i16>) -> ReadArrangement {
    let (mut rows, mut problems, mut lines) = (Vec::new(), Vec::new(), BTreeMap::new());
    let content = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    for (nth, (index, line)) in content.enumerate() {
        let (cells, number) = (cells(line), index + 1);
        let kind = cells.get(1).map_or("", |cell| cell.trim());
        match (date(cells[0]), is_off(kind)) {
            (Some(date), Some(off)) => {
                let name = cells.get(2).map_or("", |cell| cell.trim());
                if name.is_empty() {
                    problems.push(ArrangementProblem::of_line(number, "没有写节日名称：请在第三列填写，如“国庆节”"));
                }
                lines.entry(date).or_insert(number);
                rows.push((name.to_owned(), date, off));
            }
            // A heading may stand on the first line.
            (None, None) if nth == 0 => {}
            (None, _) => problems
                .push(ArrangementProblem::of_line(number, format!("“{}”不是日期：请写成 2026-01-01", cells[0].trim()))),
            (_, None) => {
                problems.push(ArrangementProblem::of_line(number, format!("类型“{kind}”不认识：请写“放假”或者“上班”")))
            }
        }
    }
    // The year that most days are of; December days of the year before are the exception.
    let mut votes: BTreeMap<i16, usize> = BTreeMap::new();
    for (_, date, _) in &rows {
        *votes.entry(date.year()).or_default() += 1;
    }
    let Some(found) = year.or_else(|| votes.iter().max_by_key(|(_, count)| **count).map(|(year, _)| *year)) else {
        problems.push(ArrangementProblem::of_text("没有读到任何日期：请按“日期,类型,名称”逐行填写"));
        return ReadArrangement { arrangement: None, problems };
    };
    if let Some(year) = year.filter(|year| !votes.contains_key(year) && !votes.is_empty()) {
        problems.push(other_year(rows[0].1.year(), year));
    }
    let mut arrangement = YearArrangement::empty(found);
    for (name, date, off) in rows {
        arrangement.add(&name, date, off);
    }
    ReadArrangement::finish(arrangement, problems, &lines)
}

fn cells(line: &str) -> Vec<&str> {
    let separator: &[char] = if line.contains('\t') { &['\t'] } else { &[',', '，', ';', '；'] };
    line.split(separator).map(|cell| cell.trim().trim_matches('"')).collect()
}

fn date(cell: &str) -> Option<Date> {
    let cell = cell.trim();
    if let Ok(date) = cell.parse() {
        return Some(date);
    }
    let plain = cell.trim_end_matches(['日', '号']).replace(['年', '月', '/', '.'], "-");
    let mut parts = plain.split('-').map(|part| part.trim().parse::<i16>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() || !(1000..=9999).contains(&year) {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn is_off(kind: &str) -> Option<bool> {
    match kind {
        "放假" | "休息" | "休" | "假" | "放假调休" | "补休" | "调休放假" => Some(true),
        "上班" | "调休上班" | "班" | "补班" => Some(false),
        _ => None,
    }
}
