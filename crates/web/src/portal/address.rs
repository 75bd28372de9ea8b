//! Which page of which site a request means.

use std::sync::Arc;

use super::routes::{RouteTable, SiteRoutes};

/// What a request asks for.
pub(super) enum Asked {
    /// A path inside a site, decoded, without leading slash.
    Page(Arc<SiteRoutes>, String),
    /// The list of sites of the platform.
    Index,
    /// The same address with a slash at its end.
    AddSlash,
    /// Nothing of the portal.
    Nothing,
}

/// Works out what `path` (still percent-encoded, with its leading slash) at `host` asks for: the site whose domain
/// it is, or the site named in `/sites/<slug>/…`.
pub(super) fn asked(table: &RouteTable, host: &str, path: &str) -> Asked {
    let Some(path) = decode(path) else { return Asked::Nothing };
    let Some(path) = path.strip_prefix('/') else { return Asked::Nothing };
    if let Some(site) = table.by_domain(&host_name(host)) {
        return Asked::Page(site, path.to_owned());
    }
    if path.is_empty() {
        return Asked::Index;
    }
    let Some(rest) = path.strip_prefix("sites/") else { return Asked::Nothing };
    match rest.split_once('/') {
        Some((slug, inside)) => table.by_slug(slug).map_or(Asked::Nothing, |site| Asked::Page(site, inside.to_owned())),
        None => table.by_slug(rest).map_or(Asked::Nothing, |_| Asked::AddSlash),
    }
}

/// The host without its port, in lower case.
pub(crate) fn host_name(host: &str) -> String {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    name.trim_end_matches('.').to_ascii_lowercase()
}

/// Resolves percent-encoding; `None` when the result is not text or holds control characters.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().filter(|text| !text.chars().any(char::is_control))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_compared_without_port_and_case() {
        assert_eq!(host_name("WWW.Example.GOV.cn:8080"), "www.example.gov.cn");
        assert_eq!(host_name("www.example.gov.cn."), "www.example.gov.cn");
    }

    #[test]
    fn a_path_that_is_no_text_is_nothing() {
        assert_eq!(decode("/a%20b/%E9%80%9A.pdf").as_deref(), Some("/a b/通.pdf"));
        assert_eq!(decode("/%ff"), None);
        assert_eq!(decode("/%0"), None);
        assert_eq!(decode("/a%00"), None);
    }
}
