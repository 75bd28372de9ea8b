//! Object streams are unpacked and taken apart when a file is opened, before any limit of ours can hold. So they are
//! measured beforehand: a few kilobytes can hold millions of objects.

use std::io::Read;

use flate2::read::ZlibDecoder;

/// Unpacked bytes of all object streams together; every few of them become an object in memory.
const MOST: u64 = 48 * 1024 * 1024;
/// What cannot be measured because it is encrypted is bounded by number and size of the streams.
const MOST_ENCRYPTED: u64 = 512;

/// The size one stream may unpack to while the file is opened; `None` when the file holds too many objects.
pub(super) fn of(bytes: &[u8], one_stream: u64) -> Option<u64> {
    let encrypted = find(bytes, b"/Encrypt", 0).is_some();
    let (mut at, mut object, mut total, mut count) = (0, 0, 0u64, 0u64);
    while let Some(found) = find(bytes, b"stream", at) {
        at = found + 6;
        if bytes[..found].ends_with(b"end") {
            object = at;
            continue;
        }
        let dictionary = &bytes[object..found];
        let own = dictionary.windows(3).rposition(|window| window == b"obj").unwrap_or(0);
        let dictionary = unescaped(&dictionary[own..]);
        object = at;
        if find(&dictionary, b"ObjStm", 0).is_none() {
            continue;
        }
        count += 1;
        if !encrypted {
            total += unpacked(&dictionary, &bytes[at..]);
            if total > MOST {
                return None;
            }
        }
    }
    if !encrypted {
        return Some(one_stream);
    }
    (count <= MOST_ENCRYPTED).then(|| one_stream.min(MOST / count.max(1)).max(64 * 1024))
}

/// A dictionary with the escapes of its names resolved, as a hostile file may write them.
fn unescaped(dictionary: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(dictionary.len());
    let mut rest = dictionary;
    while let Some((byte, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| *byte == b'#') {
            Some(code) => {
                plain.push(code);
                rest = &after[2..];
            }
            None => {
                plain.push(*byte);
                rest = after;
            }
        }
    }
    plain
}

/// How much a stream unpacks to, or more than the most when that cannot be told.
fn unpacked(dictionary: &[u8], data: &[u8]) -> u64 {
    let start = data.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(data.len());
    let end = find(data, b"endstream", 0).unwrap_or(data.len()).max(start);
    let data = &data[start..end];
    let tail = &dictionary[dictionary.len().saturating_sub(2000)..];
    let filters = tail
        .windows(6)
        .filter(|window| *window == b"Decode")
        .count()
        .saturating_sub(usize::from(find(tail, b"DecodeParms", 0).is_some()));
    if find(tail, b"/Filter", 0).is_none() {
        return data.len() as u64;
    }
    if filters > 1 || find(tail, b"Flate", 0).is_none() && find(tail, b"/Fl", 0).is_none() {
        // Two packings on top of each other, or one with another ratio.
        return (data.len() as u64).saturating_mul(1000);
    }
    let mut sink = [0; 16 * 1024];
    let mut decoder = ZlibDecoder::new(data);
    let mut total = 0;
    while let Ok(length @ 1..) = decoder.read(&mut sink) {
        total += length as u64;
        if total > MOST {
            break;
        }
    }
    total
}

fn find(bytes: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    let first = *needle.first()?;
    let mut at = from;
    while let Some(found) = bytes.get(at..)?.iter().position(|byte| *byte == first) {
        at += found;
        if bytes[at..].starts_with(needle) {
            return Some(at);
        }
        at += 1;
    }
    None
}
