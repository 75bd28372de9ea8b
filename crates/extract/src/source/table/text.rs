//! A stream of text in any encoding Chinese files come in, as UTF-8, line by line.

use std::io::Read;

use encoding_rs::{Decoder, Encoding, UTF_8};

use crate::attachment::decode;
use crate::source::stream::{Stream, Trouble};

const SAMPLE: usize = 256 * 1024;

/// Text decoded on the way. UTF-8 goes through as it is, so that a line with damage can be told and mended by itself.
pub(in crate::source) struct Text<R> {
    stream: Stream<R>,
    decoder: Option<Decoder>,
    ready: Vec<u8>,
    start: usize,
    ended: bool,
}

impl<R: Read> Text<R> {
    pub fn new(reader: R, total_bytes: u64) -> Text<R> {
        Text { stream: Stream::new(reader, total_bytes), decoder: None, ready: Vec::new(), start: 0, ended: false }
    }

    /// The first bytes, decoded: for finding out the form of a table. Also settles the encoding.
    pub fn sample(&mut self) -> Result<&[u8], Trouble> {
        let mut raw = Vec::new();
        while raw.len() < SAMPLE && self.stream.fill()? {
            raw.extend_from_slice(self.stream.unread());
            let length = self.stream.unread().len();
            self.stream.consume(length);
        }
        let encoding = encoding(&raw);
        if encoding == UTF_8 {
            let mark = if raw.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
            self.ready = raw.split_off(mark);
        } else {
            let mut decoder = encoding.new_decoder_with_bom_removal();
            decode_into(&mut decoder, &raw, false, &mut self.ready);
            self.decoder = Some(decoder);
        }
        Ok(&self.ready)
    }

    pub fn unread(&self) -> &[u8] {
        &self.ready[self.start..]
    }

    pub fn consume(&mut self, length: usize) {
        self.start = (self.start + length).min(self.ready.len());
    }

    pub fn put_back(&mut self, bytes: &[u8]) {
        let mut ready = bytes.to_vec();
        ready.extend_from_slice(self.unread());
        self.ready = ready;
        self.start = 0;
    }

    /// Makes sure that bytes are at hand; false at the end.
    pub fn fill(&mut self) -> Result<bool, Trouble> {
        while self.start >= self.ready.len() {
            if self.ended {
                return Ok(false);
            }
            self.ready.clear();
            self.start = 0;
            let more = self.stream.fill()?;
            self.ended = !more;
            match &mut self.decoder {
                None => self.ready.extend_from_slice(self.stream.unread()),
                Some(decoder) => decode_into(decoder, self.stream.unread(), self.ended, &mut self.ready),
            }
            let length = self.stream.unread().len();
            self.stream.consume(length);
        }
        Ok(true)
    }

    /// After trouble: nothing more is read.
    pub fn stop(&mut self) {
        self.ended = true;
        self.ready.clear();
        self.start = 0;
    }

    /// Reads to the end of the line into `line`: `None` at the end of the text, false when the line was longer than
    /// `limit` (the rest is skipped).
    pub fn line(&mut self, line: &mut Vec<u8>, limit: usize) -> Result<Option<bool>, Trouble> {
        line.clear();
        let (mut any, mut fits) = (false, true);
        while self.fill()? {
            any = true;
            let found = memchr::memchr(b'\n', self.unread());
            let length = found.unwrap_or(self.unread().len());
            fits &= line.len() + length <= limit;
            if fits {
                line.extend_from_slice(&self.ready[self.start..self.start + length]);
            }
            self.consume(length + usize::from(found.is_some()));
            if found.is_some() {
                break;
            }
        }
        Ok(any.then_some(fits))
    }
}

/// What the text of one line or cell says: UTF-8, or what it is when it is not.
pub(in crate::source) fn mended(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|damaged| decode::quietly(damaged.as_bytes()))
}

/// A sentence for trouble with the whole file.
pub(in crate::source) fn sentence(trouble: &Trouble) -> &'static str {
    match trouble {
        Trouble::Io => "读文件时出错，后面的内容未读。请核实文件是否完整，重新上传后再试。",
        Trouble::TooMuch => "解压后的内容超过上限，后面的内容未读。请把文件拆分后分批导入。",
        Trouble::Checksum | Trouble::Damaged => "压缩数据已损坏，后面的内容未读。请重新取得完整的文件。",
    }
}

fn encoding(sample: &[u8]) -> &'static Encoding {
    // The sample may end in the middle of a character.
    if let Err(error) = std::str::from_utf8(sample) {
        if error.error_len().is_none() && sample.len() - error.valid_up_to() < 4 {
            return UTF_8;
        }
        let last_line = memchr::memrchr(b'\n', sample).filter(|end| *end > sample.len() / 2);
        return decode::guess(&sample[..last_line.unwrap_or(sample.len())]);
    }
    decode::guess(sample)
}

fn decode_into(decoder: &mut Decoder, bytes: &[u8], last: bool, output: &mut Vec<u8>) {
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 3 + 16));
    let _ = decoder.decode_to_string(bytes, &mut text, last);
    output.extend_from_slice(text.as_bytes());
}
