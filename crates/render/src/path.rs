//! Where a page lies inside its site, and how one page links to another.
//!
//! Every path is relative to the site's root, has no leading slash and is not percent-encoded.
//! Links are written relative to the page they stand on, so the same bytes work at a domain
//! root, under a prefix such as `/sites/xyz/` and as a mirror on disk.

/// The home page.
pub const HOME: &str = "index.html";
/// The page listing all columns.
pub const SITE_MAP: &str = "sitemap.html";
/// The list of all addresses, for search engines.
pub const SITE_MAP_XML: &str = "sitemap.xml";
/// Where the page for unknown addresses is kept (see [`crate::not_found`]).
pub const NOT_FOUND: &str = "404.html";

/// Index page of a column; `slugs` from the top column down.
pub fn column_index<S: AsRef<str>>(slugs: &[S]) -> String {
    let mut path = String::new();
    for slug in slugs {
        path.push_str(slug.as_ref());
        path.push('/');
    }
    path.push_str("index.html");
    path
}

/// Archive page `number` (1 is the oldest) of the column whose index page is `index_path`.
pub fn column_archive(index_path: &str, number: usize) -> String {
    format!("{}p{number}.html", folder(index_path))
}

/// A content page. `month` is `YYYY-MM` of first publication, `serial` the site's own number.
pub fn content(month: &str, serial: u64) -> String {
    format!("content/{month}/{serial}.html")
}

/// An attachment of the content page at `content_path`; lies in a folder named like the page.
pub fn attachment(content_path: &str, file_name: &str) -> String {
    let stem = content_path.strip_suffix(".html").unwrap_or(content_path);
    // A file name is one segment, whatever it was called on the editor's machine.
    let name: String =
        file_name.chars().map(|c| if matches!(c, '/' | '\\' | '\0'..='\u{1f}') { '_' } else { c }).collect();
    let name = match name.trim_start_matches('.') {
        "" => "附件",
        name => name,
    };
    format!("{stem}/{name}")
}

/// The reference that leads from the page at `from_page` to `to`, percent-encoded.
///
/// `to` may end in `#fragment`, which is kept.
pub fn relative(from_page: &str, to: &str) -> String {
    let (to, fragment) = match to.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment)),
        None => (to, None),
    };
    let mut reference = String::with_capacity(to.len() + 12);
    if !(to.is_empty() || to == from_page) || fragment.is_none() {
        let from_folder = folder(from_page);
        let common = common_folder(from_folder, to);
        for _ in from_folder[common..].matches('/') {
            reference.push_str("../");
        }
        let rest = &to[common..];
        // A first segment with a colon would read as a scheme, an empty one as "this page".
        if reference.is_empty() && (rest.is_empty() || first_segment(rest).contains(':')) {
            reference.push_str("./");
        }
        percent_encode_path(rest, &mut reference);
    }
    if let Some(fragment) = fragment {
        reference.push('#');
        percent_encode_path(fragment, &mut reference);
    }
    reference
}

/// How many folders deep a path lies: `index.html` is 0, `a/b/index.html` is 2.
pub fn depth(path: &str) -> usize {
    path.matches('/').count()
}

/// Percent-encodes everything but unreserved characters, as `encodeURIComponent` does.
pub fn encode_component(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'\'' | b'(' | b')' => {
                out.push(char::from(byte));
            }
            _ => push_encoded(byte, &mut out),
        }
    }
    out
}

/// Percent-encodes a path, leaving its slashes.
pub(crate) fn percent_encode_path(path: &str, out: &mut String) {
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z'
            | b'a'..=b'z'
            | b'0'..=b'9'
            | b'-'
            | b'_'
            | b'.'
            | b'~'
            | b'/'
            | b':'
            | b'@'
            | b'!'
            | b'$'
            | b'('
            | b')'
            | b'*'
            | b'+'
            | b','
            | b';'
            | b'=' => out.push(char::from(byte)),
            _ => push_encoded(byte, out),
        }
    }
}

fn push_encoded(byte: u8, out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.push('%');
    out.push(char::from(DIGITS[usize::from(byte >> 4)]));
    out.push(char::from(DIGITS[usize::from(byte & 15)]));
}

fn folder(path: &str) -> &str {
    &path[..path.rfind('/').map_or(0, |at| at + 1)]
}

fn first_segment(path: &str) -> &str {
    path.split('/').next().unwrap_or(path)
}

/// Length of the longest prefix of `folder` that ends in a slash and also begins `to`.
fn common_folder(folder: &str, to: &str) -> usize {
    let mut common = 0;
    for (at, _) in folder.match_indices('/') {
        if to.as_bytes().get(..=at) != Some(&folder.as_bytes()[..=at]) {
            break;
        }
        common = at + 1;
    }
    common
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_leads_from_any_page_to_any_other() {
        for (from, to, expected) in [
            ("index.html", "index.html", "index.html"),
            ("index.html", "zwgk/index.html", "zwgk/index.html"),
            ("zwgk/zcwj/index.html", "index.html", "../../index.html"),
            ("zwgk/zcwj/index.html", "zwgk/index.html", "../index.html"),
            ("zwgk/zcwj/p3.html", "zwgk/zcwj/p2.html", "p2.html"),
            ("content/2026-11/5.html", "content/2026-10/4.html", "../2026-10/4.html"),
            ("content/2026-11/5.html", "content/2026-11/5/附件 1.pdf", "5/%E9%99%84%E4%BB%B6%201.pdf"),
            ("zwgk/index.html", "zwgkzn/index.html", "../zwgkzn/index.html"),
            ("a/x.html", "a/b:c.html", "./b:c.html"),
            ("a/x.html", "a/", "./"),
            ("a/x.html", "a/50%?#.html", "50%25%3F#.html"),
            ("a/x.html", "#main", "#main"),
            ("a/x.html", "b/y.html#第一条", "../b/y.html#%E7%AC%AC%E4%B8%80%E6%9D%A1"),
        ] {
            assert_eq!(relative(from, to), expected, "{from} → {to}");
        }
    }

    #[test]
    fn paths_follow_the_house_plan() {
        assert_eq!(column_index(&["zwgk", "zcwj"]), "zwgk/zcwj/index.html");
        assert_eq!(column_archive("zwgk/zcwj/index.html", 3), "zwgk/zcwj/p3.html");
        assert_eq!(content("2026-11", 12), "content/2026-11/12.html");
        assert_eq!(attachment("content/2026-11/12.html", "通知.pdf"), "content/2026-11/12/通知.pdf");
        assert_eq!(attachment("content/2026-11/12.html", "../../a.pdf"), "content/2026-11/12/_.._a.pdf");
        assert_eq!(depth("zwgk/zcwj/index.html"), 2);
    }

    proptest::proptest! {
        #[test]
        fn following_a_reference_arrives_where_it_points(
            from in "([a-c]{1,2}/){0,3}[a-c]{1,2}\\.html",
            to in "([a-c]{1,2}/){0,3}[a-c]{1,2}\\.html",
        ) {
            let mut at: Vec<&str> = from.split('/').collect();
            at.pop();
            let reference = relative(&from, &to);
            for segment in reference.split('/') {
                match segment { "." => {}, ".." => { at.pop(); }, name => at.push(name) }
            }
            proptest::prop_assert_eq!(at.join("/"), to);
        }
    }
}
