//! A report as a workbook: one sheet for each section with a table, the sentences on the first.

use std::collections::HashSet;

use rust_xlsxwriter::{Format, Workbook, Worksheet};

use crate::document::{Cell, Document, Section, Table};

/// The workbook could not be written.
#[derive(Debug, thiserror::Error)]
#[error("无法生成电子表格：{0}")]
pub struct XlsxError(#[from] rust_xlsxwriter::XlsxError);

/// Characters of a cell; a sheet takes no more.
const LONGEST: usize = 32_000;
/// Rows of a sheet; a sheet takes no more than 1,048,576.
const MOST_ROWS: usize = 1_000_000;

/// The report as the bytes of an `.xlsx` file. Texts are texts: nothing in them is taken for a formula.
///
/// # Errors
/// [`XlsxError`] when the library refuses, which no text can cause.
pub fn xlsx(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let bold = Format::new().set_bold().set_text_wrap();
    let mut names = HashSet::new();
    let overview = workbook.add_worksheet();
    overview.set_name(sheet_name("概况", &mut names))?;
    overview.set_column_width(0, 100)?;
    overview.write_string_with_format(0, 0, clipped(&document.title), &bold)?;
    let sections = document.sections.iter().flat_map(|section| {
        std::iter::once((true, section.heading.as_str())).chain(section.notes.iter().map(|note| (false, note.as_str())))
    });
    let lines = document.lead.iter().map(|text| (false, text.as_str())).chain(sections);
    for (row, (heading, text)) in (1..).zip(lines) {
        match heading {
            true => overview.write_string_with_format(row, 0, clipped(text), &bold)?,
            false => overview.write_string(row, 0, clipped(text))?,
        };
    }
    for Section { heading, table, .. } in &document.sections {
        if let Some(table) = table {
            write_table(workbook.add_worksheet(), &sheet_name(heading, &mut names), table, &bold)?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}

fn write_table(sheet: &mut Worksheet, name: &str, table: &Table, bold: &Format) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, name) in (0u16..).zip(&table.head) {
        sheet.write_string_with_format(0, column, clipped(name), bold)?;
        sheet.set_column_width(column, if name.chars().count() > 4 { 30 } else { 18 })?;
    }
    for (row, cells) in (1u32..).zip(table.rows.iter().take(MOST_ROWS)) {
        for (column, cell) in (0u16..).zip(cells) {
            match cell {
                Cell::Text(text) => sheet.write_string(row, column, clipped(text))?,
                // Counts of pages are far below 2^53, where a sheet's numbers are exact.
                #[expect(clippy::cast_precision_loss, reason = "counts are small")]
                Cell::Count(count) => sheet.write_number(row, column, *count as f64)?,
            };
        }
    }
    Ok(())
}

fn clipped(text: &str) -> String {
    text.chars().filter(|one| !one.is_control() || matches!(one, '\n' | '\t')).take(LONGEST).collect()
}

/// A name that a sheet may have and that no other has: at most 31 characters, none of `[]:*?/\`.
fn sheet_name(heading: &str, taken: &mut HashSet<String>) -> String {
    let plain: String =
        heading.chars().filter(|one| !"[]:*?/\\'".contains(*one) && !one.is_control()).take(26).collect();
    let plain = if plain.trim().is_empty() { "表".to_owned() } else { plain };
    let name = (1..).map(|number| if number == 1 { plain.clone() } else { format!("{plain}({number})") });
    let free = name.into_iter().find(|name| !taken.contains(name)).unwrap_or(plain);
    taken.insert(free.clone());
    free
}
