//! `url(…)` and `@import "…"` in style sheets.

use url::Url;

use super::{Link, LinkKind};

/// Pictures and further sheets named in a style sheet.
pub fn scan_style(css: &str, base: &Url) -> Vec<Link> {
    let mut links = Vec::new();
    let mut add = |raw: &str, kind: LinkKind| {
        let raw = raw.trim().trim_matches(['"', '\'']).trim();
        if !raw.is_empty()
            && !raw.starts_with("data:")
            && let Ok(address) = base.join(raw)
        {
            links.push(Link { address, text: String::new(), kind });
        }
    };
    let mut rest = css;
    while let Some(at) = rest.find("url(") {
        let imported = rest[..at].trim_end().ends_with("@import");
        rest = &rest[at + 4..];
        let Some((inside, tail)) = rest.split_once(')') else { break };
        add(inside, if imported { LinkKind::Style } else { LinkKind::Image });
        rest = tail;
    }
    let mut rest = css;
    while let Some(at) = rest.find("@import") {
        rest = rest[at + 7..].trim_start();
        if let Some(quote) = rest.chars().next().filter(|first| matches!(first, '"' | '\''))
            && let Some((inside, tail)) = rest[1..].split_once(quote)
        {
            add(inside, LinkKind::Style);
            rest = tail;
        }
    }
    links
}
