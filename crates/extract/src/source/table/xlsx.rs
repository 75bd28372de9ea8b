//! XLSX: every visible sheet that has the head of a table of articles. Cells are read with the means of
//! [`crate::attachment`]; rows come one by one.

use std::collections::VecDeque;
use std::io::{Read, Seek};

use super::csv::{NO_HEAD, from_cells};
use super::header::Header;
use super::mapping::{ColumnReport, Mapping};
use crate::attachment::excel::{serial_date, shown_number, strings, styles};
use crate::attachment::job::Job;
use crate::attachment::ooxml::relations;
use crate::attachment::package::Package;
use crate::attachment::xml::{Item as Xml1, Xml, text_of};
use crate::source::item::{Item, Refused};
use crate::source::items::{Items, Reading};
use crate::source::limits::Limits;

/// Reads a workbook. Dates are read in both calendars of Excel (1900 and 1904); formulas give their stored values.
pub fn records_xlsx<'r>(mut reader: impl Read + Seek + Send + 'r, mapping: &Mapping, limits: &Limits) -> Items<'r> {
    let mut bytes = Vec::new();
    let read = (&mut reader).take(limits.workbook_bytes as u64 + 1).read_to_end(&mut bytes);
    let refuse = |reason: &str| Items::refused(Refused::new("整个工作簿", reason), limits);
    if read.is_err() {
        return refuse("读文件时出错。请核实文件是否完整，重新上传后再试。");
    }
    if bytes.len() > limits.workbook_bytes {
        return refuse("工作簿过大，没有读取。请拆分后分批导入。");
    }
    let opened = std::panic::catch_unwind(|| open(&bytes, limits));
    match opened {
        Ok(Ok(book)) => Items::new(
            WorkbookReading {
                book,
                mapping: mapping.clone(),
                header: None,
                reports: Vec::new(),
                columns_limit: limits.columns,
                rows_looked_at: 0,
            },
            limits,
        ),
        Ok(Err(reason)) => refuse(&reason),
        Err(_) => refuse("工作簿已损坏，打不开。请用 Excel 打开后另存，再重新上传。"),
    }
}

struct Book {
    strings: strings::Strings,
    styles: Vec<styles::Style>,
    dates_from_1904: bool,
    sheets: VecDeque<Sheet>,
    refused: VecDeque<Refused>,
}

struct Sheet {
    name: String,
    text: String,
    at: usize,
    /// `row`, or `x:row` as some programs write it.
    row_tag: String,
    next_row: u64,
}

struct WorkbookReading {
    book: Book,
    mapping: Mapping,
    header: Option<Header>,
    reports: Vec<ColumnReport>,
    columns_limit: usize,
    rows_looked_at: usize,
}

