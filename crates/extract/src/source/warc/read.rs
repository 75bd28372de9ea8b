//! Reading WARC and ARC files record by record; after a broken record it goes on at the next one.

use std::collections::HashMap;
use std::io::Read;

use jiff::Timestamp;

use super::head::WarcHead;
use super::{arc, block};
use crate::source::http;
use crate::source::item::{Item, Refused, Repeats};
use crate::source::items::{Items, Reading};
use crate::source::limits::Limits;
use crate::source::stream::{Stream, Trouble};

/// Reads a WARC or ARC file, packed with gzip or not. Responses, resources and revisits become captures; requests,
/// metadata, information about the crawl and look-ups of names are set aside.
pub fn warc<'r>(reader: impl Read + Send + 'r, limits: &Limits) -> Items<'r> {
    let reading = WarcReading {
        stream: Stream::new(reader, limits.total_bytes),
        limits: limits.clone(),
        contents: HashMap::new(),
        set_aside: 0,
        lost: false,
        any: false,
        pending: None,
        read_again: 0,
    };
    Items::new(reading, limits)
}

const CUT: &str = "记录的内容不完整，归档文件可能被截断。请重新取得完整的归档文件。";
const WRONG_LENGTH: &str = "记录写明的长度与内容不符，没有采用，已跳到下一条记录。请用原归档文件核对。";

/// Blocks with a wrong length whose end is read again as records of their own; a file made of nothing else would take
/// for ever.
const READ_AGAIN: usize = 200;

/// Contents remembered for revisits that name a digest only.
const REMEMBERED: usize = 200_000;

struct WarcReading<R> {
    stream: Stream<R>,
    limits: Limits,
    contents: HashMap<String, Repeats>,
    set_aside: u64,
    /// Between records that cannot be told apart: said once, until the next record is found.
    lost: bool,
    any: bool,
    pending: Option<Trouble>,
    read_again: usize,
}

/// What one step gave.
#[expect(clippy::large_enum_variant, reason = "made and taken apart once for each record")]
enum Step {
    Item(Item),
    Nothing,
    End,
}

impl<R: Read> Reading for WarcReading<R> {
    fn next(&mut self) -> Option<Item> {
        loop {
            let place = self.stream.place();
            match self.step() {
                Ok(Step::Item(item)) => return Some(item),
                Ok(Step::Nothing) => {}
                Ok(Step::End) if !self.any => {
                    self.any = true;
                    return Some(
                        Refused::new("整个文件", "文件是空的，或者不是 WARC 归档文件。请核实后重新选择。").into(),
                    );
                }
                Ok(Step::End) => return None,
                Err(trouble) => return Some(self.trouble(trouble, place).into()),
            }
        }
    }

    fn set_aside(&self) -> u64 {
        self.set_aside
    }
}

impl<R: Read> WarcReading<R> {
    fn trouble(&mut self, trouble: Trouble, place: String) -> Refused {
        self.any = true;
        let reason = match trouble {
            Trouble::Io => "读文件时出错，后面的内容未读。请核实文件是否完整，重新上传后再试。",
            Trouble::TooMuch => "解压后的内容超过上限，后面的内容未读。请把文件拆分后分批导入。",
            Trouble::Checksum => "校验和不符，这条记录的内容有误，没有采用。请用原归档文件核对。",
            Trouble::Damaged => {
                self.lost = false;
                if self.stream.recover().is_err() {
                    "读文件时出错，后面的内容未读。请核实文件是否完整，重新上传后再试。"
                } else {
                    "压缩数据已损坏，这条记录读不出，已从下一条继续。请用原归档文件核对。"
                }
            }
        };
        Refused::new(place, reason)
    }

    fn step(&mut self) -> Result<Step, Trouble> {
        if let Some(trouble) = self.pending.take() {
            return Err(trouble);
        }
        // Empty lines part records.
        loop {
            if !self.stream.fill()? {
                return Ok(Step::End);
            }
            let blank = self.stream.unread().iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            if blank == 0 {
                break;
            }
            self.stream.consume(blank);
        }
        let place = self.stream.place();
        let Some(line) = self.stream.line(self.limits.header_bytes)? else { return Ok(Step::End) };
        if is_version(&line) {
            (self.lost, self.any) = (false, true);
            return self.warc_record(place);
        }
        if let Some(head) = arc::parse(&line) {
            (self.lost, self.any) = (false, true);
            return self.arc_record(head, place);
        }
        if std::mem::replace(&mut self.lost, true) {
            return Ok(Step::Nothing);
        }
        self.any = true;
        Ok(refuse(place, "这里不是一条记录的开头，已跳到下一条记录。请用原归档文件核对。"))
    }

