//! Writing WARC 1.1 (ISO 28500:2017), a gzip member for each record, SHA-256 digests of block and payload in hexadecimal
//! as `sha256sum` prints them. Times and numbers of records come from the caller: the same input gives the same file.

use std::fmt;
use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// The number of a record, written as `<urn:uuid:…>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RecordId([u8; 16]);

impl RecordId {
    /// From the bytes of a UUID.
    pub fn from_bytes(bytes: [u8; 16]) -> RecordId {
        RecordId(bytes)
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("<urn:uuid:")?;
        for (index, byte) in self.0.iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                formatter.write_str("-")?;
            }
            write!(formatter, "{byte:02x}")?;
        }
        formatter.write_str(">")
    }
}

/// Where a record was put, for an index and for evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Offset of the record in the file, and its length there (packed).
    pub offset: u64,
    pub length: u64,
    /// SHA-256 of the whole block, and of the content behind the HTTP head.
    pub block_digest: String,
    pub payload_digest: Option<String>,
}

/// The HTTP head of a response: `status` 200, `reason` `OK`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResponseHead {
    pub status: u16,
    pub reason: String,
    /// In their order. Headers that tell how the content travelled (`Transfer-Encoding`, `Content-Encoding`,
    /// `Content-Length`) are left out and written anew, because the content is kept decoded.
    pub headers: Vec<(String, String)>,
}

/// Writes records one after the other. Nothing is buffered between records.
pub struct WarcWriter<W> {
    output: W,
    offset: u64,
    packed: bool,
}

impl<W: Write> WarcWriter<W> {
    /// For a `.warc.gz` file.
    pub fn packed(output: W) -> WarcWriter<W> {
        WarcWriter { output, offset: 0, packed: true }
    }

    /// For a `.warc` file.
    pub fn plain(output: W) -> WarcWriter<W> {
        WarcWriter { output, offset: 0, packed: false }
    }

    /// Goes on behind records written before: `offset` bytes are in the file already.
    pub fn continued_at(mut self, offset: u64) -> WarcWriter<W> {
        self.offset = offset;
        self
    }

    pub fn into_inner(self) -> W {
        self.output
    }

    /// The record a file begins with: who wrote it and why.
    pub fn info(
        &mut self,
        id: RecordId,
        at: Timestamp,
        file_name: &str,
        fields: &[(&str, &str)],
    ) -> io::Result<Written> {
        let mut head = Head::new("warcinfo", id, at);
        head.field("WARC-Filename", file_name);
        head.field("Content-Type", "application/warc-fields");
        self.write(head, &warc_fields(fields), None)
    }

    /// What an address answered. `body` is the content with its encodings undone.
    pub fn response(
        &mut self,
        id: RecordId,
        at: Timestamp,
        address: &str,
        response: &ResponseHead,
        body: &[u8],
    ) -> io::Result<Written> {
        let mut block = format!("HTTP/1.1 {} {}\r\n", response.status, one_line(&response.reason)).into_bytes();
        push_headers(&mut block, &response.headers, body.len());
        block.extend_from_slice(body);
        let mut head = Head::new("response", id, at);
        head.field("WARC-Target-URI", &crate::source::address::clean(address));
        head.field("Content-Type", "application/http;msgtype=response");
        self.write(head, &block, Some(body))
    }

    /// The request an answer belongs to.
    #[expect(clippy::too_many_arguments, reason = "the parts of a request, each of its own kind")]
    pub fn request(
        &mut self,
        id: RecordId,
        at: Timestamp,
        address: &str,
        response: RecordId,
        request_line: &str,
        headers: &[(String, String)],
        body: &[u8],
    ) -> io::Result<Written> {
        let mut block = format!("{}\r\n", one_line(request_line)).into_bytes();
        push_headers(&mut block, headers, body.len());
        block.extend_from_slice(body);
        let mut head = Head::new("request", id, at);
        head.field("WARC-Target-URI", &crate::source::address::clean(address));
        head.field("WARC-Concurrent-To", &response.to_string());
        head.field("Content-Type", "application/http;msgtype=request");
        self.write(head, &block, None)
    }

