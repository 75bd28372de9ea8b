//! “我为政府网站找错”入口 in the page foot: where readers report errors to 中国政府网, with the site's code and the
//! address of the page (国办发〔2017〕47号 附件2; form of the national platform).

use serde::{Deserialize, Serialize};

use super::{SiteCode, error::IdentifierError, normalise::is_blank};

const HOST: &str = "zfwzgl.www.gov.cn";
const PATH: &str = "/exposure/jiucuo.html";

/// The entry of one page: whose site it is and which page is reported.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ErrorReportEntry {
    site_code: SiteCode,
    page: String,
}

impl ErrorReportEntry {
    /// The entry for a page. `page` is its full address, `http://` or `https://`.
    pub fn new(site_code: SiteCode, page: &str) -> Result<Self, IdentifierError> {
        let page = page.trim();
        let host = page.strip_prefix("https://").or_else(|| page.strip_prefix("http://"));
        if !host.is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '?', '#'])) {
            return Err(IdentifierError::new(
                "找错入口里的页面网址应是完整地址，以“http://”或“https://”开头，请核对。",
            ));
        }
        if page.chars().any(|c| is_blank(c) || c.is_control()) {
            return Err(IdentifierError::new("找错入口里的页面网址不能有空格和控制字符，请核对。"));
        }
        Ok(Self { site_code, page: page.to_owned() })
    }

    /// Reads the address of an entry. The old platform without a domain name is refused as outdated; `http://`,
    /// another host or path, with the corrected address.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let typed: String = text.chars().filter(|c| !is_blank(*c)).collect();
        if typed.is_empty() {
            return Err(IdentifierError::new("找错入口地址没有填写。"));
        }
        let typed = typed.replace("&amp;", "&");
        let (scheme, rest) = typed.split_once("//").unwrap_or(("", &typed));
        let (before_query, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (host, path) = before_query.find('/').map_or((before_query, ""), |at| before_query.split_at(at));
        let entry = Self::from_query(query)?;
        let official = entry.to_string();
        let ip = host.split(':').next().unwrap_or_default();
        let message = if ip.split('.').count() == 4 && ip.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            "这是找错平台的旧地址（IP地址），已经过期，请换成现行地址。"
        } else if !host.eq_ignore_ascii_case(HOST) {
            "找错入口应指向中国政府网的找错平台（zfwzgl.www.gov.cn），这里不是。"
        } else if path != PATH {
            "找错入口的路径不对，应为“/exposure/jiucuo.html”。"
        } else if scheme != "https:" {
            "找错入口应使用“https://”。"
        } else {
            return Ok(entry);
        };
        Err(IdentifierError::new(message).suggesting(official))
    }

    /// Whose site.
    pub fn site_code(&self) -> &SiteCode {
        &self.site_code
    }

    /// Which page.
    pub fn page(&self) -> &str {
        &self.page
    }

    fn from_query(query: &str) -> Result<Self, IdentifierError> {
        let query = query.split('#').next().unwrap_or_default();
        let value = |name: &str| {
            query.split('&').find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name)).map(|(_, v)| v)
        };
        let Some(code) = value("site_code").filter(|code| !code.is_empty()) else {
            return Err(IdentifierError::new("找错入口地址里没有标识码（site_code=…），请补上本网站的标识码。"));
        };
        let code = SiteCode::parse(code)
            .map_err(|error| IdentifierError::new(format!("找错入口里的标识码不对：{}", error.message)))?;
        let Some(page) = value("url").filter(|page| !page.is_empty()) else {
            return Err(IdentifierError::new("找错入口地址里没有页面网址（url=…），请补上当前页面的网址。"));
        };
        let page = decode(page)
            .ok_or_else(|| IdentifierError::new("找错入口里的页面网址编码不对，请用encodeURIComponent编码。"))?;
        Self::new(code, &page)
    }
}

impl std::fmt::Display for ErrorReportEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "https://{HOST}{PATH}?site_code={}&url={}", self.site_code, encode(&self.page))
    }
}

impl std::str::FromStr for ErrorReportEntry {
    type Err = IdentifierError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for ErrorReportEntry {
    type Error = IdentifierError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<ErrorReportEntry> for String {
    fn from(entry: ErrorReportEntry) -> Self {
        entry.to_string()
    }
}

/// As `encodeURIComponent` does.
fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// As `decodeURIComponent` does; `None` for broken escapes and bytes that are not UTF-8.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let high = char::from(rest.next()?).to_digit(16)?;
        let low = char::from(rest.next()?).to_digit(16)?;
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = "https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=1500000001&url=http%3A%2F%2Fwww.example.gov.cn%2Fa%3Fb%3D%E5%85%AC";

    #[test]
    fn an_entry_is_built_and_read_back() {
        let code = SiteCode::parse("1500000001").unwrap();
        let entry = ErrorReportEntry::new(code, "http://www.example.gov.cn/a?b=公").unwrap();
        assert_eq!(entry.to_string(), ENTRY);
        let read = ErrorReportEntry::parse(ENTRY).unwrap();
        assert_eq!((read.page(), read.site_code().as_str()), ("http://www.example.gov.cn/a?b=公", "1500000001"));
        assert_eq!(ErrorReportEntry::parse(&ENTRY.replace('&', "&amp;")).unwrap(), entry);
    }

    #[test]
    fn wrong_entries_are_refused_with_reason_and_suggestion() {
        let ip = ENTRY.replace("https://zfwzgl.www.gov.cn", "http://203.0.113.40");
        for (typed, said, suggested) in [
            (String::new(), "没有填写", false),
            (ip, "已经过期", true),
            (ENTRY.replace("https", "http"), "https://", true),
            (ENTRY.replace("zfwzgl.www.gov.cn", "www.example.com"), "这里不是", true),
            (ENTRY.replace("jiucuo", "index"), "路径不对", true),
            (ENTRY.replace("1500000001", "15000000"), "有8位", false),
            (ENTRY.replace("1500000001", ""), "没有标识码", false),
            (ENTRY.split("&url").next().unwrap().to_owned(), "没有页面网址", false),
            (ENTRY.replace("http%3A", "ftp%3A"), "完整地址", false),
            (format!("{ENTRY}%E5"), "编码不对", false),
        ] {
            let error = ErrorReportEntry::parse(&typed).unwrap_err();
            assert!(error.message.contains(said), "{typed}: {error}");
            assert_eq!(error.suggestion.as_deref(), suggested.then_some(ENTRY), "{typed}");
        }
    }
}
