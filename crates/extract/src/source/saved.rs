//! The address a saved file had: said by the page itself, or told from the path that a copying tool gave it.

use jiff::Timestamp;

use super::address::{self, escape};
use super::moment::Moment;

/// An address, and others under which the same file most likely answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    pub address: String,
    pub others: Vec<String>,
    pub fetched_at: Option<Timestamp>,
}

/// What a page says of its own origin in the comment its saver left: `<!-- saved from url=(0042)http://… -->`,
/// `<!-- Mirrored from www.example.cn/a.html by HTTrack …, date -->`.
pub(super) fn said_by(page: &[u8]) -> Option<Address> {
    let head = &page[..page.len().min(32 * 1024)];
    let found = |mark: &[u8]| memchr::memmem::find(head, mark).map(|at| at + mark.len());
    let comment = |from: usize| {
        let rest = &head[from..];
        let end = memchr::memmem::find(rest, b"-->").unwrap_or(rest.len()).min(4096);
        crate::attachment::decode::quietly(&rest[..end])
    };
    if let Some(from) = found(b"saved from url=") {
        let text = comment(from);
        let text = text.trim();
        let said = match text.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
            Some((length, rest)) if length.bytes().all(|byte| byte.is_ascii_digit()) => {
                // The length counts bytes; a comment that was edited may not hold so many.
                let length = length.parse().unwrap_or(rest.len());
                rest.get(..length).unwrap_or(rest)
            }
            _ => text,
        };
        let said = address::clean(said.split('#').next().unwrap_or_default());
        if said.starts_with("http") && address::is_absolute(&said) {
            return Some(Address { address: said, others: Vec::new(), fetched_at: None });
        }
    }
    let text = comment(found(b"Mirrored from ")?);
    let (said, rest) = text.split_once(" by HTTrack")?;
    let said = address::clean(said);
    let said = if said.contains("://") { said } else { format!("http://{said}") };
    let date = rest.split_once(',').and_then(|(_, date)| Moment::read(date)).and_then(|moment| moment.timestamp());
    address::is_absolute(&said).then_some(Address { address: said, others: Vec::new(), fetched_at: date })
}

/// The canonical address a page names, for files of which nothing else is known.
pub(super) fn canonical(page: &[u8]) -> Option<Address> {
    let head = crate::attachment::decode::quietly(&page[..page.len().min(64 * 1024)]);
    for (mark, name) in [("<link", "href"), ("<meta", "content")] {
        let mut rest = head.as_str();
        while let Some(start) = rest.find(mark) {
            rest = &rest[start + mark.len()..];
            let tag = &rest[..rest.find('>').unwrap_or(rest.len())];
            let lower = tag.to_ascii_lowercase();
            let fits = match mark {
                "<link" => lower.contains("canonical"),
                _ => lower.contains("og:url"),
            };
            let value = fits.then(|| super::table::attribute(tag, name)).flatten();
            if let Some(address) = value.map(|value| address::clean(&value)).filter(|value| value.starts_with("http"))
                && address::is_absolute(&address)
            {
                return Some(Address { address, others: Vec::new(), fetched_at: None });
            }
        }
    }
    None
}

/// The address a path stands for: `host/a/b.html` of wget and HTTrack, below any folders; else below the base.
pub(super) fn of_path(path: &str, base: Option<&str>) -> Option<Address> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    let (file, folders) = parts.split_last()?;
    let found = folders.iter().position(|folder| host_of(folder).is_some());
    let (start, below) = match found {
        Some(index) => {
            let host = host_of(folders[index])?;
            let before = index.checked_sub(1).map(|before| folders[before]);
            let same = base.filter(|base| address::host(base) == Some(host.as_str())).and_then(address::origin);
            let scheme = if before == Some("https") || host.ends_with(":443") { "https" } else { "http" };
            (same.unwrap_or_else(|| format!("{scheme}://{host}")), &folders[index + 1..])
        }
        None => {
            let base = base?;
            let start = &base[..base.find(['?', '#']).unwrap_or(base.len())];
            let origin = address::origin(start)?;
            // A base without a slash at its end that names no page is a folder all the same.
            let last = start[origin.len()..].rsplit('/').next().unwrap_or_default();
            let folder = if last.contains('.') { &start[..start.len() - last.len()] } else { start };
            (folder.trim_end_matches('/').to_owned(), folders)
        }
    };
    let mut folder = start;
    for part in below {
        folder.push('/');
        folder.push_str(&escape(part));
    }
    Some(named(&folder, file))
}

