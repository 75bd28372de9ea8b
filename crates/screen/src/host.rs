//! Addresses as browsers read them, and what their hosts are: government sites, inner networks, imitations.

use std::collections::BTreeSet;

use domain::identifier::normalise::half_width;

/// The parts of an address that checks look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Lower case, without `:`; empty for an address within the site.
    pub scheme: String,
    /// Lower case, encoded labels decoded, without user, port and final dot; empty when the address names none.
    pub host: String,
    /// User and password before the host.
    pub has_user: bool,
    /// From the first `/` after the host.
    pub path: String,
}

impl Address {
    /// Reads any text; never fails.
    pub fn read(text: &str) -> Self {
        // Browsers drop these wherever they stand.
        let text: String = text.trim().chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')).collect();
        let scheme_end = text.find(':').filter(|at| {
            let name = &text[..*at];
            name.starts_with(|c: char| c.is_ascii_alphabetic())
                && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        });
        let (scheme, rest) = match scheme_end {
            Some(at) => (text[..at].to_ascii_lowercase(), &text[at + 1..]),
            None => (String::new(), text.as_str()),
        };
        let web = matches!(scheme.as_str(), "" | "http" | "https" | "ftp");
        let slashes = |c: char| c == '/' || c == '\\' && web;
        let Some(authority) = rest.strip_prefix(slashes).and_then(|rest| rest.strip_prefix(slashes)).filter(|_| web)
        else {
            return Self { scheme, host: String::new(), has_user: false, path: rest.to_owned() };
        };
        let end = authority.find(|c: char| slashes(c) || matches!(c, '?' | '#')).unwrap_or(authority.len());
        let (authority, path) = authority.split_at(end);
        let (user, host) = authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host));
        let host = match host.strip_prefix('[') {
            Some(inner) => inner.split(']').next().unwrap_or_default(),
            None => host.split(':').next().unwrap_or_default(),
        };
        Self { scheme, host: plain_host(host), has_user: user.is_some(), path: path.to_owned() }
    }

    /// Leads to another site by the web.
    pub fn is_web(&self) -> bool {
        !self.host.is_empty() && matches!(self.scheme.as_str(), "http" | "https" | "")
    }
}

/// Lower case, half-width, 。 as dot, encoded labels decoded.
pub fn plain_host(host: &str) -> String {
    let host: String = host.chars().map(|c| if matches!(c, '。' | '｡') { '.' } else { half_width(c) }).collect();
    // What follows by mistake (a semicolon, a closing bracket) is no part of a name.
    let end = host.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':'))).unwrap_or(host.len());
    let host = host[..end].trim_end_matches('.').to_lowercase();
    let decoded = host.split('.').map(|label| {
        let plain = label.strip_prefix("xn--").and_then(idna::punycode::decode_to_string);
        plain.filter(|text| !text.is_empty()).unwrap_or_else(|| label.to_owned())
    });
    decoded.collect::<Vec<_>>().join(".")
}

/// Whether `host` is `parent` or lies below it.
pub fn is_within(host: &str, parent: &str) -> bool {
    host.strip_suffix(parent).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')) && !parent.is_empty()
}

/// `.gov.cn`, `.政务`, and the listed hosts with everything below them.
pub fn is_government(host: &str, listed: &BTreeSet<String>) -> bool {
    if is_within(host, "政务") || is_within(host, "gov.cn") && host.is_ascii() {
        return true;
    }
    parents(host).any(|parent| listed.contains(parent))
}

/// The host and everything above it: `a.b.c`, `b.c`, `c`.
pub fn parents(host: &str) -> impl Iterator<Item = &str> {
    let starts = std::iter::once(0).chain(host.match_indices('.').map(|(at, _)| at + 1));
    starts.map(|at| &host[at..])
}

