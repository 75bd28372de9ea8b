//! `*` stands for any characters, `$` at the end for the end.

/// Whether the pattern matches the start of the path.
pub(super) fn matches(path: &str, pattern: &str) -> bool {
    let (pattern, to_the_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return !to_the_end || rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() && to_the_end {
            return rest.ends_with(part);
        }
        // The earliest place leaves most for what follows.
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    true
}

/// Escapes with capital letters, and bytes outside ASCII escaped, as they appear in a canonical address.
pub(super) fn normal(pattern: &[u8]) -> String {
    let mut text = String::with_capacity(pattern.len());
    let mut at = 0;
    while at < pattern.len() {
        let byte = pattern[at];
        let pair = pattern.get(at + 1..at + 3).filter(|pair| byte == b'%' && pair.iter().all(u8::is_ascii_hexdigit));
        if let Some(pair) = pair {
            text.push('%');
            text.extend(pair.iter().map(|digit| char::from(digit.to_ascii_uppercase())));
            at += 3;
            continue;
        }
        if byte.is_ascii() {
            text.push(char::from(byte));
        } else {
            text.push_str(&crate::address::percent_encoded(&[byte]));
        }
        at += 1;
    }
    text
}
