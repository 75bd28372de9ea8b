//! Strings of BIFF records, also those torn apart by a continuation.

use super::super::super::decode;
use super::super::number;

/// A string with its length in `length_bytes`; BIFF5 writes plain bytes, BIFF8 a flag and one or two bytes each.
pub(super) fn string(bytes: &[u8], length_bytes: usize, old: bool) -> Option<String> {
    let count = number(bytes, 0, length_bytes)?;
    let rest = bytes.get(length_bytes..)?;
    if old {
        return Some(decode::gbk(rest.get(..count.min(rest.len()))?));
    }
    let flags = *rest.first()?;
    let mut start = 1;
    start += if flags & 8 != 0 { 2 } else { 0 };
    start += if flags & 4 != 0 { 4 } else { 0 };
    let wide = flags & 1 != 0;
    let rest = rest.get(start..)?;
    let length = if wide { count * 2 } else { count };
    Some(characters(rest.get(..length.min(rest.len()))?, wide))
}

pub(super) fn characters(bytes: &[u8], wide: bool) -> String {
    if wide { decode::utf16le(bytes) } else { bytes.iter().map(|byte| char::from(*byte)).collect() }
}

/// Runs of UTF-16 text inside other data, as links have them.
pub(super) fn wide_runs(bytes: &[u8]) -> String {
    let mut found = String::new();
    for start in [0, 1] {
        let units =
            bytes.get(start..).unwrap_or_default().chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        let text: String = char::decode_utf16(units).map(|character| character.unwrap_or('\u{1}')).collect();
        for run in text
            .split(|character: char| !(character.is_ascii_graphic() || ('\u{4e00}'..='\u{9fff}').contains(&character)))
        {
            if run.chars().filter(char::is_ascii).count() >= 5 {
                found.push_str(run);
                found.push(' ');
            }
        }
    }
    found
}

/// A record with its continuations.
pub(super) struct Segments<'b> {
    parts: Vec<&'b [u8]>,
    part: usize,
    at: usize,
}

impl<'b> Segments<'b> {
    pub fn new(first: &'b [u8], beyond: Vec<&'b [u8]>) -> Segments<'b> {
        let mut parts = vec![first];
        parts.extend(beyond);
        Segments { parts, part: 0, at: 0 }
    }

    fn byte(&mut self) -> Option<u8> {
        loop {
            let part = self.parts.get(self.part)?;
            if let Some(byte) = part.get(self.at) {
                self.at += 1;
                return Some(*byte);
            }
            self.part += 1;
            self.at = 0;
        }
    }

    fn number(&mut self, bytes: usize) -> Option<usize> {
        let mut number = 0;
        for index in 0..bytes {
            number |= usize::from(self.byte()?) << (8 * index);
        }
        Some(number)
    }

    fn skip(&mut self, mut bytes: usize) {
        while bytes > 0 {
            let Some(part) = self.parts.get(self.part) else { return };
            let here = part.len().saturating_sub(self.at).min(bytes);
            self.at += here;
            bytes -= here;
            if bytes > 0 {
                self.part += 1;
                self.at = 0;
            }
        }
    }

    /// One string; where its characters cross into a continuation, that one starts with a flag of its own.
    pub fn string(&mut self) -> Option<String> {
        let count = self.number(2)?;
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { self.number(2)? } else { 0 };
        let extension = if flags & 4 != 0 { self.number(4)? } else { 0 };
        let mut wide = flags & 1 != 0;
        let mut units: Vec<u16> = Vec::with_capacity(count);
        while units.len() < count {
            let part = self.parts.get(self.part)?;
            if self.at >= part.len() {
                self.part += 1;
                self.at = 0;
                wide = self.byte()? & 1 != 0;
                continue;
            }
            let unit = if wide { self.number(2)? } else { self.number(1)? };
            units.push(unit as u16);
        }
        self.skip(runs * 4);
        self.skip(extension);
        Some(String::from_utf16_lossy(&units))
    }
}
