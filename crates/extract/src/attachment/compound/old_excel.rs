//! XLS: records of a workbook stream (BIFF5 and BIFF8): shared strings, cells, hidden rows, columns and sheets,
//! comments, text boxes, headers and footers.

mod text;

use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;

use super::super::excel::{is_date_format, serial_date, shown_float};
use super::super::job::Job;
use super::number;
use text::{Segments, string};

struct Sheet {
    name: String,
    state: usize,
}

#[derive(Default)]
struct Book {
    old: bool,
    strings: Vec<String>,
    used: HashSet<usize>,
    sheets: HashMap<usize, Sheet>,
    formats: HashMap<u32, String>,
    cell_formats: Vec<u32>,
    dates_from_1904: bool,
    hidden_rows: HashSet<usize>,
    hidden_columns: Vec<RangeInclusive<usize>>,
    sheet_hidden: bool,
    row: Option<usize>,
    next_column: usize,
    /// The cell whose formula waits for its string.
    pending: Option<(usize, usize)>,
}

pub(super) fn read(bytes: &[u8], job: &mut Job<'_>) {
    let mut book = Book::default();
    let before = job.out.depth();
    let mut at = 0;
    while let (Some(kind), Some(length)) = (number(bytes, at, 2), number(bytes, at + 2, 2)) {
        if job.full() {
            break;
        }
        let body = bytes.get(at + 4..(at + 4 + length).min(bytes.len())).unwrap_or_default();
        let next = at + 4 + length;
        if kind == 0x2f {
            job.missed("表格已加密，不能检查其中内容，请去掉密码后重新上传。");
            break;
        }
        let beyond = || continuations(bytes, next);
        match kind {
            0x0809 => book.begin(at, body, job),
            0x00fc => book.shared_strings(body, beyond(), job),
            0x01b6 => text_box(body, &beyond(), job),
            _ => {
                if !book.record(kind, body, job) {
                    break;
                }
            }
        }
        at = next;
    }
    job.out.set_depth(before);
    job.out.line();
    job.out.hide();
    for (index, string) in book.strings.iter().enumerate() {
        if !book.used.contains(&index) {
            job.out.line_of(string);
        }
    }
    job.out.show();
}

/// Bodies of the records that carry on the one before.
fn continuations(bytes: &[u8], mut at: usize) -> Vec<&[u8]> {
    let mut found = Vec::new();
    while let (Some(0x3c), Some(length)) = (number(bytes, at, 2), number(bytes, at + 2, 2)) {
        found.push(bytes.get(at + 4..(at + 4 + length).min(bytes.len())).unwrap_or_default());
        at += 4 + length;
    }
    found
}

impl Book {
    fn begin(&mut self, at: usize, body: &[u8], job: &mut Job<'_>) {
        self.old = number(body, 0, 2).unwrap_or_default() < 0x0600;
        self.hidden_rows.clear();
        self.hidden_columns.clear();
        self.row = None;
        if self.sheet_hidden {
            job.out.show();
            self.sheet_hidden = false;
        }
        if let Some(sheet) = self.sheets.get(&at) {
            let state = match sheet.state {
                0 => "",
                1 => "（隐藏）",
                _ => "（深度隐藏）",
            };
            job.out.line_of(&format!("工作表：{}{state}", sheet.name));
            if sheet.state != 0 {
                self.sheet_hidden = true;
                job.out.hide();
            }
        }
    }

    fn shared_strings(&mut self, body: &[u8], beyond: Vec<&[u8]>, job: &mut Job<'_>) {
        let count = number(body, 4, 4).unwrap_or_default();
        let mut segments = Segments::new(body.get(8..).unwrap_or_default(), beyond);
        for _ in 0..count {
            let Some(text) = segments.string() else { break };
            if self.strings.len() >= job.limits.cells {
                job.missed("表格过大，超过上限后的内容未读，请拆分后重新上传。");
                break;
            }
            self.strings.push(text);
        }
    }