/// A folder named like a host: letters, figures, points, and a top domain or an IP address.
fn host_of(folder: &str) -> Option<String> {
    const TOP: [&str; 13] =
        ["cn", "com", "net", "org", "gov", "edu", "info", "biz", "mil", "中国", "政务", "公益", "localhost"];
    let (host, port) = match folder.rsplit_once(['+', ':', '_']) {
        Some((host, port)) if !port.is_empty() && port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit()) => {
            (host, Some(port))
        }
        _ => (folder, None),
    };
    let plain = host.chars().all(|character| character.is_alphanumeric() || matches!(character, '.' | '-'));
    let top = host.rsplit('.').next()?.to_ascii_lowercase();
    let known = TOP.contains(&top.as_str()) || top.starts_with("xn--") || host.parse::<std::net::Ipv4Addr>().is_ok();
    let fits = plain && known && (host.contains('.') || host == "localhost") && !host.starts_with('.');
    fits.then(|| port.map_or_else(|| host.to_ascii_lowercase(), |port| format!("{}:{port}", host.to_ascii_lowercase())))
}

/// Endings of names that a server makes pages of.
const DYNAMIC: [&str; 17] = [
    "asp", "aspx", "php", "php3", "jsp", "jspx", "do", "action", "cgi", "cfm", "ashx", "shtml", "jhtml", "phtml", "pl",
    "html", "htm",
];

fn is_dynamic(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| DYNAMIC.contains(&ending.to_ascii_lowercase().as_str()))
}

/// The address of a file name in a folder: queries behind `?`, `%3F` or `@`, the `.html` that wget adds, index files.
fn named(folder: &str, file: &str) -> Address {
    let lower = file.to_ascii_lowercase();
    let split = match (file.find('?'), lower.find("%3f"), file.find('@')) {
        (Some(at), ..) => Some((at, 1)),
        (None, Some(at), _) => Some((at, 3)),
        (None, None, Some(at)) if is_dynamic(&file[..at]) || file[at..].contains('=') => Some((at, 1)),
        _ => None,
    };
    let (mut name, mut query) = match split {
        Some((at, length)) => (&file[..at], Some(&file[at + length..])),
        None => (file, None),
    };
    // wget adds .html to what is a page but is not named so.
    match &mut query {
        Some(query) => {
            *query = strip_html(query).unwrap_or(query);
        }
        None => {
            if let Some(inner) = strip_html(name).filter(|inner| is_dynamic(inner)) {
                name = inner;
            }
        }
    }
    let query = query.map(|query| format!("?{}", escape(query))).unwrap_or_default();
    let whole = format!("{folder}/{}{query}", escape(name));
    let lower = name.to_ascii_lowercase();
    if matches!(lower.as_str(), "index.html" | "index.htm") {
        return Address { address: format!("{folder}/{query}"), others: vec![whole], fetched_at: None };
    }
    Address { address: whole, others: Vec::new(), fetched_at: None }
}