    fn warc_record(&mut self, place: String) -> Result<Step, Trouble> {
        let mut head = WarcHead::default();
        let mut room = self.limits.header_bytes;
        loop {
            let Some(line) = self.stream.line(room)? else {
                return Ok(refuse(place, "文件在记录的开头处中断，这条记录不完整。请重新取得完整的归档文件。"));
            };
            if line.is_empty() {
                break;
            }
            room = room.saturating_sub(line.len());
            if room == 0 {
                self.lost = true;
                return Ok(refuse(place, "记录的头部过大，没有读取，已跳到下一条记录。"));
            }
            head.push(&line);
        }
        let Some(length) = head.get("Content-Length").and_then(|length| length.trim().parse::<u64>().ok()) else {
            self.lost = true;
            return Ok(refuse(place, "记录没有写明长度（Content-Length），读不出，已跳到下一条记录。"));
        };
        let kind = head.get("WARC-Type").unwrap_or_default().to_ascii_lowercase();
        let target = head.target();
        let wanted = matches!(kind.as_str(), "response" | "resource" | "revisit" | "continuation")
            && target.as_deref().is_none_or(block::is_of_a_site);
        let block = match self.block(length, wanted)? {
            Block::Whole(block) => block,
            Block::Skipped => {
                self.set_aside += 1;
                return Ok(Step::Nothing);
            }
            Block::TooLarge => return Ok(refuse(place, http::too_large(&self.limits))),
            Block::Cut(block) if http::is_whole(&block) => block,
            Block::Cut(_) => {
                return Ok(refuse(place, CUT));
            }
            Block::WrongLength => {
                self.lost = true;
                return Ok(refuse(place, WRONG_LENGTH));
            }
        };
        if kind == "continuation" || head.get("WARC-Segment-Number").is_some() {
            return Ok(refuse(place, "内容分成几段保存，不支持。请用抓取软件合并后再导入。"));
        }
        let Some(target) = target else {
            return Ok(refuse(place, "记录没有写明网址（WARC-Target-URI），没有采用。"));
        };
        Ok(Step::Item(self.capture(&kind, &head, target, &block, place)))
    }

    fn capture(&mut self, kind: &str, head: &WarcHead, target: String, block: &[u8], place: String) -> Item {
        let date = head.date();
        let content_type = head.get("Content-Type").unwrap_or_default();
        let is_http = content_type.to_ascii_lowercase().starts_with("application/http")
            || (kind != "resource" && block.starts_with(b"HTTP/"));
        let capture = if is_http || kind != "resource" {
            block::response(target, date, None, block, &place, &self.limits)
        } else {
            Ok(crate::source::item::Capture {
                address: target,
                content_type: Some(content_type.to_owned()).filter(|kind| !kind.is_empty()),
                fetched_at: date,
                body: block.to_vec(),
                place: place.clone(),
                ..Default::default()
            })
        };
        let mut capture = match capture {
            Ok(capture) => capture,
            Err(reason) => return Refused::new(place, reason).into(),
        };
        capture.incomplete |= head.get("WARC-Truncated").is_some();
        let digest = head.get("WARC-Payload-Digest");
        if kind == "revisit" {
            capture.incomplete = false;
            capture.body = Vec::new();
            capture.repeats = Some(self.repeated(head, digest, &capture.address));
        } else if let Some(digest) = digest
            && self.contents.len() < REMEMBERED
        {
            let earlier = Repeats { address: capture.address.clone(), fetched_at: date };
            self.contents.entry(digest.to_owned()).or_insert(earlier);
        }
        capture.into()
    }

    /// What a revisit repeats: as it says itself; else the content with the same digest; else the same address.
    fn repeated(&self, head: &WarcHead, digest: Option<&str>, address: &str) -> Repeats {
        let fetched_at: Option<Timestamp> = head.get("WARC-Refers-To-Date").and_then(super::head::date);
        if let Some(target) = head.get("WARC-Refers-To-Target-URI") {
            return Repeats { address: crate::source::address::clean(target), fetched_at };
        }
        match digest.and_then(|digest| self.contents.get(digest)) {
            Some(earlier) => earlier.clone(),
            None => Repeats { address: address.to_owned(), fetched_at },
        }
    }

