//! Addresses as far as sources need them: joining a reference to the page it stands on (RFC 3986, 5.2), escaping what
//! an address may not hold. Nothing is made canonical here: old addresses must stay as they were.

/// The parts of an absolute address with an authority: `http`, `//www.example.cn:80`, `/a/b`, `?x=1`.
struct Parts<'a> {
    scheme: &'a str,
    authority: &'a str,
    path: &'a str,
    query: &'a str,
}

fn split(address: &str) -> Option<Parts<'_>> {
    let (scheme, rest) = address.split_once(':')?;
    if !is_scheme(scheme) {
        return None;
    }
    let rest = rest.split('#').next().unwrap_or_default();
    let (before, query) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
    let after = before.strip_prefix("//")?;
    let end = after.find('/').unwrap_or(after.len());
    Some(Parts { scheme, authority: &before[..end + 2], path: &after[end..], query })
}

fn is_scheme(text: &str) -> bool {
    text.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

/// Whether it begins with a scheme and an authority.
pub(super) fn is_absolute(address: &str) -> bool {
    split(address).is_some()
}

/// `http://host` of an address.
pub(super) fn origin(address: &str) -> Option<String> {
    split(address).map(|parts| format!("{}:{}", parts.scheme, parts.authority))
}

pub(super) fn host(address: &str) -> Option<&str> {
    split(address).map(|parts| &parts.authority[2..])
}

/// The absolute address a reference on a page stands for, without its fragment. `None` for references to something
/// that is no address of a site (`javascript:`, `mailto:`) and for a base that is not absolute.
pub(super) fn join(base: &str, reference: &str) -> Option<String> {
    let reference = clean(reference);
    let reference = reference.split('#').next().unwrap_or_default();
    if let Some((scheme, _)) = reference.split_once(':')
        && is_scheme(scheme)
        && !scheme.contains('.')
    {
        let parts = split(reference)?;
        return Some(format!("{}:{}{}{}", parts.scheme, parts.authority, without_dots(parts.path), parts.query));
    }
    let base = split(base)?;
    let start = format!("{}:{}", base.scheme, base.authority);
    if reference.is_empty() {
        return Some(format!("{start}{}{}", base.path, base.query));
    }
    if reference.starts_with("//") {
        return join(&start, &format!("{}:{reference}", base.scheme));
    }
    if reference.starts_with('?') {
        return Some(format!("{start}{}{reference}", base.path));
    }
    let (path, query) = reference.split_at(reference.find('?').unwrap_or(reference.len()));
    if path.starts_with('/') {
        return Some(format!("{start}{}{query}", without_dots(path)));
    }
    let folder = base.path.rfind('/').map_or("/", |slash| &base.path[..=slash]);
    Some(format!("{start}{}{query}", without_dots(&format!("{folder}{path}"))))
}

fn without_dots(path: &str) -> String {
    if !path.contains("/.") {
        return path.to_owned();
    }
    let mut parts: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    let mut folder = false;
    while let Some(segment) = segments.next() {
        folder = segments.peek().is_none() && matches!(segment, "." | ".." | "");
        match segment {
            "." => {}
            ".." => {
                parts.pop();
            }
            "" if folder => {}
            other => parts.push(other),
        }
    }
    let mut clean = String::with_capacity(path.len());
    for part in &parts {
        clean.push('/');
        clean.push_str(part);
    }
    if folder || clean.is_empty() {
        clean.push('/');
    }
    clean
}

/// An address without white space around it, with spaces escaped and control characters left out.
pub(super) fn clean(address: &str) -> String {
    let address = address.trim().trim_start_matches('<').trim_end_matches('>');
    if !address.chars().any(|character| character == ' ' || character.is_control()) {
        return address.to_owned();
    }
    let mut clean = String::with_capacity(address.len() + 8);
    for character in address.chars() {
        match character {
            ' ' => clean.push_str("%20"),
            _ if character.is_control() => {}
            _ => clean.push(character),
        }
    }
    clean
}

/// A segment of a path as an address writes it: escapes stay, everything else an address may not hold is escaped.
pub(super) fn escape(segment: &str) -> String {
    let mut escaped = String::with_capacity(segment.len());
    let bytes = segment.as_bytes();
    for (index, byte) in bytes.iter().enumerate() {
        let kept = match byte {
            b'%' => bytes.get(index + 1..index + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit)),
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | b' ' | b'#' => false,
            0x21..=0x7e => true,
            _ => false,
        };
        if kept {
            escaped.push(char::from(*byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_join_as_browsers_join_them() {
        let base = "http://www.example.cn/a/b/c.html?x=1";
        let cases = [
            ("d.html", Some("http://www.example.cn/a/b/d.html")),
            ("./d.html#top", Some("http://www.example.cn/a/b/d.html")),
            ("../d.html", Some("http://www.example.cn/a/d.html")),
            ("../../../d.html", Some("http://www.example.cn/d.html")),
            ("/d/./e/", Some("http://www.example.cn/d/e/")),
            ("..", Some("http://www.example.cn/a/")),
            (".", Some("http://www.example.cn/a/b/")),
            ("?y=2", Some("http://www.example.cn/a/b/c.html?y=2")),
            ("#top", Some("http://www.example.cn/a/b/c.html?x=1")),
            ("//img.example.cn/x.png", Some("http://img.example.cn/x.png")),
            ("https://other.cn", Some("https://other.cn")),
            ("https://other.cn?a=1", Some("https://other.cn?a=1")),
            ("a b.html", Some("http://www.example.cn/a/b/a%20b.html")),
            ("javascript:void(0)", None),
            ("mailto:a@b.cn", None),
        ];
        for (reference, joined) in cases {
            assert_eq!(join(base, reference).as_deref(), joined, "{reference}");
        }
        assert_eq!(join("http://www.example.cn", "d.html").as_deref(), Some("http://www.example.cn/d.html"));
        assert_eq!(join("www.example.cn", "d.html"), None);
    }

    proptest::proptest! {
        #[test]
        fn a_joined_address_is_absolute_and_joins_to_itself(reference in "[a-z./?#:&= %-]{0,30}|\\PC{0,30}") {
            if let Some(joined) = join("http://h.cn/a/b", &reference) {
                assert!(is_absolute(&joined), "{joined}");
                assert_eq!(join("http://other.cn/", &joined).as_deref(), Some(joined.as_str()));
            }
        }
    }
}
