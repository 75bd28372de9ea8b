//! A stream of bytes that may be packed with gzip, in one member or a member for each record; after damage it goes on
//! at the next member.

use std::io::Read;

use flate2::{Crc, Decompress, FlushDecompress, Status};

const RAW: usize = 128 * 1024;
const OUT: usize = 256 * 1024;

/// Why bytes stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The reader below failed: nothing more can be read.
    Io,
    /// Packed data are damaged; [`Stream::recover`] goes to the next member.
    Damaged,
    /// A member's checksum is wrong; its bytes have been given already.
    Checksum,
    /// More bytes than allowed: nothing more is read.
    TooMuch,
}

#[derive(PartialEq, Eq)]
enum Mode {
    Unknown,
    Plain,
    /// Between members.
    Gap,
    /// Inside the packed data of a member.
    Member,
    End,
}

pub(super) struct Stream<R> {
    input: R,
    raw: Vec<u8>,
    raw_start: usize,
    raw_ended: bool,
    /// Offset in the file of `raw[raw_start]`.
    raw_offset: u64,
    out: Vec<u8>,
    start: usize,
    mode: Mode,
    inflate: Decompress,
    crc: Crc,
    /// Offsets of the member being read: in the file, and unpacked.
    member: (u64, u64),
    /// Unpacked bytes handed out so far.
    position: u64,
    room: u64,
    wrong_sum: bool,
    packed: bool,
}

impl<R: Read> Stream<R> {
    pub fn new(input: R, total_bytes: u64) -> Stream<R> {
        Stream {
            input,
            raw: Vec::new(),
            raw_start: 0,
            raw_ended: false,
            raw_offset: 0,
            out: Vec::new(),
            start: 0,
            mode: Mode::Unknown,
            inflate: Decompress::new(false),
            crc: Crc::new(),
            member: (0, 0),
            position: 0,
            room: total_bytes,
            wrong_sum: false,
            packed: false,
        }
    }

    /// Where the next byte stands, for people.
    pub fn place(&self) -> String {
        if !self.packed {
            format!("偏移 {}", self.position)
        } else if self.mode == Mode::Gap && self.unread().is_empty() {
            format!("偏移 {}", self.raw_offset)
        } else if self.position == self.member.1 {
            format!("偏移 {}", self.member.0)
        } else {
            format!("解压后偏移 {}", self.position)
        }
    }

    /// The bytes at hand.
    pub fn unread(&self) -> &[u8] {
        &self.out[self.start..]
    }

    pub fn consume(&mut self, length: usize) {
        let length = length.min(self.out.len() - self.start);
        self.start += length;
        self.position += length as u64;
    }

    /// Puts bytes back in front.
    pub fn put_back(&mut self, bytes: &[u8]) {
        let mut out = Vec::with_capacity(bytes.len() + self.unread().len());
        out.extend_from_slice(bytes);
        out.extend_from_slice(self.unread());
        self.out = out;
        self.start = 0;
        self.position = self.position.saturating_sub(bytes.len() as u64);
    }

    /// True when the bytes at hand are the first of a member.
    pub fn at_member_start(&self) -> bool {
        self.packed && self.position == self.member.1
    }

    /// Makes sure that bytes are at hand; false at the end.
    pub fn fill(&mut self) -> Result<bool, Trouble> {
        if self.start < self.out.len() {
            return Ok(true);
        }
        self.more()
    }

