//! Addresses in a page: made absolute where the base is known, and only such as may stand in a page of ours
//! (`http`, `https`, relative).

/// What relative addresses are relative to.
pub(super) struct Base {
    /// `https:`.
    scheme: String,
    /// `//host:port`.
    authority: String,
    /// The path up to and with the last `/`.
    directory: String,
    /// Path and query, for addresses that are a query or a fragment only.
    path: String,
    known: bool,
}

impl Base {
    pub(super) fn of(address: Option<&str>, element: Option<&str>) -> Base {
        let mut base = Base::absolute(address.unwrap_or(""));
        if let Some(element) = element.and_then(|address| base.resolve(address)) {
            let moved = Base::absolute(&element);
            if moved.known {
                base = moved;
            }
        }
        base
    }

    fn absolute(address: &str) -> Base {
        let address = tidy(address);
        let (scheme, rest) = match split_scheme(&address) {
            Some((scheme, rest)) if is_web(scheme) && rest.starts_with("//") => (scheme, rest),
            _ => {
                let empty = String::new;
                return Base { scheme: empty(), authority: empty(), directory: empty(), path: empty(), known: false };
            }
        };
        let end = rest[2..].find(['/', '?', '#']).map_or(rest.len(), |at| at + 2);
        let (authority, path) = rest.split_at(end);
        let path = path.split(['?', '#']).next().unwrap_or("");
        let path = if path.is_empty() { "/" } else { path };
        let directory = &path[..=path.rfind('/').unwrap_or(0)];
        Base {
            scheme: format!("{}:", scheme.to_ascii_lowercase()),
            authority: authority.to_owned(),
            directory: directory.to_owned(),
            path: path.to_owned(),
            known: true,
        }
    }

    /// The host with its port; empty when unknown.
    pub(super) fn host(&self) -> &str {
        self.authority.trim_start_matches('/')
    }

    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// An address that may be written out; `None` for scripts, data, mail and everything that leads to no page.
    pub(super) fn resolve(&self, raw: &str) -> Option<String> {
        let address = tidy(raw);
        if address.is_empty() || address.starts_with('#') {
            return None;
        }
        if let Some((scheme, rest)) = split_scheme(&address) {
            if !is_web(scheme) {
                return None;
            }
            let rest = rest.trim_start_matches('/');
            return (!rest.is_empty()).then(|| format!("{}://{rest}", scheme.to_ascii_lowercase()));
        }
        if let Some(rest) = address.strip_prefix("//") {
            let scheme = if self.known { self.scheme.as_str() } else { "https:" };
            let rest = rest.trim_start_matches('/');
            return (!rest.is_empty()).then(|| format!("{scheme}//{rest}"));
        }
        // A colon before the first slash would make what follows look like a scheme.
        let first = address.split(['/', '?', '#']).next().unwrap_or("");
        if first.contains(':') {
            return None;
        }
        if !self.known {
            return Some(address);
        }
        let (path, tail) = match address.find(['?', '#']) {
            Some(at) => address.split_at(at),
            None => (address.as_str(), ""),
        };
        let mut to = format!("{}{}", self.scheme, self.authority);
        if path.is_empty() {
            to.push_str(&self.path);
        } else if path.starts_with('/') {
            push_path(&mut to, path);
        } else {
            push_path(&mut to, &format!("{}{path}", self.directory));
        }
        to.push_str(tail);
        Some(to)
    }
}

/// Without white space and control characters, which browsers drop, and with `/` for `\` before the query.
fn tidy(raw: &str) -> String {
    let mut query = false;
    let trimmed = raw.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    let mut to = String::with_capacity(trimmed.len());
    for character in trimmed.chars() {
        match character {
            '\\' if !query => to.push('/'),
            ' ' | '\u{A0}' | '\u{3000}' => to.push_str("%20"),
            c if c.is_control() || is_invisible(c) => {}
            '"' => to.push_str("%22"),
            '<' => to.push_str("%3C"),
            '>' => to.push_str("%3E"),
            '`' => to.push_str("%60"),
            c => {
                query |= matches!(c, '?' | '#');
                to.push(c);
            }
        }
    }
    to
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}')
}

