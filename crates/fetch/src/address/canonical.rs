//! The rewriting itself.

use std::fmt::Write;

use url::Url;

use super::AddressRules;

/// See [`Address`](super::Address).
pub(super) fn canonical(url: &Url, rules: &AddressRules) -> String {
    let mut url = url.clone();
    url.set_fragment(None);
    // These fail only for addresses without a host, which http addresses never are.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    if let Some(bare) =
        url.host_str().filter(|host| host.ends_with('.')).map(|host| host.trim_end_matches('.').to_owned())
        && !bare.is_empty()
    {
        let _ = url.set_host(Some(&bare));
    }
    let mut text = format!("{}://{}", url.scheme(), url.host_str().unwrap_or_default());
    if let Some(port) = url.port() {
        let _ = write!(text, ":{port}");
    }
    let path = normal_percent(&rules.without_session_in_path(url.path()));
    if !path.starts_with('/') {
        text.push('/');
    }
    text.push_str(&path);
    if let Some(query) = url.query() {
        let mut kept: Vec<&str> =
            query.split('&').filter(|pair| !pair.is_empty() && !rules.drops_parameter(pair)).collect();
        if rules.sort_query {
            kept.sort_unstable();
        }
        if !kept.is_empty() {
            text.push('?');
            text.push_str(&normal_percent(&kept.join("&")));
        }
    }
    // Decoding may have laid bare something the parser rewrites (never seen, but then the form would not be stable).
    match Url::parse(&text) {
        Ok(parsed) => parsed.into(),
        Err(_) => url.into(),
    }
}

/// Capital letters in escapes, no escapes for characters that need none (RFC 3986 §6.2.2).
fn normal_percent(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut normal = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digits =
            bytes.get(at + 1..at + 3).filter(|pair| bytes[at] == b'%' && pair.iter().all(u8::is_ascii_hexdigit));
        let Some(pair) = digits else {
            // A percent sign that escapes nothing is meant as such; left bare it could make an escape of what follows.
            match bytes[at] {
                b'%' => normal.extend(b"%25"),
                byte => normal.push(byte),
            }
            at += 1;
            continue;
        };
        let value = (hex(pair[0]) << 4) | hex(pair[1]);
        if value.is_ascii_alphanumeric() || matches!(value, b'-' | b'_' | b'~') {
            normal.push(value);
        } else {
            normal.extend([b'%', pair[0].to_ascii_uppercase(), pair[1].to_ascii_uppercase()]);
        }
        at += 3;
    }
    String::from_utf8(normal).unwrap_or_else(|_| text.to_owned())
}

fn hex(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        _ => digit.to_ascii_uppercase().wrapping_sub(b'A').wrapping_add(10),
    }
}

/// Bytes outside printable ASCII as `%XX`; everything else, `%` included, as it is.
pub fn percent_encoded(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for byte in bytes {
        if (0x21..0x7f).contains(byte) {
            text.push(char::from(*byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

/// The bytes that the escapes stand for.
pub(crate) fn percent_decoded(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.filter(|_| bytes[at] == b'%').and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    decoded
}
