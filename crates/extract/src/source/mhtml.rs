//! MHTML (RFC 2557): one page with its pictures as a mail of several parts, as browsers save “单个文件”.

use std::io::Read;

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use jiff::Timestamp;

use super::item::{Capture, Item, Refused};
use super::items::{Items, Reading};
use super::limits::Limits;
use super::stream::{Stream, Trouble};
use super::table::sentence;
use super::{address, http};

/// Reads an MHTML file: a capture for every part with an address, the page first as a rule. Parts that have a content
/// number only get `cid:…` as their address, as the page refers to them.
pub fn mhtml<'r>(reader: impl Read + Send + 'r, limits: &Limits) -> Items<'r> {
    let reading = MhtmlReading {
        stream: Stream::new(reader, limits.total_bytes),
        limits: limits.clone(),
        boundaries: Vec::new(),
        page: None,
        saved_at: None,
        started: false,
        ended: false,
        number: 0,
        set_aside: 0,
    };
    Items::new(reading, limits)
}

struct MhtmlReading<R> {
    stream: Stream<R>,
    limits: Limits,
    /// Boundaries of the parts being read, the innermost last.
    boundaries: Vec<String>,
    page: Option<String>,
    saved_at: Option<Timestamp>,
    started: bool,
    ended: bool,
    number: u64,
    set_aside: u64,
}

type Headers = Vec<(String, String)>;

fn get<'h>(headers: &'h Headers, name: &str) -> Option<&'h str> {
    headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

impl<R: Read> Reading for MhtmlReading<R> {
    fn next(&mut self) -> Option<Item> {
        while !self.ended {
            match self.part() {
                Ok(Some(item)) => return Some(item),
                Ok(None) => {}
                Err(trouble) => {
                    self.ended = true;
                    return Some(Refused::new(format!("第 {} 部分以后", self.number), sentence(&trouble)).into());
                }
            }
        }
        None
    }

    fn set_aside(&self) -> u64 {
        self.set_aside
    }
}

impl<R: Read> MhtmlReading<R> {
    fn part(&mut self) -> Result<Option<Item>, Trouble> {
        let headers = self.headers()?;
        let first = !std::mem::replace(&mut self.started, true);
        self.number += u64::from(!first);
        if first {
            self.saved_at = get(&headers, "date")
                .and_then(|date| jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(date).ok());
            self.page = get(&headers, "snapshot-content-location").map(address::clean);
        }
        let content_type = get(&headers, "content-type").unwrap_or("text/plain").to_owned();
        if let Some(boundary) = boundary(&content_type).filter(|_| self.boundaries.len() < 10) {
            self.boundaries.push(boundary);
            self.body(false)?;
            return Ok(None);
        }
        let place = if first { "网页".to_owned() } else { format!("第 {} 部分", self.number) };
        let (raw, fits) = self.body(true)?;
        if first && get(&headers, "content-location").is_none() && self.page.is_none() {
            self.ended = true;
            return Ok(Some(
                Refused::new("整个文件", "不是有效的 MHTML 文件，没有读取。请用浏览器重新保存网页。").into(),
            ));
        }
        if !fits {
            return Ok(Some(Refused::new(place, http::too_large(&self.limits)).into()));
        }
        let encoding = get(&headers, "content-transfer-encoding").unwrap_or_default().trim().to_ascii_lowercase();
        let body = match encoding.as_str() {
            "base64" => match from_base64(&raw) {
                Some(body) => body,
                None => {
                    return Ok(Some(Refused::new(place, "内容的 base64 编码有误，没有采用。请重新保存网页。").into()));
                }
            },
            "quoted-printable" => from_quoted_printable(&raw),
            _ => raw,
        };
        let location = get(&headers, "content-location").map(address::clean).filter(|location| !location.is_empty());
        let base = self.page.clone().or_else(|| get(&headers, "content-base").map(address::clean));
        let address = match location {
            Some(location) if address::is_absolute(&location) || location.starts_with("cid:") => Some(location),
            Some(location) => base.as_deref().and_then(|base| address::join(base, &location)),
            None => get(&headers, "content-id").map(|id| format!("cid:{}", address::clean(id))),
        };
        let address = address.or_else(|| self.page.clone().filter(|_| self.number <= 1));
        let Some(address) = address else {
            self.set_aside += u64::from(body.is_empty());
            if body.is_empty() {
                return Ok(None);
            }
            return Ok(Some(Refused::new(place, "这一部分没有写明网址，没有采用。").into()));
        };
        if self.page.is_none() && content_type.to_ascii_lowercase().starts_with("text/html") {
            self.page = Some(address.clone());
        }
        Ok(Some(
            Capture {
                address,
                content_type: Some(content_type),
                fetched_at: self.saved_at,
                body,
                place,
                ..Capture::default()
            }
            .into(),
        ))
    }