fn open(bytes: &[u8], limits: &Limits) -> Result<Book, String> {
    let most = limits.workbook_bytes as u64;
    let reading = crate::attachment::Limits {
        file_bytes: most,
        unpacked_bytes: most * 2,
        member_bytes: most,
        cells: 20_000_000,
        compression_ratio: limits.compression_ratio,
        ..Default::default()
    };
    let mut job = Job::new(&reading);
    let mut package = Package::open(bytes, &mut job)
        .map_err(|_| "工作簿已损坏，打不开。请用 Excel 打开后另存，再重新上传。".to_owned())?;
    let book_name = "xl/workbook.xml";
    let Some(workbook) = package.read_named(book_name, &mut job) else {
        return Err("不是 Excel 工作簿（xlsx），没有读取。请用 Excel 另存为 xlsx 后重新上传。".to_owned());
    };
    let part =
        |package: &mut Package<'_>, name: &str, job: &mut Job<'_>| package.read_named(name, job).unwrap_or_default();
    let styles = styles::read(&text_of(&part(&mut package, "xl/styles.xml", &mut job)));
    let strings = {
        let bytes = part(&mut package, "xl/sharedStrings.xml", &mut job);
        strings::read(&text_of(&bytes), &mut job)
    };
    let targets = relations(&mut package, book_name, &mut job);
    let mut book = Book { strings, styles, dates_from_1904: false, sheets: VecDeque::new(), refused: VecDeque::new() };
    let text = text_of(&workbook).into_owned();
    let mut xml = Xml::new(&text);
    while let Some(item) = xml.next() {
        let Xml1::Open(tag) = item else { continue };
        match tag.name() {
            "workbookPr" => book.dates_from_1904 = matches!(tag.attribute("date1904").as_deref(), Some("1" | "true")),
            "sheet" => {
                let name = tag.attribute("name").unwrap_or_default();
                if !matches!(tag.attribute("state").as_deref(), None | Some("" | "visible")) {
                    let reason = "工作表是隐藏的，没有读取。如需导入，请取消隐藏后重新上传。";
                    book.refused.push_back(Refused::new(format!("工作表“{name}”"), reason));
                    continue;
                }
                let path = tag.attribute("id").and_then(|id| targets.get(&id)).map(|relation| relation.target.clone());
                let Some(bytes) = path.and_then(|path| package.read_named(&path, &mut job)) else { continue };
                let text = String::from_utf8(bytes).unwrap_or_else(|other| text_of(other.as_bytes()).into_owned());
                let row_tag = format!("{}row", prefix(&text));
                book.sheets.push_back(Sheet { name, text, at: 0, row_tag, next_row: 1 });
            }
            _ => {}
        }
    }
    for notice in job.notices {
        book.refused.push_back(Refused::new("工作簿", notice));
    }
    Ok(book)
}

/// The prefix of the sheet's root element, with its colon.
fn prefix(text: &str) -> String {
    let end = text[..text.len().min(2000)].find("worksheet").unwrap_or(0);
    let start = text[..end].rfind('<').map_or(end, |start| start + 1);
    text[start..end].to_owned()
}

impl Reading for WorkbookReading {
    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(refused) = self.book.refused.pop_front() {
                return Some(refused.into());
            }
            let sheet = self.book.sheets.front_mut()?;
            let name = sheet.name.clone();
            let Some((number, row)) = next_row(sheet) else {
                self.book.sheets.pop_front();
                let unread = self.header.is_none() && self.rows_looked_at > 0;
                self.close_sheet();
                if unread {
                    return Some(Refused::new(format!("工作表“{name}”"), NO_HEAD).into());
                }
                continue;
            };
            let cells = read_row(&row, &mut self.book);
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            match &mut self.header {
                Some(header) => {
                    if let Some(item) = from_cells(header, cells, format!("工作表“{name}”第 {number} 行")) {
                        return Some(item);
                    }
                }
                None => {
                    self.rows_looked_at += 1;
                    let fits = cells.len() <= self.columns_limit;
                    let header = Header::recognise(cells.iter().map(String::as_str), &self.mapping);
                    if fits && header.is_of_articles() {
                        self.header = Some(header);
                    } else if self.rows_looked_at >= 10 {
                        // Titles and notes above the head are few.
                        if let Some(sheet) = self.book.sheets.front_mut() {
                            sheet.at = sheet.text.len();
                        }
                    }
                }
            }
        }
    }

    fn columns(&self) -> Vec<ColumnReport> {
        let mut reports = self.reports.clone();
        merge(&mut reports, self.header.iter().flat_map(|header| header.columns.clone()));
        reports
    }
}

impl WorkbookReading {
    fn close_sheet(&mut self) {
        self.rows_looked_at = 0;
        if let Some(header) = self.header.take() {
            merge(&mut self.reports, header.columns);
        }
    }
}

/// Columns of the same name in several sheets are reported once.
fn merge(reports: &mut Vec<ColumnReport>, more: impl IntoIterator<Item = ColumnReport>) {
    for column in more {
        match reports.iter_mut().find(|known| known.name == column.name && known.field == column.field) {
            Some(known) => known.filled += column.filled,
            None => reports.push(column),
        }
    }
}

