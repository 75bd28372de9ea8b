//! One answer of a server.

use std::{net::SocketAddr, time::Duration};

use bytes::Bytes;
use jiff::Timestamp;
use url::Url;

use crate::{Validators, address::percent_decoded};

/// One redirect on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    pub from: Url,
    pub status: u16,
    pub to: Url,
}

/// Why a body is not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truncation {
    /// Larger than the limit; the rest was not read.
    OverLimit,
    /// The connection ended before the length that the server had announced.
    CutOff,
    /// The server sent nothing more for longer than the idle limit, or the whole took too long.
    TooSlow,
}

impl Truncation {
    /// For people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OverLimit => "内容超过大小上限，只读取了前面一部分",
            Self::CutOff => "连接提前断开，内容不完整",
            Self::TooSlow => "服务器中途不再发送内容，内容不完整",
        }
    }
}

/// The answer to one [`Ask`](crate::Ask).
#[derive(Debug, Clone)]
pub struct Fetched {
    /// The address asked for.
    pub asked: Url,
    /// Redirects followed, in order.
    pub chain: Vec<Hop>,
    /// The address that answered: the end of the chain.
    pub address: Url,
    /// The machine that answered; none for made-up answers.
    pub peer: Option<SocketAddr>,
    pub status: u16,
    /// Lower-case names; a name may occur more than once. Bytes that are not ASCII are read as Latin-1.
    pub headers: Vec<(String, String)>,
    /// Unpacked.
    pub body: Bytes,
    /// Set when the body is not whole.
    pub truncated: Option<Truncation>,
    pub started: Timestamp,
    pub took: Duration,
}

impl Fetched {
    /// The first header of that (lower-case) name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// The media type in lower case without parameters, such as `text/html`.
    pub fn content_type(&self) -> Option<String> {
        let value = self.header("content-type")?;
        let media = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        (!media.is_empty()).then_some(media)
    }

    /// The `charset` that the server claims; old servers claim wrongly, so it is a hint only.
    pub fn charset(&self) -> Option<String> {
        parameter(self.header("content-type")?, "charset")
    }

    /// The file name in `Content-Disposition`, in any of the spellings that servers use.
    pub fn file_name(&self) -> Option<String> {
        let value = self.header("content-disposition")?;
        if let Some(extended) = parameter(value, "filename*") {
            let mut parts = extended.splitn(3, '\'');
            let charset = parts.next().unwrap_or_default();
            let text = parts.nth(1).unwrap_or_default();
            let bytes = percent_decoded(text);
            let encoding = encoding_rs::Encoding::for_label(charset.as_bytes()).unwrap_or(encoding_rs::UTF_8);
            return Some(encoding.decode_without_bom_handling(&bytes).0.into_owned());
        }
        let plain = parameter(value, "filename")?;
        // Old servers put raw UTF-8 or GBK bytes, or percent signs, into the header.
        let bytes: Vec<u8> = if plain.chars().all(|c| (c as u32) < 256) {
            plain.chars().map(|c| c as u32 as u8).collect()
        } else {
            plain.into_bytes()
        };
        let bytes = if bytes.is_ascii() { percent_decoded(&String::from_utf8_lossy(&bytes)) } else { bytes };
        // Two Chinese characters in GBK may by chance be valid UTF-8, but then of letters that no file name here has.
        let chinese = |text: &str| text.is_ascii() || text.chars().any(|character| character >= '\u{800}');
        Some(match String::from_utf8(bytes) {
            Ok(text) if chinese(&text) => text,
            Ok(text) => encoding_rs::GB18030.decode_without_bom_handling(text.as_bytes()).0.into_owned(),
            Err(error) => encoding_rs::GB18030.decode_without_bom_handling(error.as_bytes()).0.into_owned(),
        })
    }

    /// The server answered a conditional request with "not modified".
    pub fn not_modified(&self) -> bool {
        self.status == 304
    }

