//! Cutting the items out of the stream. `<item>` inside of a CDATA section is text of an article, not an item.

use std::io::Read;

use crate::source::item::Refused;
use crate::source::limits::Limits;
use crate::source::stream::{Stream, Trouble};

const HEAD_BYTES: usize = 16 << 20;

pub(super) enum Cut {
    Item { text: Vec<u8>, place: String },
    Refused(Refused),
}

pub(super) struct Cutter<R> {
    stream: Stream<R>,
    buffer: Vec<u8>,
    /// How far the buffer has been looked at.
    at: usize,
    in_text: bool,
    /// Where the item begins in the buffer, and on which line.
    item: Option<(usize, u64)>,
    line: u64,
    counted: usize,
    head: Vec<u8>,
    head_ended: bool,
    most: usize,
    ended: bool,
}

impl<R: Read> Cutter<R> {
    pub fn new(reader: R, limits: &Limits) -> Cutter<R> {
        Cutter {
            stream: Stream::new(reader, limits.total_bytes),
            buffer: Vec::new(),
            at: 0,
            in_text: false,
            item: None,
            line: 1,
            counted: 0,
            head: Vec::new(),
            head_ended: false,
            most: limits.record_bytes,
            ended: false,
        }
    }

    pub fn line(&self) -> u64 {
        self.line
    }

    /// What stands before the first item.
    pub fn take_head(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.head)
    }

    pub fn next(&mut self) -> Result<Option<Cut>, Trouble> {
        loop {
            if self.in_text {
                match memchr::memmem::find(&self.buffer[self.at..], b"]]>") {
                    Some(found) => {
                        self.at += found + 3;
                        self.in_text = false;
                        continue;
                    }
                    None => self.at = self.at.max(self.buffer.len().saturating_sub(2)),
                }
            } else {
                match memchr::memchr(b'<', &self.buffer[self.at..]) {
                    Some(found) => {
                        self.at += found;
                        if self.buffer.len() - self.at >= 9 || self.ended {
                            if let Some(cut) = self.tag() {
                                return Ok(Some(cut));
                            }
                            continue;
                        }
                    }
                    None => self.at = self.buffer.len(),
                }
            }
            if self.ended {
                return Ok(self.item.take().map(|(_, line)| {
                    self.buffer.clear();
                    self.at = 0;
                    refuse(line, "文件在这篇文章处中断，内容不完整。请重新导出。".to_owned())
                }));
            }
            if let Some(refused) = self.make_room() {
                return Ok(Some(refused));
            }
            if self.stream.fill()? {
                self.buffer.extend_from_slice(self.stream.unread());
                let length = self.stream.unread().len();
                self.stream.consume(length);
            } else {
                self.ended = true;
            }
        }
    }

    /// Looks at the tag at `at` and goes behind its first character.
    fn tag(&mut self) -> Option<Cut> {
        let rest = &self.buffer[self.at..];
        if rest.starts_with(b"<![CDATA[") {
            self.in_text = true;
            self.at += 9;
            return None;
        }
        if rest.starts_with(b"<item>") || rest.starts_with(b"<item ") {
            self.count_lines();
            let earlier = self.item.replace((self.at, self.line));
            if !self.head_ended {
                self.head_ended = true;
                let room = HEAD_BYTES.saturating_sub(self.head.len()).min(self.at);
                self.head.extend_from_slice(&self.buffer[..room]);
            }
            self.at += 6;
            return earlier
                .map(|(_, line)| refuse(line, "这篇文章没有结束标记，内容不完整，没有采用。请重新导出。".to_owned()));
        }
        if rest.starts_with(b"</item>")
            && let Some((start, line)) = self.item.take()
        {
            self.at += 7;
            let text = self.buffer[start..self.at].to_vec();
            return Some(Cut::Item { text, place: format!("第 {line} 行起") });
        }
        self.at += 1;
        None
    }

    fn count_lines(&mut self) {
        self.line += memchr::memchr_iter(b'\n', &self.buffer[self.counted..self.at]).count() as u64;
        self.counted = self.at;
    }

    /// Drops what has been looked at; an item that grows too large is given up.
    fn make_room(&mut self) -> Option<Cut> {
        let mut refused = None;
        if let Some((start, line)) = self.item
            && self.buffer.len() - start > self.most
        {
            let reason = format!("这篇文章超过 {} MB，没有读取。请在原系统中单独导出。", self.most >> 20);
            refused = Some(refuse(line, reason));
            self.item = None;
            self.in_text = false;
        }
        self.count_lines();
        let keep_from = self.item.map_or(self.at, |(start, _)| start);
        if !self.head_ended && self.head.len() < HEAD_BYTES {
            self.head.extend_from_slice(&self.buffer[..keep_from]);
        }
        self.buffer.drain(..keep_from);
        self.at -= keep_from;
        self.counted -= keep_from;
        if let Some((start, _)) = &mut self.item {
            *start -= keep_from;
        }
        refused
    }
}

fn refuse(line: u64, reason: String) -> Cut {
    Cut::Refused(Refused::new(format!("第 {line} 行起"), reason))
}
