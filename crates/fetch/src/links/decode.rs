//! Bytes to text, whatever the header claims.

use encoding_rs::{Encoding, GB18030, UTF_8};

/// The text and the encoding it was read in. Order of trust: byte order mark; valid UTF-8 that is not plain ASCII; the
/// page's own claim, then the header's, if the bytes fit it; a guess from the bytes.
pub fn decode(bytes: &[u8], header_charset: Option<&str>) -> (String, &'static Encoding) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return (encoding.decode_without_bom_handling(&bytes[length..]).0.into_owned(), encoding);
    }
    let claims = [claim_in_page(bytes), header_charset.and_then(|label| Encoding::for_label(label.trim().as_bytes()))];
    if bytes.is_ascii() {
        let encoding = claims.into_iter().flatten().find(|encoding| encoding.is_ascii_compatible()).unwrap_or(UTF_8);
        return (encoding.decode_without_bom_handling(bytes).0.into_owned(), encoding);
    }
    let valid = match std::str::from_utf8(bytes) {
        Ok(_) => true,
        // A body that was cut may end within a character.
        Err(error) => error.error_len().is_none(),
    };
    if valid {
        return (String::from_utf8_lossy(bytes).into_owned(), UTF_8);
    }
    for encoding in claims.into_iter().flatten().filter(|encoding| *encoding != UTF_8) {
        // GB 18030 holds all of GBK and GB 2312 and more.
        let encoding = if encoding == encoding_rs::GBK { GB18030 } else { encoding };
        if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
            return (text.into_owned(), encoding);
        }
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(64 << 10)], bytes.len() <= 64 << 10);
    let guessed = detector.guess(Some(b"cn"), chardetng::Utf8Detection::Allow);
    let encoding = if guessed == encoding_rs::GBK { GB18030 } else { guessed };
    (encoding.decode_without_bom_handling(bytes).0.into_owned(), encoding)
}

/// `charset=` within the first bytes, in a `<meta>` or an XML declaration (`encoding=`).
fn claim_in_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    for marker in [b"charset".as_slice(), b"encoding".as_slice()] {
        let mut from = 0;
        while let Some(at) = head[from..].windows(marker.len()).position(|window| window == marker) {
            from += at + marker.len();
            let rest = head[from..].trim_ascii_start();
            let Some(rest) = rest.strip_prefix(b"=") else { continue };
            let rest = rest.trim_ascii_start();
            let start = rest.iter().position(|byte| !matches!(byte, b'"' | b'\'')).unwrap_or(rest.len());
            let rest = &rest[start..];
            let end = rest
                .iter()
                .position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.')))
                .unwrap_or(rest.len());
            if let Some(encoding) = Encoding::for_label(&rest[..end]) {
                return Some(encoding);
            }
        }
    }
    None
}