/// The text of the next row element, with its number.
fn next_row(sheet: &mut Sheet) -> Option<(u64, String)> {
    loop {
        let open = format!("<{}", sheet.row_tag);
        let start = sheet.at + sheet.text.get(sheet.at..)?.find(&open)?;
        let behind = sheet.text.as_bytes().get(start + open.len()).copied();
        if !matches!(behind, Some(b' ' | b'>' | b'/' | b'\t' | b'\r' | b'\n')) {
            sheet.at = start + open.len();
            continue;
        }
        let tag_end = start + sheet.text[start..].find('>')? + 1;
        let number = super::lists::attribute(&sheet.text[start + open.len()..tag_end - 1], "r");
        let number = number.and_then(|number| number.parse().ok()).unwrap_or(sheet.next_row);
        sheet.next_row = number.saturating_add(1);
        if sheet.text[..tag_end].ends_with("/>") {
            sheet.at = tag_end;
            continue;
        }
        let close = format!("</{}>", sheet.row_tag);
        let end = sheet.text[tag_end..].find(&close).map_or(sheet.text.len(), |end| tag_end + end);
        sheet.at = (end + close.len()).min(sheet.text.len());
        if !sheet.text.is_char_boundary(sheet.at) {
            sheet.at = sheet.text.len();
        }
        return Some((number, sheet.text[tag_end..end].to_owned()));
    }
}

/// Cells of a row, at their columns.
fn read_row(row: &str, book: &mut Book) -> Vec<String> {
    const WIDEST: usize = 16_384;
    let mut cells: Vec<String> = Vec::new();
    let mut xml = Xml::new(row);
    let (mut column, mut kind, mut style, mut value) = (0usize, String::new(), None, String::new());
    let mut open = false;
    while let Some(item) = xml.next() {
        match item {
            Xml1::Open(tag) => match tag.name() {
                "c" => {
                    let reference = tag.attribute("r").and_then(|reference| column_of(&reference));
                    column = reference.unwrap_or(cells.len() + 1).min(WIDEST);
                    kind = tag.attribute("t").unwrap_or_default();
                    style = tag.attribute("s").and_then(|style| style.parse::<usize>().ok());
                    value.clear();
                }
                "v" | "t" => open = true,
                "rPh" | "f" => open = false,
                _ => {}
            },
            Xml1::Text(text) if open => value.push_str(&text),
            Xml1::Text(_) => {}
            Xml1::Close(name) => match name.as_str() {
                "c" => {
                    let style = style.and_then(|index| book.styles.get(index)).copied().unwrap_or_default();
                    let text = shown(&kind, style.date, &value, book);
                    if column > 0 && !text.is_empty() {
                        if cells.len() < column {
                            cells.resize(column, String::new());
                        }
                        cells[column - 1] = text;
                    }
                }
                "v" | "t" => open = false,
                _ => {}
            },
        }
    }
    cells
}

fn shown(kind: &str, date: bool, value: &str, book: &mut Book) -> String {
    match kind {
        "s" => book.strings.take(value.trim().parse().unwrap_or(usize::MAX)).to_owned(),
        "" | "n" => {
            let serial = date.then(|| value.trim().parse().ok()).flatten();
            serial
                .and_then(|serial: f64| serial_date(serial, book.dates_from_1904))
                .unwrap_or_else(|| shown_number(value))
        }
        "b" => if value.trim() == "1" { "是" } else { "否" }.to_owned(),
        // Errors of formulas are no values.
        "e" => String::new(),
        _ => unescape_controls(value),
    }
}

/// `_x000D_` stands for a line end in texts.
fn unescape_controls(value: &str) -> String {
    value.replace("_x000D_", "").to_owned()
}

fn column_of(reference: &str) -> Option<usize> {
    let mut column = 0usize;
    for letter in reference.bytes().take_while(u8::is_ascii_alphabetic).take(4) {
        column = column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1;
    }
    (column > 0).then_some(column)
}