/// An address that works only within an office, or on one computer.
pub fn is_inner(host: &str) -> bool {
    if let Ok(address) = host.parse::<std::net::Ipv4Addr>() {
        return address.is_private() || address.is_loopback() || address.is_link_local() || address.is_unspecified();
    }
    if let Ok(address) = host.parse::<std::net::Ipv6Addr>() {
        let first = address.segments()[0];
        return address.is_loopback()
            || address.is_unspecified()
            || first & 0xFE00 == 0xFC00
            || first & 0xFFC0 == 0xFE80;
    }
    let last = host.rsplit('.').next().unwrap_or_default();
    !host.is_empty() && (!host.contains('.') || matches!(last, "local" | "localhost" | "lan" | "internal" | "intranet"))
}

/// Country codes under which `gov` is another country's government.
fn is_foreign_government(labels: &[&str]) -> bool {
    matches!(labels, [.., "gov", country] if country.len() == 2 && !matches!(*country, "cn" | "cm" | "co" | "cc" | "tk" | "ml" | "ga" | "cf"))
        || labels.last() == Some(&"gov")
}

/// Why a host looks like an imitation of a government site, if it does.
pub fn imitation(address: &Address) -> Option<&'static str> {
    let host = address.host.as_str();
    if is_within(host, "gov.cn") {
        return (!host.is_ascii()).then_some("域名里混入了形似英文字母的其他文字");
    }
    let labels: Vec<&str> = host.split('.').collect();
    if is_within(host, "政务") || is_foreign_government(&labels) {
        return None;
    }
    let joined = format!(".{}.", host.replace(['-', '_'], "."));
    if joined.contains(".gov.cn.") {
        return Some("域名里含有“gov.cn”，但不是以“.gov.cn”结尾");
    }
    if let [.., name, "cn"] = labels.as_slice()
        && labels.len() >= 2
        && is_like_gov(name, labels.len() > 2)
    {
        return Some("域名结尾形似“gov.cn”");
    }
    if let [_, .., "gov", _] = labels.as_slice() {
        return Some("域名里含有“gov”，但不是以“.gov.cn”结尾");
    }
    if labels.len() > 1
        && labels[..labels.len() - 1].iter().any(|label| label.ends_with("govcn") || label.contains("gov-cn"))
    {
        return Some("域名里含有“gov”和“cn”，但不是以“.gov.cn”结尾");
    }
    // A copied site kept in a folder of a public hosting service.
    first_folder(&address.path)
        .is_some_and(|folder| is_within(&folder, "gov.cn"))
        .then_some("网址里用政府网站的域名作文件夹名，但主机不是政府网站")
}

fn first_folder(path: &str) -> Option<String> {
    let folder = path.strip_prefix('/')?.split(['/', '?', '#']).next()?;
    (!folder.is_empty()).then(|| folder.to_lowercase())
}

/// `g0v`, `gоv` with a foreign о, `gov`, `gvo`, `ggov`, `qov` … but not `gov`. Common short words are let pass unless a
/// name stands before them.
fn is_like_gov(label: &str, named: bool) -> bool {
    let characters: Vec<char> = label.chars().collect();
    let alike = |c: char, wanted: char| {
        c == wanted || !c.is_ascii() || matches!((wanted, c), ('o', '0') | ('g', '9' | 'q') | ('v', 'u'))
    };
    if label == "gov" {
        return false;
    }
    if characters.len() == 3 && characters.iter().zip("gov".chars()).all(|(c, wanted)| alike(*c, wanted)) {
        return true;
    }
    named
        && matches!(
            label,
            "gvo"
                | "ogv"
                | "ggov"
                | "goov"
                | "govv"
                | "g-ov"
                | "go-v"
                | "govt"
                | "gow"
                | "gob"
                | "gav"
                | "giv"
                | "guv"
                | "goc"
                | "gpv"
        )
}

/// The government host that `host` is probably a slip or an imitation of: one sign more, less or other in its name, the
/// same name under another ending, or the name with a word added.
pub fn near_government<'a>(host: &str, listed: &'a BTreeSet<String>) -> Option<&'a str> {
    let government = is_within(host, "gov.cn");
    let bare = host.strip_suffix(".gov.cn").unwrap_or(host);
    let name = bare.rsplit('.').next().unwrap_or(bare);
    let labels: Vec<&str> = host.split('.').collect();
    listed.iter().map(String::as_str).find(|own| {
        let Some(own_name) = own.strip_suffix(".gov.cn").and_then(|bare| bare.rsplit('.').next()) else { return false };
        if own_name.len() < 5 {
            return false;
        }
        if government {
            name != own_name && is_one_apart(name.as_bytes(), own_name.as_bytes())
        } else {
            labels.iter().any(|label| label.split('-').any(|part| part == own_name))
        }
    })
}