fn split_scheme(address: &str) -> Option<(&str, &str)> {
    let at = address.find([':', '/', '?', '#'])?;
    let (scheme, rest) = address.split_at(at);
    let rest = rest.strip_prefix(':')?;
    (scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)))
    .then_some((scheme, rest))
}

fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// Appends a path with its `.` and `..` worked out.
fn push_path(to: &mut String, path: &str) {
    if !path.contains("/.") {
        to.push_str(path);
        return;
    }
    let mut parts: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            "." => {
                if last {
                    parts.push("");
                }
            }
            ".." => {
                parts.pop();
                if last {
                    parts.push("");
                }
            }
            segment => parts.push(segment),
        }
    }
    for part in parts {
        to.push('/');
        to.push_str(part);
    }
}

/// Files people download rather than read in the browser.
pub(super) fn is_attachment(address: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "pdf", "doc", "docx", "wps", "xls", "xlsx", "et", "ppt", "pptx", "dps", "ofd", "ceb", "cebx", "zip", "rar",
        "7z", "txt", "rtf", "csv", "odt", "ods", "odp", "gd", "docm", "xlsm", "tar", "gz",
    ];
    let path = address.split(['?', '#']).next().unwrap_or("");
    let host_only = path.splitn(4, '/').count() < 4 && path.contains("://");
    let ends = |text: &str| {
        text.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
    };
    if !host_only && ends(path) {
        return true;
    }
    // Download scripts name the file in the query.
    let Some((_, query)) = address.split_once('?') else { return false };
    query.split(['&', '=', '#']).any(ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_absolute_or_are_refused() {
        let base = Base::of(Some("https://www.example.gov.cn/a/b/c.html?x=1#y"), None);
        for (raw, expected) in [
            ("d.html", Some("https://www.example.gov.cn/a/b/d.html")),
            ("./d.html", Some("https://www.example.gov.cn/a/b/d.html")),
            ("../d.html?q=../e", Some("https://www.example.gov.cn/a/d.html?q=../e")),
            ("../../../../d.html", Some("https://www.example.gov.cn/d.html")),
            ("..", Some("https://www.example.gov.cn/a/")),
            ("/d", Some("https://www.example.gov.cn/d")),
            ("//other.cn/d", Some("https://other.cn/d")),
            ("?page=2", Some("https://www.example.gov.cn/a/b/c.html?page=2")),
            ("HTTP://Other.cn/d", Some("http://Other.cn/d")),
            (" d\n.ht\tml ", Some("https://www.example.gov.cn/a/b/d.html")),
            ("a b.pdf", Some("https://www.example.gov.cn/a/b/a%20b.pdf")),
            ("\\x\\y.html", Some("https://www.example.gov.cn/x/y.html")),
            ("http:\\\\other.cn/d", Some("http://other.cn/d")),
            ("#top", None),
            ("", None),
            ("javascript:void(0)", None),
            ("JaVa\nScRiPt:alert(1)", None),
            ("\u{1}javascript:alert(1)", None),
            ("data:text/html,x", None),
            ("mailto:a@example.cn", None),
            ("vbscript:x", None),
            ("中文:x", None),
        ] {
            assert_eq!(base.resolve(raw).as_deref(), expected, "{raw:?}");
        }
        let unknown = Base::of(None, None);
        assert_eq!(unknown.resolve("a/../b.html").as_deref(), Some("a/../b.html"));
        let moved = Base::of(Some("https://a.cn/x/y"), Some("/z/"));
        assert_eq!(moved.resolve("q").as_deref(), Some("https://a.cn/z/q"));
    }

    #[test]
    fn files_to_download_are_told_from_pages() {
        for (address, expected) in [
            ("https://a.gov.cn/P1.pdf", true),
            ("P1.DOCX?v=2", true),
            ("/download.jsp?file=a.xls&id=1", true),
            ("https://a.gov.cn/a.html", false),
            ("https://a.et", false),
            ("https://a.gov.cn/show?id=1.5", false),
        ] {
            assert_eq!(is_attachment(address), expected, "{address}");
        }
    }
}