fn strip_html(name: &str) -> Option<&str> {
    [".html", ".htm", ".HTML", ".HTM"].iter().find_map(|ending| name.strip_suffix(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_copying_tools_tell_the_address() {
        let base = Some("http://old.example.gov.cn/site/");
        let cases = [
            ("www.example.gov.cn/a/b.html", "http://www.example.gov.cn/a/b.html"),
            ("copy/www.example.gov.cn/a/b.html", "http://www.example.gov.cn/a/b.html"),
            ("https/www.example.gov.cn/a.png", "https://www.example.gov.cn/a.png"),
            ("www.example.gov.cn+8080/a.png", "http://www.example.gov.cn:8080/a.png"),
            ("www.example.gov.cn_8080/a.png", "http://www.example.gov.cn:8080/a.png"),
            ("10.0.0.1/a.png", "http://10.0.0.1/a.png"),
            ("www.example.gov.cn/index.html", "http://www.example.gov.cn/"),
            ("www.example.gov.cn/a/index.html?page=2", "http://www.example.gov.cn/a/?page=2"),
            ("www.example.gov.cn/show.asp?id=3", "http://www.example.gov.cn/show.asp?id=3"),
            ("www.example.gov.cn/show.asp?id=3.html", "http://www.example.gov.cn/show.asp?id=3"),
            ("www.example.gov.cn/show.asp@id=3&b=%2F.html", "http://www.example.gov.cn/show.asp?id=3&b=%2F"),
            ("www.example.gov.cn/show.asp%3Fid=3", "http://www.example.gov.cn/show.asp?id=3"),
            ("www.example.gov.cn/show.jsp.html", "http://www.example.gov.cn/show.jsp"),
            ("www.example.gov.cn/a.b.html", "http://www.example.gov.cn/a.b.html"),
            (
                "www.example.gov.cn/公开/通知 1.html",
                "http://www.example.gov.cn/%E5%85%AC%E5%BC%80/%E9%80%9A%E7%9F%A5%201.html",
            ),
            ("a/mail@example.txt", "http://old.example.gov.cn/site/a/mail@example.txt"),
            ("index.files/x.png", "http://old.example.gov.cn/site/index.files/x.png"),
            ("index.html", "http://old.example.gov.cn/site/"),
        ];
        for (path, address) in cases {
            assert_eq!(of_path(path, base).map(|found| found.address).as_deref(), Some(address), "{path}");
        }
        assert_eq!(of_path("a/b.html", None), None);
        let index = of_path("www.example.gov.cn/a/index.html", None).unwrap();
        assert_eq!(index.others, ["http://www.example.gov.cn/a/index.html"]);
        let at_page = of_path("b.html", Some("https://h.gov.cn/a/index.html?x=1")).unwrap();
        assert_eq!(at_page.address, "https://h.gov.cn/a/b.html");
        let same_host = of_path("h.gov.cn/b.html", Some("https://h.gov.cn/")).unwrap();
        assert_eq!(same_host.address, "https://h.gov.cn/b.html");
    }

    #[test]
    fn pages_tell_where_they_were_saved_from() {
        let saved = b"<!DOCTYPE html>\n<!-- saved from url=(0026)http://www.h.cn/a.html?b=1 -->\n<html>";
        assert_eq!(said_by(saved).unwrap().address, "http://www.h.cn/a.html?b=1");
        let mirrored = b"<html><!-- Mirrored from www.h.cn/a/b.asp?id=3 by HTTrack Website Copier/3.x [XR&CO'2014], Fri, 01 Nov 2024 00:30:00 GMT -->";
        let found = said_by(mirrored).unwrap();
        assert_eq!(found.address, "http://www.h.cn/a/b.asp?id=3");
        assert_eq!(found.fetched_at.unwrap().to_string(), "2024-11-01T00:30:00Z");
        assert_eq!(said_by(b"<!-- saved from url=(0014)about:internet -->"), None);
        assert_eq!(said_by(b"<html>"), None);
        let page = b"<head><link rel='canonical' href='https://h.cn/x'>";
        assert_eq!(canonical(page).unwrap().address, "https://h.cn/x");
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(path in "[a-z.@?%3F/&= 公-]{0,40}", page in "(<!-- saved from url=\\(00[0-9]{2}\\)|Mirrored from |<link canonical href=)\\PC{0,60}") {
            if let Some(found) = of_path(&path, Some("http://h.cn/a")) {
                assert!(address::is_absolute(&found.address));
            }
            let _ = (said_by(page.as_bytes()), canonical(page.as_bytes()));
        }
    }
}