    /// Adds bytes to those at hand; false when there are no more.
    fn more(&mut self) -> Result<bool, Trouble> {
        if self.start > 0 {
            self.out.drain(..self.start);
            self.start = 0;
        }
        loop {
            match self.mode {
                Mode::End => return Ok(false),
                Mode::Unknown => {
                    self.need(2)?;
                    self.packed = self.raw_bytes().starts_with(b"\x1f\x8b");
                    self.mode = if self.packed { Mode::Gap } else { Mode::Plain };
                }
                Mode::Plain => {
                    if self.raw_bytes().is_empty() && !self.need(1)? {
                        self.mode = Mode::End;
                        return Ok(false);
                    }
                    let length = self.raw_bytes().len();
                    self.charge(length)?;
                    self.out.extend_from_slice(&self.raw[self.raw_start..]);
                    self.skip_raw(length);
                    return Ok(true);
                }
                Mode::Gap => {
                    if std::mem::take(&mut self.wrong_sum) {
                        return Err(Trouble::Checksum);
                    }
                    if !self.open_member()? {
                        self.mode = Mode::End;
                        return Ok(false);
                    }
                }
                Mode::Member => {
                    let before = self.out.len();
                    self.inflate_some()?;
                    if self.out.len() > before {
                        return Ok(true);
                    }
                }
            }
        }
    }

    fn charge(&mut self, length: usize) -> Result<(), Trouble> {
        match self.room.checked_sub(length as u64) {
            Some(room) => self.room = room,
            None => {
                self.mode = Mode::End;
                return Err(Trouble::TooMuch);
            }
        }
        Ok(())
    }

    fn raw_bytes(&self) -> &[u8] {
        &self.raw[self.raw_start..]
    }

    fn skip_raw(&mut self, length: usize) {
        self.raw_start += length;
        self.raw_offset += length as u64;
    }

    /// Reads until so many raw bytes are at hand; false when the file ends before.
    fn need(&mut self, length: usize) -> Result<bool, Trouble> {
        while self.raw.len() - self.raw_start < length {
            if self.raw_ended {
                return Ok(false);
            }
            self.raw.drain(..self.raw_start);
            self.raw_start = 0;
            let kept = self.raw.len();
            self.raw.resize(kept + RAW, 0);
            let read = loop {
                match self.input.read(&mut self.raw[kept..]) {
                    Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                    read => break read,
                }
            };
            self.raw.truncate(kept + *read.as_ref().unwrap_or(&0));
            match read {
                Ok(0) => self.raw_ended = true,
                Ok(_) => {}
                Err(_) => {
                    self.raw_ended = true;
                    self.mode = Mode::End;
                    return Err(Trouble::Io);
                }
            }
        }
        Ok(true)
    }

    /// Reads a member's header; false at the end of the file. Zeros between members are padding.
    fn open_member(&mut self) -> Result<bool, Trouble> {
        loop {
            if !self.need(1)? {
                return Ok(false);
            }
            let zeros = self.raw_bytes().iter().take_while(|byte| **byte == 0).count();
            if zeros == 0 {
                break;
            }
            self.skip_raw(zeros);
        }
        if !self.need(10)? || !self.raw_bytes().starts_with(b"\x1f\x8b\x08") || self.raw_bytes()[3] & 0xe0 != 0 {
            return Err(Trouble::Damaged);
        }
        let flags = self.raw_bytes()[3];
        let mut length = 10;
        if flags & 4 != 0 {
            if !self.need(length + 2)? {
                return Err(Trouble::Damaged);
            }
            let extra = self.raw_bytes();
            length += 2 + usize::from(u16::from_le_bytes([extra[length], extra[length + 1]]));
        }
        for flag in [8, 16] {
            if flags & flag != 0 {
                // A name or a comment ends with a zero; no honest one is longer than the buffer.
                loop {
                    if !self.need(length + 1)? || length > RAW {
                        return Err(Trouble::Damaged);
                    }
                    length += 1;
                    if self.raw_bytes()[length - 1] == 0 {
                        break;
                    }
                }
            }
        }
        if flags & 2 != 0 {
            length += 2;
        }
        if !self.need(length)? {
            return Err(Trouble::Damaged);
        }
        self.member = (self.raw_offset, self.position + self.unread().len() as u64);
        self.skip_raw(length);
        self.inflate.reset(false);
        self.crc.reset();
        self.mode = Mode::Member;
        Ok(true)
    }