    fn arc_record(&mut self, head: arc::ArcHead, place: String) -> Result<Step, Trouble> {
        let Some(length) = head.length else {
            self.lost = true;
            if head.address.starts_with("filedesc:") {
                return Ok(Step::Nothing);
            }
            return Ok(refuse(place, "记录写明的长度不是数字，读不出，已跳到下一条记录。"));
        };
        let block = match self.block(length, block::is_of_a_site(&head.address))? {
            Block::Whole(block) => block,
            Block::Cut(block) if http::is_whole(&block) => block,
            Block::Skipped => {
                self.set_aside += 1;
                return Ok(Step::Nothing);
            }
            Block::TooLarge => return Ok(refuse(place, http::too_large(&self.limits))),
            Block::Cut(_) => return Ok(refuse(place, CUT)),
            Block::WrongLength => {
                self.lost = true;
                return Ok(refuse(place, WRONG_LENGTH));
            }
        };
        let kind = Some(head.content_type.as_str()).filter(|kind| *kind != "no-type");
        let capture = block::response(head.address, head.date, kind, &block, &place, &self.limits);
        Ok(Step::Item(capture.map_or_else(|reason| Refused::new(place, reason).into(), Item::from)))
    }

    /// Reads or skips the block of a record and looks whether a record ends behind it.
    fn block(&mut self, length: u64, wanted: bool) -> Result<Block, Trouble> {
        let too_large = length > self.limits.body_bytes as u64;
        let keep = !too_large;
        let mut bytes = Vec::new();
        let mut left = length;
        while left > 0 && self.stream.fill()? {
            if left < length && self.stream.at_member_start() && is_version(self.stream.unread()) {
                // The next record begins: this one says that it is longer than it is.
                return Ok(if wanted { Block::Cut(bytes) } else { Block::Skipped });
            }
            let unread = self.stream.unread();
            let take = unread.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            if keep {
                bytes.extend_from_slice(&unread[..take]);
            }
            self.stream.consume(take);
            left -= take as u64;
        }
        let ended = left == 0 && self.at_record_end()?;
        if ended {
            return Ok(match (wanted, too_large) {
                (false, _) => Block::Skipped,
                (true, true) => Block::TooLarge,
                (true, false) => Block::Whole(bytes),
            });
        }
        // The next record may begin at the very end, and in the middle of a line when the crawler was killed.
        let behind: Vec<u8> = self.stream.unread().iter().take(64).copied().collect();
        self.stream.consume(behind.len());
        bytes.extend_from_slice(&behind);
        if self.read_again < READ_AGAIN
            && let Some(next) = next_record(&bytes)
        {
            self.read_again += 1;
            self.stream.put_back(&bytes[next..]);
            if !wanted {
                return Ok(Block::Skipped);
            }
            if bytes[..next].ends_with(b"\r\n\r\n") || bytes[..next].ends_with(b"\n\n") {
                // The length is wrong, but where the record ends is plain to see.
                let end = bytes[..next].trim_ascii_end().len().max(next.saturating_sub(4));
                bytes.truncate(end);
                return Ok(Block::Whole(bytes));
            }
            bytes.truncate(next);
            return Ok(Block::Cut(bytes));
        }
        self.stream.put_back(&behind);
        bytes.truncate(bytes.len() - behind.len());
        Ok(if left > 0 { Block::Cut(bytes) } else { Block::WrongLength })
    }

    /// Whether a record can end here. Empty lines are skipped, so that a member's checksum is seen while its record
    /// can still be refused; other trouble belongs to the next record.
    fn at_record_end(&mut self) -> Result<bool, Trouble> {
        let mut blank = false;
        loop {
            match self.stream.fill() {
                Ok(true) => {}
                Ok(false) => return Ok(true),
                Err(Trouble::Checksum) => return Err(Trouble::Checksum),
                Err(other) => {
                    self.pending = Some(other);
                    return Ok(true);
                }
            }
            if self.stream.at_member_start() {
                return Ok(true);
            }
            let unread = self.stream.unread();
            let newlines = unread.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            if newlines == 0 {
                return Ok(blank || is_version(unread) || b"WARC/".starts_with(unread));
            }
            blank = true;
            self.stream.consume(newlines);
        }
    }
}

enum Block {
    Whole(Vec<u8>),
    /// Not wanted.
    Skipped,
    TooLarge,
    /// The file or the member ended before; what there was.
    Cut(Vec<u8>),
    WrongLength,
}

fn refuse(place: String, reason: impl Into<String>) -> Step {
    Step::Item(Refused::new(place, reason).into())
}

/// Where a record begins inside of a block that says it is longer than it is.
fn next_record(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find_iter(bytes, b"WARC/").find(|at| {
        let rest = &bytes[*at..];
        let line = rest.get(8..).map(|rest| rest.strip_prefix(b"\r").unwrap_or(rest));
        is_version(rest)
            && line
                .and_then(|line| line.strip_prefix(b"\n"))
                .is_some_and(|line| [&b"WARC-"[..], b"Content-", b"Warc-"].iter().any(|name| line.starts_with(name)))
    })
}

fn is_version(line: &[u8]) -> bool {
    line.starts_with(b"WARC/0.") || line.starts_with(b"WARC/1.")
}