    pub fn succeeded(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// What to send along next time.
    pub fn validators(&self) -> Validators {
        Validators {
            etag: self.header("etag").map(str::to_owned),
            last_modified: self.header("last-modified").map(str::to_owned),
        }
    }

    /// Where a redirect leads, resolved against the address that answered.
    pub fn redirect_target(&self) -> Option<Url> {
        if !matches!(self.status, 301 | 302 | 303 | 307 | 308) {
            return None;
        }
        let raw = self.header("location")?.trim();
        // Old servers put raw UTF-8 or GBK into the header; it was read as Latin-1.
        let location = if raw.is_ascii() {
            raw.to_owned()
        } else {
            let bytes: Vec<u8> = raw.chars().map(|c| c as u32 as u8).collect();
            crate::address::percent_encoded(&bytes)
        };
        self.address.join(&location).ok()
    }

    /// `Retry-After` in either form, against `now`.
    pub fn retry_after(&self, now: Timestamp) -> Option<Duration> {
        let value = self.header("retry-after")?.trim();
        if let Ok(seconds) = value.parse::<u64>() {
            return Some(Duration::from_secs(seconds));
        }
        let at = httpdate::parse_http_date(value).ok()?;
        let at = Timestamp::try_from(at).ok()?;
        Duration::try_from(at.duration_since(now)).ok()
    }
}

/// The value of `name=value` or `name="value"` among the parameters of a header.
fn parameter(header: &str, name: &str) -> Option<String> {
    let mut rest = header.split_once(';')?.1;
    loop {
        let (key, after) = rest.split_once('=')?;
        let key = key.rsplit(';').next().unwrap_or_default().trim();
        let after = after.trim_start();
        let (value, next) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => after.split_once(';').map_or((after, ""), |(value, _)| (value, &after[value.len()..])),
        };
        if key.eq_ignore_ascii_case(name) {
            let value = value.trim().trim_matches('\'');
            return (!value.is_empty()).then(|| value.to_owned());
        }
        rest = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(name: &str, value: &str) -> Fetched {
        let url = Url::parse("http://www.example.gov.cn/a/b.asp").unwrap();
        Fetched {
            asked: url.clone(),
            chain: Vec::new(),
            address: url,
            peer: None,
            status: 302,
            headers: vec![(name.to_owned(), value.to_owned())],
            body: Bytes::new(),
            truncated: None,
            started: Timestamp::UNIX_EPOCH,
            took: Duration::ZERO,
        }
    }

    #[test]
    fn file_names_are_read_in_every_spelling() {
        let latin = |bytes: &[u8]| bytes.iter().map(|byte| char::from(*byte)).collect::<String>();
        let gbk = encoding_rs::GBK.encode("通知.doc").0.into_owned();
        let cases = [
            ("attachment; filename=\"a b.doc\"".to_owned(), Some("a b.doc")),
            ("attachment; filename=a.doc; size=3".to_owned(), Some("a.doc")),
            ("attachment;filename*=UTF-8''%E9%80%9A%E7%9F%A5.doc".to_owned(), Some("通知.doc")),
            ("attachment; filename=%E9%80%9A%E7%9F%A5.doc".to_owned(), Some("通知.doc")),
            (format!("attachment; filename=\"{}\"", latin("通知.doc".as_bytes())), Some("通知.doc")),
            (format!("attachment; filename={}", latin(&gbk)), Some("通知.doc")),
            ("inline".to_owned(), None),
        ];
        for (header, expected) in cases {
            assert_eq!(answer("content-disposition", &header).file_name().as_deref(), expected, "{header}");
        }
    }

    #[test]
    fn charset_and_media_type_are_separated() {
        let found = answer("content-type", "Text/HTML; Charset=\"GB2312\"");
        assert_eq!(found.content_type().as_deref(), Some("text/html"));
        assert_eq!(found.charset().as_deref(), Some("GB2312"));
        assert_eq!(answer("content-type", "text/html").charset(), None);
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now: Timestamp = "2026-03-02T01:00:00Z".parse().unwrap();
        assert_eq!(answer("retry-after", "7").retry_after(now), Some(Duration::from_secs(7)));
        assert_eq!(
            answer("retry-after", "Mon, 02 Mar 2026 01:00:30 GMT").retry_after(now),
            Some(Duration::from_secs(30))
        );
        assert_eq!(answer("retry-after", "soon").retry_after(now), None);
    }

    #[test]
    fn a_redirect_is_resolved_against_the_page() {
        assert_eq!(answer("location", "../c.asp").redirect_target().unwrap().path(), "/c.asp");
    }
}