    /// One record of the book or a sheet; false when enough has been read.
    fn record(&mut self, kind: usize, body: &[u8], job: &mut Job<'_>) -> bool {
        let at = |place: usize| number(body, place, 2).unwrap_or_default();
        match kind {
            0x0085 => {
                let name = string(body.get(6..).unwrap_or_default(), 1, self.old).unwrap_or_default();
                let state = body.get(4).map(|state| usize::from(state & 3)).unwrap_or_default();
                self.sheets.insert(number(body, 0, 4).unwrap_or_default(), Sheet { name, state });
            }
            0x0022 => self.dates_from_1904 = at(0) == 1,
            0x041e => {
                let code = string(body.get(2..).unwrap_or_default(), if self.old { 1 } else { 2 }, self.old);
                self.formats.insert(at(0) as u32, code.unwrap_or_default());
            }
            0x00e0 => self.cell_formats.push(at(2) as u32),
            0x005c => {
                let name = string(body, if self.old { 1 } else { 2 }, self.old).unwrap_or_default();
                job.property("最后保存的系统用户", &name);
            }
            0x0208 if number(body, 12, 4).unwrap_or_default() & 0x20 != 0 => {
                self.hidden_rows.insert(at(0));
            }
            0x007d if self.hidden_columns.len() < 500 && (at(8) & 1 != 0 || at(4) == 0) => {
                self.hidden_columns.push(at(0)..=at(2));
            }
            0x00fd => {
                let index = number(body, 6, 4).unwrap_or_default();
                self.used.insert(index);
                let text = self.strings.get(index).cloned().unwrap_or_default();
                return self.cell(at(0), at(2), &text, job);
            }
            0x0204 | 0x00d6 => {
                let text = string(body.get(6..).unwrap_or_default(), 2, self.old).unwrap_or_default();
                return self.cell(at(0), at(2), &text, job);
            }
            0x0203 => {
                let text = self.number(float(body, 6), at(4));
                return self.cell(at(0), at(2), &text, job);
            }
            0x027e => {
                let text = self.number(packed(number(body, 6, 4).unwrap_or_default()), at(4));
                return self.cell(at(0), at(2), &text, job);
            }
            0x00bd => {
                for (index, pair) in body.get(4..).unwrap_or_default().chunks_exact(6).enumerate() {
                    let format = number(pair, 0, 2).unwrap_or_default();
                    let text = self.number(packed(number(pair, 2, 4).unwrap_or_default()), format);
                    if !self.cell(at(0), at(2) + index, &text, job) {
                        return false;
                    }
                }
            }
            0x0006 | 0x0406 | 0x0206 => {
                if at(12) != 0xffff {
                    let text = self.number(float(body, 6), at(4));
                    return self.cell(at(0), at(2), &text, job);
                }
                if body.get(6) == Some(&0) {
                    self.pending = Some((at(0), at(2)));
                }
            }
            0x0207 => {
                let text = string(body, 2, self.old).unwrap_or_default();
                if let Some((row, column)) = self.pending.take() {
                    return self.cell(row, column, &text, job);
                }
            }
            0x00cd => {
                job.out.line_of(&string(body, 2, self.old).unwrap_or_default());
            }
            0x0014 | 0x0015 => {
                let text = string(body, if self.old { 1 } else { 2 }, self.old).unwrap_or_default();
                job.out.line_of(&text);
            }
            0x001c => {
                let author = string(body.get(8..).unwrap_or_default(), if self.old { 1 } else { 2 }, self.old);
                job.property("批注或修订人", &author.unwrap_or_default());
            }
            0x01b8 => {
                job.out.hide();
                job.out.line_of(&text::wide_runs(body));
                job.out.show();
            }
            _ => {}
        }
        true
    }

    fn number(&self, number: f64, format: usize) -> String {
        let id = self.cell_formats.get(format).copied().unwrap_or_default();
        let date = is_date_format(id, self.formats.get(&id).map(String::as_str));
        let date = date.then(|| serial_date(number, self.dates_from_1904)).flatten();
        date.unwrap_or_else(|| shown_float(number))
    }

    fn cell(&mut self, row: usize, column: usize, text: &str, job: &mut Job<'_>) -> bool {
        if !job.cell() {
            return false;
        }
        if self.row != Some(row) {
            job.out.line();
            self.row = Some(row);
            self.next_column = 0;
        }
        job.out.push(&"\t".repeat(column.saturating_sub(self.next_column).min(30)));
        self.next_column = column + 1;
        let hidden =
            self.hidden_rows.contains(&row) || self.hidden_columns.iter().any(|columns| columns.contains(&column));
        if hidden {
            job.out.hide();
        }
        job.out.push(&text.replace(['\n', '\r', '\t'], " "));
        if hidden {
            job.out.show();
        }
        job.out.push("\t");
        true
    }
}

/// The text of a comment or a text box stands in the record after it.
fn text_box(body: &[u8], beyond: &[&[u8]], job: &mut Job<'_>) {
    let count = number(body, 10, 2).unwrap_or_default();
    let Some(first) = beyond.first() else { return };
    let wide = first.first().is_some_and(|flags| flags & 1 != 0);
    let mut bytes = Vec::new();
    for part in beyond {
        bytes.extend_from_slice(part.get(1..).unwrap_or_default());
    }
    bytes.truncate(if wide { count * 2 } else { count });
    job.out.hide();
    job.out.line_of(&text::characters(&bytes, wide));
    job.out.show();
}

fn float(bytes: &[u8], at: usize) -> f64 {
    let eight = bytes.get(at..at + 8).and_then(|slice| <[u8; 8]>::try_from(slice).ok());
    let float = eight.map(f64::from_le_bytes).unwrap_or_default();
    if float.is_finite() { float } else { 0.0 }
}

/// A number in four bytes: whole or the upper half of a float, divided by 100 or not.
fn packed(raw: usize) -> f64 {
    let number = if raw & 2 != 0 {
        f64::from((raw as u32 as i32) >> 2)
    } else {
        f64::from_bits(((raw as u64) & 0xffff_fffc) << 32)
    };
    let number = if raw & 1 != 0 { number / 100.0 } else { number };
    if number.is_finite() { number } else { 0.0 }
}
