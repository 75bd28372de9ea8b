//! An HTTP response as it went over the line: head, transfer encoding, content encoding.

use std::io::Read;

use super::limits::Limits;

/// The head of a response.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub status: Option<u16>,
    headers: Vec<(String, String)>,
}

impl Head {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// Parts a block into head and body; without a status line everything is body.
pub(super) fn split(block: &[u8]) -> (Head, &[u8]) {
    let is_response = block.get(..5).is_some_and(|start| start.eq_ignore_ascii_case(b"HTTP/"));
    if !is_response {
        return (Head::default(), block);
    }
    let mut rest = block;
    let mut head = Head::default();
    let mut first = true;
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let line = &rest[..end];
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        rest = &rest[(end + 1).min(rest.len())..];
        if line.is_empty() {
            break;
        }
        if first {
            head.status = status(line);
            first = false;
        } else {
            push_header(&mut head.headers, line);
        }
    }
    (head, rest)
}

fn status(line: &[u8]) -> Option<u16> {
    let line = String::from_utf8_lossy(line);
    line.split_whitespace().nth(1)?.parse().ok().filter(|status| (100..1000).contains(status))
}

/// Adds a header line; a line that begins with white space goes on with the one before.
pub(super) fn push_header(headers: &mut Vec<(String, String)>, line: &[u8]) {
    let text = crate::attachment::decode::quietly(line);
    if text.starts_with([' ', '\t']) {
        if let Some((_, value)) = headers.last_mut() {
            value.push(' ');
            value.push_str(text.trim());
        }
    } else if let Some((name, value)) = text.split_once(':')
        && headers.len() < 2000
    {
        headers.push((name.trim().to_owned(), value.trim().to_owned()));
    }
}

/// The content of a response, and whether it was cut short.
pub(super) fn content(head: &Head, body: &[u8], limits: &Limits) -> Result<(Vec<u8>, bool), String> {
    let mut incomplete = false;
    let has = |name: &str, word: &str| head.get(name).is_some_and(|value| value.to_ascii_lowercase().contains(word));
    let chunks = if has("transfer-encoding", "chunked") { unchunk(body) } else { None };
    let chunked = chunks.is_some();
    let body = match chunks {
        Some((bytes, whole)) => {
            incomplete = !whole;
            std::borrow::Cow::Owned(bytes)
        }
        // Some crawlers undo the chunks and leave the header.
        None => std::borrow::Cow::Borrowed(body),
    };
    let stated: Option<usize> = head.get("content-length").and_then(|length| length.parse().ok());
    let encodings = head.get("content-encoding").unwrap_or_default().to_ascii_lowercase();
    let mut coded: Vec<&str> =
        encodings.split(',').map(str::trim).filter(|coding| !matches!(*coding, "" | "identity" | "none")).collect();
    if coded.is_empty() || body.is_empty() {
        if !chunked && stated.is_some_and(|stated| body.len() < stated && !body.is_empty()) {
            incomplete = true;
        }
        return Ok((body.into_owned(), incomplete));
    }
    let mut bytes = body.into_owned();
    while let Some(coding) = coded.pop() {
        bytes = match coding {
            "gzip" | "x-gzip" if bytes.starts_with(b"\x1f\x8b") => {
                unpack(flate2::read::MultiGzDecoder::new(&bytes[..]), bytes.len(), &mut incomplete, limits)?
            }
            "deflate" => {
                let mut failed = false;
                match unpack(flate2::read::ZlibDecoder::new(&bytes[..]), bytes.len(), &mut failed, limits) {
                    Ok(unpacked) if !failed => unpacked,
                    _ => {
                        match unpack(flate2::read::DeflateDecoder::new(&bytes[..]), bytes.len(), &mut failed, limits) {
                            Ok(unpacked) => unpacked,
                            Err(_) if looks_readable(&bytes) => bytes,
                            Err(reason) => return Err(reason),
                        }
                    }
                }
            }
            "br" => {
                match unpack(brotli::Decompressor::new(&bytes[..], 8 * 1024), bytes.len(), &mut incomplete, limits) {
                    Ok(unpacked) => unpacked,
                    Err(_) if looks_readable(&bytes) => bytes,
                    Err(reason) => return Err(reason),
                }
            }
            // The crawler undid the encoding and left the header.
            _ if looks_readable(&bytes) => bytes,
            "gzip" | "x-gzip" => return Err("内容标明经 gzip 压缩，但解不开。请核实归档文件是否完整。".to_owned()),
            other => {
                let other: String = other.chars().take(20).collect();
                return Err(format!("内容的压缩方式“{other}”不支持。请用其他方式重新保存这个网页。"));
            }
        };
    }
    Ok((bytes, incomplete))
}