    fn headers(&mut self) -> Result<Headers, Trouble> {
        let mut headers = Headers::new();
        let mut room = self.limits.header_bytes;
        while let Some(line) = self.stream.line(room)? {
            if line.is_empty() {
                if headers.is_empty() && !self.started {
                    continue;
                }
                return Ok(headers);
            }
            room = room.saturating_sub(line.len());
            http::push_header(&mut headers, &line);
        }
        self.ended = true;
        Ok(headers)
    }

    /// Everything up to the next boundary, and whether it was within the limit.
    fn body(&mut self, keep: bool) -> Result<(Vec<u8>, bool), Trouble> {
        let mut body = Vec::new();
        let mut fits = true;
        // Lines are read in full: a line of base64 is short, a line of 8-bit HTML may be the whole page.
        let most = self.limits.body_bytes.saturating_mul(2);
        while let Some(line) = self.stream.line(most)? {
            let text = line.strip_prefix(b"--").map(|rest| rest.trim_ascii_end());
            if let Some(text) = text.filter(|text| text.len() < 400) {
                let level = self.boundaries.iter().rposition(|boundary| {
                    text.strip_prefix(boundary.as_bytes()).is_some_and(|rest| matches!(rest, b"" | b"--"))
                });
                if let Some(level) = level {
                    let closes = text.len() > self.boundaries[level].len();
                    self.boundaries.truncate(level + usize::from(!closes));
                    if closes && level == 0 {
                        self.ended = true;
                    } else if closes {
                        // What stands behind the end of inner parts is nothing.
                        continue;
                    }
                    break;
                }
            }
            fits &= body.len() + line.len() < most;
            if keep && fits {
                body.extend_from_slice(&line);
                body.extend_from_slice(b"\r\n");
            }
        }
        if !self.stream.fill()? {
            self.ended = true;
        }
        // The line end before a boundary belongs to the boundary.
        body.truncate(body.len().saturating_sub(2));
        Ok((body, fits))
    }
}

fn boundary(content_type: &str) -> Option<String> {
    if !content_type.trim_start().to_ascii_lowercase().starts_with("multipart/") {
        return None;
    }
    let parameters = content_type.split_once(';')?.1;
    let boundary = super::table::attribute(&parameters.replace(';', " "), "boundary")?;
    (!boundary.is_empty() && boundary.len() <= 200).then_some(boundary)
}

fn from_base64(raw: &[u8]) -> Option<Vec<u8>> {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let plain: Vec<u8> = raw.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    GeneralPurpose::new(&alphabet::STANDARD, config).decode(plain).ok()
}

/// `=E6` is a byte, `=` at the end of a line is nothing; what is neither stays as it is.
fn from_quoted_printable(raw: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'=', rest) {
        plain.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        let soft = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
        if rest.get(soft) == Some(&b'\n') {
            rest = &rest[soft + 1..];
        } else if rest.is_empty() {
        } else {
            let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
            match (digit(rest.first()), digit(rest.get(1))) {
                (Some(high), Some(low)) => {
                    plain.push(u8::try_from(high * 16 + low).unwrap_or_default());
                    rest = &rest[2..];
                }
                _ => plain.push(b'='),
            }
        }
    }
    plain.extend_from_slice(rest);
    plain
}