    fn inflate_some(&mut self) -> Result<(), Trouble> {
        let at_end = !self.need(1)?;
        let kept = self.out.len();
        self.out.resize(kept + OUT, 0);
        let (consumed, produced) = (self.inflate.total_in(), self.inflate.total_out());
        let status = self.inflate.decompress(&self.raw[self.raw_start..], &mut self.out[kept..], FlushDecompress::None);
        let consumed = usize::try_from(self.inflate.total_in() - consumed).unwrap_or(0);
        let produced = usize::try_from(self.inflate.total_out() - produced).unwrap_or(0);
        self.out.truncate(kept + produced);
        self.crc.update(&self.out[kept..]);
        self.skip_raw(consumed);
        self.charge(produced)?;
        match status {
            Ok(Status::StreamEnd) => {
                self.mode = Mode::Gap;
                let sum = self.crc.sum();
                if !self.need(8)? {
                    let rest = self.raw_bytes().len();
                    self.skip_raw(rest);
                    return Ok(());
                }
                let stated: Vec<u8> = self.raw_bytes()[..4].to_vec();
                self.skip_raw(8);
                // Told when the bytes at hand are used up.
                self.wrong_sum = stated != sum.to_le_bytes();
                Ok(())
            }
            Ok(_) if consumed == 0 && produced == 0 && at_end => Err(Trouble::Damaged),
            Ok(Status::BufError) if consumed == 0 && produced == 0 => Err(Trouble::Damaged),
            Ok(_) => Ok(()),
            Err(_) => Err(Trouble::Damaged),
        }
    }

    /// After damage: drops what is at hand and goes to what looks like the next member.
    pub fn recover(&mut self) -> Result<(), Trouble> {
        self.position += self.unread().len() as u64;
        self.out.clear();
        self.start = 0;
        if !self.packed || self.mode == Mode::End {
            return Ok(());
        }
        self.mode = Mode::Gap;
        let mut first = true;
        while self.need(4)? {
            let bytes = self.raw_bytes();
            let from = usize::from(first && self.raw_offset == self.member.0);
            first = false;
            match memchr::memmem::find(&bytes[from..], b"\x1f\x8b\x08") {
                Some(found) => {
                    self.skip_raw(from + found);
                    if !self.need(4)? || self.raw_bytes()[3] & 0xe0 == 0 {
                        // The same header is not tried twice.
                        self.member.0 = self.raw_offset;
                        return Ok(());
                    }
                    self.skip_raw(1);
                }
                None => {
                    let length = bytes.len() - 2;
                    self.skip_raw(length);
                }
            }
        }
        self.mode = Mode::End;
        Ok(())
    }

    /// One line without its end, cut at `limit` bytes (the rest is skipped); `None` at the end. A new member ends a
    /// line.
    pub fn line(&mut self, limit: usize) -> Result<Option<Vec<u8>>, Trouble> {
        let mut line = Vec::new();
        let mut any = false;
        while self.fill()? {
            if any && self.at_member_start() {
                break;
            }
            any = true;
            let found = memchr::memchr(b'\n', self.unread());
            let length = found.unwrap_or(self.unread().len());
            let keep = length.min(limit.saturating_sub(line.len()));
            line.extend_from_slice(&self.unread()[..keep]);
            self.consume(length + usize::from(found.is_some()));
            if found.is_some() {
                break;
            }
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok(any.then_some(line))
    }
}

impl<R: Read> Read for Stream<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self.fill() {
            Ok(false) => Ok(0),
            Ok(true) => {
                let length = buffer.len().min(self.unread().len());
                buffer[..length].copy_from_slice(&self.unread()[..length]);
                self.consume(length);
                Ok(length)
            }
            Err(Trouble::TooMuch) => Err(std::io::Error::other("more bytes than allowed")),
            Err(_) => Err(std::io::Error::from(std::io::ErrorKind::InvalidData)),
        }
    }
}