    /// Named facts about an answer: when it was checked, by whom.
    pub fn metadata(
        &mut self,
        id: RecordId,
        at: Timestamp,
        address: &str,
        response: RecordId,
        fields: &[(&str, &str)],
    ) -> io::Result<Written> {
        let mut head = Head::new("metadata", id, at);
        head.field("WARC-Target-URI", &crate::source::address::clean(address));
        head.field("WARC-Concurrent-To", &response.to_string());
        head.field("Content-Type", "application/warc-fields");
        self.write(head, &warc_fields(fields), None)
    }

    /// Content that did not come over HTTP: a screenshot, a file.
    pub fn resource(
        &mut self,
        id: RecordId,
        at: Timestamp,
        address: &str,
        content_type: &str,
        body: &[u8],
    ) -> io::Result<Written> {
        let mut head = Head::new("resource", id, at);
        head.field("WARC-Target-URI", &crate::source::address::clean(address));
        head.field("Content-Type", content_type);
        self.write(head, body, Some(body))
    }

    fn write(&mut self, mut head: Head, block: &[u8], payload: Option<&[u8]>) -> io::Result<Written> {
        let block_digest = digest(block);
        let payload_digest = payload.map(digest);
        head.field("WARC-Block-Digest", &block_digest);
        if let Some(payload_digest) = &payload_digest {
            head.field("WARC-Payload-Digest", payload_digest);
        }
        head.field("Content-Length", &block.len().to_string());
        let mut counted = Counted { output: &mut self.output, length: 0 };
        if self.packed {
            let mut member = GzEncoder::new(&mut counted, Compression::default());
            put(&mut member, &head.0, block)?;
            member.finish()?;
        } else {
            put(&mut counted, &head.0, block)?;
        }
        let (offset, length) = (self.offset, counted.length);
        self.offset += length;
        Ok(Written { offset, length, block_digest, payload_digest })
    }
}

fn put(output: &mut impl Write, head: &str, block: &[u8]) -> io::Result<()> {
    output.write_all(head.as_bytes())?;
    output.write_all(b"\r\n")?;
    output.write_all(block)?;
    output.write_all(b"\r\n\r\n")
}

struct Head(String);

impl Head {
    fn new(kind: &str, id: RecordId, at: Timestamp) -> Head {
        let mut head = Head("WARC/1.1\r\n".to_owned());
        head.field("WARC-Type", kind);
        head.field("WARC-Record-ID", &id.to_string());
        head.field("WARC-Date", &at.to_string());
        head
    }

    fn field(&mut self, name: &str, value: &str) {
        self.0.push_str(&format!("{name}: {}\r\n", one_line(value)));
    }
}

/// A value must not end its line.
fn one_line(value: &str) -> String {
    value
        .chars()
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect::<String>()
        .trim()
        .to_owned()
}

fn warc_fields(fields: &[(&str, &str)]) -> Vec<u8> {
    fields
        .iter()
        .map(|(name, value)| format!("{}: {}\r\n", one_line(name), one_line(value)))
        .collect::<String>()
        .into_bytes()
}

fn push_headers(block: &mut Vec<u8>, headers: &[(String, String)], length: usize) {
    const ANEW: [&str; 3] = ["transfer-encoding", "content-encoding", "content-length"];
    for (name, value) in headers {
        let name = one_line(name);
        if !name.is_empty() && !name.contains(':') && !ANEW.iter().any(|anew| name.eq_ignore_ascii_case(anew)) {
            block.extend_from_slice(format!("{name}: {}\r\n", one_line(value)).as_bytes());
        }
    }
    if length > 0 {
        block.extend_from_slice(format!("Content-Length: {length}\r\n").as_bytes());
    }
    block.extend_from_slice(b"\r\n");
}

fn digest(bytes: &[u8]) -> String {
    let sum = Sha256::digest(bytes);
    let mut text = String::from("sha256:");
    for byte in sum {
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

struct Counted<W> {
    output: W,
    length: u64,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let length = self.output.write(bytes)?;
        self.length += length as u64;
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}
