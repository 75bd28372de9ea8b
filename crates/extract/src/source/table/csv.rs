//! CSV: comma, semicolon or tab, in any encoding, with line ends and quotes inside of quoted cells.

use std::io::Read;

use super::build::Builder;
use super::header::Header;
use super::mapping::{ColumnReport, Mapping};
use super::text::{Text, mended, sentence};
use crate::source::item::{Item, Refused};
use crate::source::items::{Items, Reading};
use crate::source::limits::Limits;
use crate::source::stream::Trouble;

/// Reads a CSV table with a head. A quote that is never closed costs its own row only.
pub fn records_csv<'r>(reader: impl Read + Send + 'r, mapping: &Mapping, limits: &Limits) -> Items<'r> {
    let reading = CsvReading {
        text: Text::new(reader, limits.total_bytes),
        mapping: mapping.clone(),
        limits: limits.clone(),
        separator: b',',
        header: None,
        line: 1,
        unclosed: 0,
        ended: false,
    };
    Items::new(reading, limits)
}

/// Rows looked at for the head: titles of the table may stand above it.
const HEAD_WITHIN: usize = 10;

/// Rows beginning with a quote that is never closed that are read again line by line; reading again takes time.
const UNCLOSED_MENDED: usize = 50;

struct CsvReading<R> {
    text: Text<R>,
    mapping: Mapping,
    limits: Limits,
    separator: u8,
    header: Option<Header>,
    /// The line the next row begins on.
    line: u64,
    unclosed: usize,
    ended: bool,
}

enum Row {
    Cells(Vec<Vec<u8>>),
    TooLarge,
    Unclosed,
}

impl<R: Read> Reading for CsvReading<R> {
    fn next(&mut self) -> Option<Item> {
        while !self.ended {
            let line = self.line;
            match self.step() {
                Ok(Some(item)) => return Some(item),
                Ok(None) => {}
                Err(trouble) => {
                    self.ended = true;
                    return Some(Refused::new(format!("第 {line} 行以后"), sentence(&trouble)).into());
                }
            }
        }
        None
    }

    fn columns(&self) -> Vec<ColumnReport> {
        self.header.as_ref().map(|header| header.columns.clone()).unwrap_or_default()
    }
}

impl<R: Read> CsvReading<R> {
    fn step(&mut self) -> Result<Option<Item>, Trouble> {
        if self.header.is_none() {
            return self.find_head();
        }
        let place = format!("第 {} 行", self.line);
        let cells = match self.row()? {
            None => {
                self.ended = true;
                return Ok(None);
            }
            Some(Row::TooLarge) => {
                let most = self.limits.record_bytes >> 20;
                return Ok(Some(Refused::new(place, format!("这一行超过 {most} MB，没有读取。请单独处理。")).into()));
            }
            Some(Row::Unclosed) => {
                return Ok(Some(Refused::new(place, "引号没有配对，这一行没有采用。请补上引号后重新导入。").into()));
            }
            Some(Row::Cells(cells)) => cells,
        };
        let Some(header) = &mut self.header else { return Ok(None) };
        let texts = cells.into_iter().map(mended).collect();
        Ok(from_cells(header, texts, place))
    }

    fn find_head(&mut self) -> Result<Option<Item>, Trouble> {
        let sample = self.text.sample()?;
        self.separator = separator(sample);
        for _ in 0..HEAD_WITHIN {
            let Some(row) = self.row()? else { break };
            let Row::Cells(cells) = row else { break };
            if cells.len() > self.limits.columns {
                break;
            }
            let names: Vec<String> = cells.into_iter().map(mended).collect();
            let header = Header::recognise(names.iter().map(String::as_str), &self.mapping);
            if header.is_of_articles() {
                self.header = Some(header);
                return Ok(None);
            }
        }
        self.ended = true;
        Ok(Some(Refused::new("表头", NO_HEAD).into()))
    }

