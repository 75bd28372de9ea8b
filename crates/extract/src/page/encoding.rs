//! Bytes of a page to characters. What the page claims is only a hint: the bytes decide. UTF-8 that decodes without a
//! fault is UTF-8, whatever is claimed; otherwise the candidates are decoded and the one that loses least and reads
//! most like Chinese wins.

use std::borrow::Cow;

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::attachment::utf16_without_mark;

/// How much is looked at when candidates are compared.
const SAMPLE: usize = 96 * 1024;

pub(super) struct Decoded<'b> {
    pub(super) text: Cow<'b, str>,
    /// The name by the WHATWG, in lower case letters as pages write it (`utf-8`, `gb18030`, `big5`).
    pub(super) name: &'static str,
    /// What the header or the page says, when it says something.
    pub(super) claimed: Option<String>,
    /// Bytes that are no character in the encoding found.
    pub(super) lost: bool,
}

pub(super) fn decode<'b>(bytes: &'b [u8], content_type: Option<&str>) -> Decoded<'b> {
    let header = content_type.and_then(charset_of);
    let meta = claimed_by_meta(bytes);
    let claimed = header.clone().or_else(|| meta.clone());
    let candidates = [header, meta];
    let encoding = choose(bytes, candidates.iter().flatten().filter_map(|label| Encoding::for_label(label.as_bytes())));
    let (text, encoding, lost) = encoding.decode(bytes);
    Decoded { text, name: name_of(encoding), claimed, lost }
}

fn name_of(encoding: &'static Encoding) -> &'static str {
    match encoding.name() {
        "UTF-8" => "utf-8",
        "gb18030" | "GBK" => "gb18030",
        "Big5" => "big5",
        "UTF-16LE" => "utf-16le",
        "UTF-16BE" => "utf-16be",
        other => other,
    }
}

fn choose(bytes: &[u8], claims: impl Iterator<Item = &'static Encoding>) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() {
        // Also plain ASCII; UTF-16 of Chinese text is hardly ever valid UTF-8 without zero bytes.
        return if memchr::memchr(0, bytes).is_some() { utf16_without_mark(bytes).unwrap_or(UTF_8) } else { UTF_8 };
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return encoding;
    }
    let sample = telling_sample(bytes);
    let mut candidates: Vec<&'static Encoding> = Vec::with_capacity(6);
    for encoding in claims.chain([UTF_8, GB18030, BIG5]) {
        let encoding = if encoding == encoding_rs::GBK { GB18030 } else { encoding };
        if encoding != UTF_16LE && encoding != UTF_16BE && !candidates.contains(&encoding) {
            candidates.push(encoding);
        }
    }
    let scored = candidates.iter().map(|encoding| (strangeness(encoding, sample), *encoding));
    let Some((strange, best)) = scored.reduce(|best, next| if next.0 < best.0 { next } else { best }) else {
        return GB18030;
    };
    if strange > 200 {
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        detector.feed(sample, true);
        let guessed = detector.guess(None, chardetng::Utf8Detection::Allow);
        if strangeness(guessed, sample) < strange {
            return guessed;
        }
    }
    best
}

/// From a little before the first byte that is not ASCII: heads of pages are long and say nothing.
fn telling_sample(bytes: &[u8]) -> &[u8] {
    let first = bytes.iter().position(|byte| *byte >= 0x80).unwrap_or(0);
    &bytes[first..bytes.len().min(first + SAMPLE)]
}

/// Per thousand characters beyond ASCII: how many are faults or hardly occur in pages of this country.
fn strangeness(encoding: &'static Encoding, sample: &[u8]) -> usize {
    let (text, _) = encoding.decode_without_bom_handling(sample);
    let (mut beyond, mut strange) = (0_usize, 0_usize);
    for character in text.chars() {
        if character.is_ascii() {
            continue;
        }
        beyond += 1;
        strange += match character {
            '\u{FFFD}' => 4,
            '\u{80}'..='\u{9F}' | '\u{E000}'..='\u{F8FF}' => 4,
            // Half-width kana and Latin letters with marks are what wrong decoding yields.
            '\u{FF61}'..='\u{FF9F}' => 3,
            '\u{C0}'..='\u{24F}' => 1,
            '的' | '一' | '是' | '在' | '不' | '了' | '有' | '和' | '人' | '中' | '国' | '國' | '为' | '為' | '年'
            | '月' | '日' | '，' | '。' | '、' | '：' => 0,
            // Common characters (level one of GB 2312, level one of Big5) have their code in the lower half.
            '\u{4E00}'..='\u{9FFF}' => usize::from(is_rare(character)),
            '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{3FFFF}' => 2,
            _ => 0,
        };
    }
    (strange * 1000).checked_div(beyond).unwrap_or(0)
}

/// Not among the 3,755 characters of level one of GB 2312 and not among the 5,401 of level one of Big5.
fn is_rare(character: char) -> bool {
    let mut buffer = [0_u8; 4];
    let text: &str = character.encode_utf8(&mut buffer);
    let (gb, _, _) = GB18030.encode(text);
    let common = gb.len() == 2 && (0xB0..=0xD7).contains(&gb[0]) && gb[1] >= 0xA1;
    if common {
        return false;
    }
    let (big5, _, _) = BIG5.encode(text);
    !(big5.len() == 2 && (0xA4..=0xC6).contains(&big5[0]))
}

/// The charset of a content type.
fn charset_of(content_type: &str) -> Option<String> {
    let at = content_type.to_ascii_lowercase().find("charset")?;
    let value = content_type[at + 7..].trim_start().strip_prefix('=')?.trim_start();
    let label = value.trim_start_matches(['"', '\'']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c)).unwrap_or(label.len());
    (end > 0).then(|| label[..end].to_ascii_lowercase())
}

/// The charset in the first kilobytes of the page itself.
fn claimed_by_meta(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(8192)];
    let mut from = 0;
    while let Some(offset) = head[from..].windows(5).position(|window| window.eq_ignore_ascii_case(b"<meta")) {
        let start = from + offset;
        let end = memchr::memchr(b'>', &head[start..]).map_or(head.len(), |offset| start + offset);
        let tag = String::from_utf8_lossy(&head[start..end]);
        if let Some(found) = charset_of(&tag) {
            return Some(found);
        }
        from = end;
    }
    None
}