/// One byte more, less or other, or two neighbours that changed places.
fn is_one_apart(a: &[u8], b: &[u8]) -> bool {
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let room = a.len().min(b.len()) - head;
    let tail = a.iter().rev().zip(b.iter().rev()).take(room).take_while(|(x, y)| x == y).count();
    let (here, there) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    here.len().max(there.len()) <= 1
        || here.len() == 2 && there.len() == 2 && here[0] == there[1] && here[1] == there[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_browsers_read_them() {
        for (text, scheme, host) in [
            ("https://www.Example.gov.cn:8080/a?b#c", "https", "www.example.gov.cn"),
            ("//example.cn/a", "", "example.cn"),
            ("http://user@example.cn", "http", "example.cn"),
            ("http:\\\\example.cn\\a", "http", "example.cn"),
            ("ht\ntp://example.cn", "http", "example.cn"),
            ("http://[::1]:80/", "http", "::1"),
            ("http://xn--fiqs8s/", "http", "中国"),
            ("http://www.example.gov.cn；", "http", "www.example.gov.cn"),
            ("/a/b", "", ""),
            ("attachment:1", "attachment", ""),
            ("javascript:alert(1)", "javascript", ""),
            ("", "", ""),
            ("http://", "http", ""),
        ] {
            let address = Address::read(text);
            assert_eq!((address.scheme.as_str(), address.host.as_str()), (scheme, host), "{text}");
        }
    }

    #[test]
    fn imitations_are_told_from_government_sites() {
        for (text, is_imitation) in [
            ("https://www.example.gov.cn", false),
            ("https://www.gov.cn", false),
            ("https://www.g0v.cn", true),
            ("https://example.g0v.cn", true),
            ("https://www.gоv.cn", true),
            ("https://example.gov.cn.example.com", true),
            ("https://example-gov-cn.example.com", true),
            ("https://example.gov.com", true),
            ("https://example.ggov.cn", true),
            ("https://exámple.gov.cn", true),
            ("https://example.gov.uk", false),
            ("https://www.example.gov", false),
            ("https://www.go.cn", false),
            ("https://someone.github.io/example.gov.cn/", true),
            ("https://example.com/news/a.html", false),
            ("https://governance.example.cn", false),
        ] {
            assert_eq!(imitation(&Address::read(text)).is_some(), is_imitation, "{text}");
        }
    }

    #[test]
    fn slips_of_listed_hosts_are_noticed() {
        let listed = BTreeSet::from(["shilishi.gov.cn".to_owned(), "sl.gov.cn".to_owned()]);
        for (host, near) in [
            ("shilishi.gov.cn", false),
            ("www.shilishi.gov.cn", false),
            ("shilish.gov.cn", true),
            ("www.shilishii.gov.cn", true),
            ("shiilshi.gov.cn", true),
            ("shilishi.com", true),
            ("shilishi-login.example.com", true),
            ("sk.gov.cn", false),
            ("example.com", false),
        ] {
            assert_eq!(near_government(host, &listed).is_some(), near, "{host}");
        }
    }

    #[test]
    fn inner_networks_are_known() {
        for (host, inner) in [
            ("127.0.0.1", true),
            ("10.1.2.3", true),
            ("172.16.0.1", true),
            ("172.32.0.1", false),
            ("192.168.1.1", true),
            ("localhost", true),
            ("oa", true),
            ("oa.local", true),
            ("::1", true),
            ("fe80::1", true),
            ("example.cn", false),
            ("8.8.8.8", false),
            ("", false),
        ] {
            assert_eq!(is_inner(host), inner, "{host}");
        }
    }
}
