//! One sheet: rows as lines, cells parted by tabs; hidden rows and columns are read and marked.

use std::ops::RangeInclusive;

use super::super::job::Job;
use super::super::ooxml::push_attribute_texts;
use super::super::xml::{Item, Tag, Xml};
use super::number::{serial_date, shown_number};
use super::strings::Strings;
use super::styles::Style;

pub(super) struct Book {
    pub strings: Strings,
    pub styles: Vec<Style>,
    pub dates_from_1904: bool,
}

#[derive(Default)]
struct Cell {
    kind: String,
    style: Style,
    value: String,
    formula: String,
    column: usize,
}

/// Empty cells in between keep their tab, up to this many.
const WIDEST_GAP: usize = 30;

pub(super) fn read(text: &str, book: &mut Book, job: &mut Job<'_>) {
    let mut xml = Xml::new(text);
    let mut hidden_columns: Vec<RangeInclusive<usize>> = Vec::new();
    let mut row_hidden = false;
    let mut next_column = 1;
    let mut cell: Option<Cell> = None;
    let mut open = Open::Nothing;
    while let Some(item) = xml.next() {
        if job.full() {
            return;
        }
        match item {
            Item::Open(tag) => match tag.name() {
                "col" if hidden_columns.len() < 500 && is_hidden_column(&tag) => {
                    let number = |name: &str| tag.attribute(name).and_then(|value| value.parse::<usize>().ok());
                    hidden_columns.push(number("min").unwrap_or(1)..=number("max").unwrap_or(1));
                }
                "row" => {
                    row_hidden = is_yes(&tag, "hidden") || tag.attribute("ht").as_deref() == Some("0");
                    next_column = 1;
                    job.out.line();
                }
                "c" => {
                    if !job.cell() {
                        return;
                    }
                    let column = tag.attribute("r").and_then(|reference| column_of(&reference)).unwrap_or(next_column);
                    let style = tag.attribute("s").and_then(|style| style.parse::<usize>().ok());
                    let style = style.and_then(|index| book.styles.get(index)).copied().unwrap_or_default();
                    cell =
                        Some(Cell { kind: tag.attribute("t").unwrap_or_default(), style, column, ..Cell::default() });
                }
                "v" | "t" => open = Open::Value,
                "f" => open = Open::Formula,
                "rPh" => open = Open::Nothing,
                "oddHeader" | "oddFooter" | "evenHeader" | "evenFooter" | "firstHeader" | "firstFooter" => {
                    open = Open::Line;
                    job.out.line();
                }
                "formula1" | "formula2" | "formula" => {
                    open = Open::Line;
                    job.out.line();
                    job.out.hide();
                }
                _ => push_attribute_texts(&tag, job),
            },
            Item::Text(text) => match (&open, &mut cell) {
                (Open::Value, Some(cell)) => cell.value.push_str(&text),
                (Open::Formula, Some(cell)) => cell.formula.push_str(&text),
                (Open::Line, _) => job.out.push(&text),
                _ => {}
            },
            Item::Close(name) => match name.as_str() {
                "c" => {
                    if let Some(cell) = cell.take() {
                        let gap = cell.column.saturating_sub(next_column).min(WIDEST_GAP);
                        job.out.push(&"\t".repeat(gap));
                        next_column = cell.column.saturating_add(1);
                        let in_hidden_column = hidden_columns.iter().any(|columns| columns.contains(&cell.column));
                        write(&cell, row_hidden || in_hidden_column, book, job);
                    }
                }
                "row" => job.out.line(),
                "formula1" | "formula2" | "formula" => {
                    job.out.line();
                    job.out.show();
                    open = Open::Nothing;
                }
                "v" | "t" | "f" => open = Open::Nothing,
                _ if open == Open::Line => {
                    job.out.line();
                    open = Open::Nothing;
                }
                _ => {}
            },
        }
    }
    if xml.broken {
        job.missed("表格的一部分已损坏，可能没有读全。请用原软件打开后另存，再重新上传。");
    }
}

#[derive(PartialEq, Eq)]
enum Open {
    Nothing,
    Value,
    Formula,
    Line,
}

fn write(cell: &Cell, hidden: bool, book: &mut Book, job: &mut Job<'_>) {
    let hidden = hidden || cell.style.invisible;
    if hidden {
        job.out.hide();
    }
    let shown = shown(cell, book);
    // Line ends inside a cell would tear its row apart.
    job.out.push(&shown.trim_end().replace(['\n', '\r', '\t'], " "));
    if cell.formula.contains('"') {
        job.out.hide();
        job.out.push(&format!(" ={}", cell.formula));
        job.out.show();
    }
    if hidden {
        job.out.show();
    }
    job.out.push("\t");
}

fn shown(cell: &Cell, book: &mut Book) -> String {
    match cell.kind.as_str() {
        "s" => book.strings.take(cell.value.trim().parse().unwrap_or(usize::MAX)).to_owned(),
        "" | "n" => {
            let date = cell.style.date.then(|| cell.value.trim().parse().ok()).flatten();
            let date = date.and_then(|serial: f64| serial_date(serial, book.dates_from_1904));
            date.unwrap_or_else(|| shown_number(&cell.value))
        }
        "b" => if cell.value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
        _ => cell.value.clone(),
    }
}

fn is_yes(tag: &Tag<'_>, name: &str) -> bool {
    matches!(tag.attribute(name).as_deref(), Some("1" | "true"))
}

fn is_hidden_column(tag: &Tag<'_>) -> bool {
    is_yes(tag, "hidden") || tag.attribute("width").and_then(|width| width.parse::<f64>().ok()) == Some(0.0)
}

/// The column of a reference like `AB12`, counted from 1.
fn column_of(reference: &str) -> Option<usize> {
    let mut column = 0usize;
    for letter in reference.bytes().take_while(u8::is_ascii_alphabetic).take(4) {
        column = column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1;
    }
    (column > 0).then_some(column)
}