/// Whether a response has all the content that it says it has.
pub(super) fn is_whole(block: &[u8]) -> bool {
    let (head, body) = split(block);
    let stated: Option<usize> = head.get("content-length").and_then(|length| length.parse().ok());
    stated.is_some_and(|stated| stated > 0 && body.len() >= stated)
}

fn looks_readable(bytes: &[u8]) -> bool {
    crate::attachment::kind::looks_like_text(bytes)
}

/// Reads to the end under the limits. A damaged end gives what came before it.
fn unpack(mut from: impl Read, packed: usize, incomplete: &mut bool, limits: &Limits) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut chunk = vec![0; 64 * 1024];
    loop {
        match from.read(&mut chunk) {
            Ok(0) => return Ok(bytes),
            Ok(length) => bytes.extend_from_slice(&chunk[..length]),
            Err(_) if bytes.is_empty() => {
                return Err("内容的压缩数据已损坏，解不开。请核实归档文件是否完整。".to_owned());
            }
            Err(_) => {
                *incomplete = true;
                return Ok(bytes);
            }
        }
        let total = bytes.len();
        if total > limits.body_bytes {
            return Err(too_large(limits));
        }
        if total > 1024 * 1024 && (total / packed.max(1)) as u64 > limits.compression_ratio {
            return Err("压缩比异常，可能是压缩炸弹，没有读取。请核实文件来源。".to_owned());
        }
    }
}

pub(super) fn too_large(limits: &Limits) -> String {
    format!("内容超过 {} MB，没有读取。请单独上传这个文件。", limits.body_bytes / (1024 * 1024))
}

/// Undoes chunks: the bytes, and whether the last chunk was there. `None` when there are no chunks at all.
fn unchunk(mut body: &[u8]) -> Option<(Vec<u8>, bool)> {
    let mut bytes = Vec::with_capacity(body.len());
    let mut first = true;
    loop {
        let end = memchr::memchr(b'\n', &body[..body.len().min(4096)]);
        let size = end.and_then(|end| {
            let line = std::str::from_utf8(&body[..end]).ok()?;
            let digits = line.split(';').next().unwrap_or_default().trim();
            (!digits.is_empty() && digits.len() <= 8).then(|| usize::from_str_radix(digits, 16).ok()).flatten()
        });
        let (Some(end), Some(size)) = (end, size) else {
            return (!first).then_some((bytes, false));
        };
        body = &body[end + 1..];
        if size == 0 {
            return Some((bytes, true));
        }
        if body.len() < size {
            // A first line that only happens to be a number is no chunk.
            if first && body.len() + 4096 < size {
                return None;
            }
            bytes.extend_from_slice(body);
            return Some((bytes, false));
        }
        bytes.extend_from_slice(&body[..size]);
        body = &body[size..];
        let line_end = if body.starts_with(b"\r\n") { 2 } else { usize::from(body.starts_with(b"\n")) };
        if line_end == 0 && first && !body.is_empty() {
            return None;
        }
        body = &body[line_end..];
        first = false;
    }
}