    /// The cells of the next row; `None` at the end.
    fn row(&mut self) -> Result<Option<Row>, Trouble> {
        let mut raw: Vec<u8> = Vec::new();
        let mut cells: Vec<Vec<u8>> = Vec::new();
        let mut cell: Vec<u8> = Vec::new();
        let mut state = State::Start;
        let mut lines = 0;
        while self.text.fill()? {
            let mut used = 0;
            let mut done = false;
            for byte in self.text.unread() {
                used += 1;
                lines += u64::from(*byte == b'\n');
                state = match (state, *byte) {
                    (State::Quoted, b'"') => State::Quote,
                    (State::Quoted, other) => {
                        cell.push(other);
                        State::Quoted
                    }
                    (State::Quote, b'"') => {
                        cell.push(b'"');
                        State::Quoted
                    }
                    (State::Start, b'"') => State::Quoted,
                    (_, b'\n') => {
                        done = true;
                        break;
                    }
                    (_, separator) if separator == self.separator => {
                        cells.push(std::mem::take(&mut cell));
                        State::Start
                    }
                    (State::Start, b' ') => State::Start,
                    (_, other) => {
                        cell.push(other);
                        State::Bare
                    }
                };
                if raw.len() + used > self.limits.record_bytes || cells.len() > self.limits.columns * 4 {
                    break;
                }
            }
            raw.extend_from_slice(&self.text.unread()[..used]);
            self.text.consume(used);
            if done {
                self.line += lines;
                return Ok(Some(Row::Cells(finished(cells, cell))));
            }
            if raw.len() > self.limits.record_bytes || cells.len() > self.limits.columns * 4 {
                return self.give_up(&raw, lines);
            }
        }
        if raw.is_empty() {
            return Ok(None);
        }
        if state == State::Quoted && lines > 0 {
            return self.give_up(&raw, lines);
        }
        self.line += lines.max(1);
        Ok(Some(Row::Cells(finished(cells, cell))))
    }

    /// A row without an end: its first line is dropped, and what followed is read again.
    fn give_up(&mut self, raw: &[u8], lines: u64) -> Result<Option<Row>, Trouble> {
        self.unclosed += 1;
        match memchr::memchr(b'\n', raw) {
            Some(end) if self.unclosed <= UNCLOSED_MENDED => {
                self.text.put_back(&raw[end + 1..]);
                self.line += 1;
                Ok(Some(Row::Unclosed))
            }
            _ => {
                self.line += lines + 1;
                let mut rest = Vec::new();
                self.text.line(&mut rest, 0)?;
                Ok(Some(Row::TooLarge))
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// At the start of a cell.
    Start,
    Bare,
    Quoted,
    /// Behind a quote inside of a quoted cell: its end, or the first of two.
    Quote,
}

fn finished(mut cells: Vec<Vec<u8>>, mut last: Vec<u8>) -> Vec<Vec<u8>> {
    if last.last() == Some(&b'\r') {
        last.pop();
    }
    cells.push(last);
    cells
}

pub(super) const NO_HEAD: &str =
    "没有看懂表头：需要有“标题”，以及“正文”“发布时间”“网址”等列名。请在第一行写上列名，或者手工指定列的对应关系。";

/// The record of a row of texts.
pub(super) fn from_cells(header: &mut Header, texts: Vec<String>, place: String) -> Option<Item> {
    let width = header.columns.len();
    let given = texts.len();
    if texts.iter().all(|text| text.trim().is_empty()) {
        return None;
    }
    if texts.iter().skip(width).any(|text| !text.trim().is_empty()) {
        let reason =
            format!("这一行有 {given} 列，表头只有 {width} 列，没有采用。请检查是否缺少引号，更正后重新导入。");
        return Some(Refused::new(place, reason).into());
    }
    let mut builder = Builder::new(place.clone());
    for (index, text) in texts.into_iter().enumerate().take(width) {
        if !text.trim().is_empty() {
            header.count(index, text.trim());
        }
        builder.put(&header.columns[index], text);
    }
    if given < width {
        builder.remark(format!("这一行只有 {given} 列，比表头少 {} 列，缺的按空白处理。", width - given));
    }
    match builder.finish() {
        Ok(record) => record.map(Item::from),
        Err(reason) => Some(Refused::new(place, reason).into()),
    }
}

/// The separator of the first line (`sep=;` says it itself): the one most often outside of quotes.
fn separator(sample: &[u8]) -> u8 {
    let first = sample.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
    if let Some(said) = first.strip_prefix(b"sep=").and_then(|rest| rest.first()) {
        return *said;
    }
    let head = &sample[..sample.len().min(4096)];
    let count = |separator: u8, text: &[u8]| {
        let mut quoted = false;
        text.iter()
            .filter(|byte| {
                quoted ^= **byte == b'"';
                !quoted && **byte == separator
            })
            .count()
    };
    let best = |text: &[u8]| {
        let counts = [b',', b'\t', b';'].map(|separator| (count(separator, text), separator));
        counts.into_iter().max_by_key(|(count, _)| *count).filter(|(count, _)| *count > 0)
    };
    best(first).or_else(|| best(head)).map_or(b',', |(_, separator)| separator)
}
