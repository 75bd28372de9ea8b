//! Domain names of government sites (国办函〔2018〕55号; 互联网政务应用安全管理规定 第五条).

use serde::{Deserialize, Serialize};

use super::{
    error::IdentifierError,
    normalise::{compact, is_han},
    string_identifier::string_identifier,
};

/// What kind of site may live under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DomainClass {
    /// `www.gov.cn`: only 中国政府网.
    Central,
    /// `www.□□□.gov.cn`: a government from banner level up, or a ministry.
    Portal,
    /// `○○○.□□□.gov.cn`: a department below its government's portal, or a branch below its ministry's.
    Department,
    /// More than one level below a portal: against the rule for sites, common for systems.
    Deeper,
    /// `△△△.政务`: the Chinese name of an office.
    ChineseGovernment,
    /// `.公益` or another `.cn` name: public institutions, not offices.
    PublicInstitution,
    /// Any other ending: not allowed for a government site.
    Foreign,
}

/// A domain name, lower case, without scheme, path or port.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DomainName(String);

string_identifier!(DomainName);

/// What an encoded label begins with.
const ENCODED: &str = "xn--";

impl DomainName {
    /// Reads a domain name. Blanks, capitals, full-width letters and 。 for a dot are forgiven; a pasted address is
    /// refused with its domain name as suggestion.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let typed = compact(text).to_lowercase().replace(['。', '．', '｡'], ".");
        let host = host_of(&typed);
        if host.is_empty() {
            return Err(IdentifierError::new("域名没有填写。样式：www.abc.gov.cn。"));
        }
        if host.split('.').any(|label| label.starts_with(ENCODED)) {
            let error = IdentifierError::new("这是中文域名的编码形式（xn--），请填中文原文，例如“某某.政务”。");
            let decoded = decoded(host).filter(|name| check(name).is_ok());
            return Err(match decoded {
                Some(name) => error.suggesting(name),
                None => error,
            });
        }
        check(host)?;
        if host == typed || typed.strip_suffix('.') == Some(host) {
            return Ok(Self(host.to_owned()));
        }
        Err(IdentifierError::new("这里只填域名，不带“http://”、路径和端口。").suggesting(host))
    }

    /// What kind of site may live here.
    pub fn class(&self) -> DomainClass {
        let labels: Vec<&str> = self.0.split('.').collect();
        match labels.as_slice() {
            ["gov", "cn"] | ["www", "gov", "cn"] => DomainClass::Central,
            [_, "gov", "cn"] | ["www", _, "gov", "cn"] => DomainClass::Portal,
            [_, _, "gov", "cn"] | ["www", _, _, "gov", "cn"] => DomainClass::Department,
            [.., "gov", "cn"] => DomainClass::Deeper,
            [.., "政务"] => DomainClass::ChineseGovernment,
            [.., "公益"] | [.., "cn"] => DomainClass::PublicInstitution,
            _ => DomainClass::Foreign,
        }
    }

    /// The name under which the site should be filed: portals with `www.`, everything else without.
    pub fn canonical(&self) -> Self {
        let bare = self.0.strip_prefix("www.").unwrap_or(&self.0);
        Self(match self.class() {
            DomainClass::Central | DomainClass::Portal => format!("www.{bare}"),
            _ => bare.to_owned(),
        })
    }

    /// The name as the domain name system knows it: Chinese labels encoded (`xn--…`, RFC 3492), the rest unchanged.
    pub fn to_ascii(&self) -> String {
        let encode = |label: &str| match label.is_ascii() {
            true => label.to_owned(),
            false => format!("{ENCODED}{}", idna::punycode::encode_str(label).unwrap_or_default()),
        };
        self.0.split('.').map(encode).collect::<Vec<_>>().join(".")
    }

    /// Whether the name is in Chinese (`.政务`, `.公益`).
    pub fn is_chinese(&self) -> bool {
        !self.0.is_ascii()
    }

    /// Whether both names lead to the same site, with or without `www.`.
    pub fn is_same_site(&self, other: &Self) -> bool {
        self.canonical() == other.canonical()
    }

    /// Refuses names that a government site may not have, saying why; names that must only be filed in another
    /// spelling are refused with that spelling as suggestion.
    pub fn check_for_government_site(&self) -> Result<(), IdentifierError> {
        match self.class() {
            DomainClass::Foreign => {
                Err(IdentifierError::new("政府网站只能使用以“.gov.cn”结尾的英文域名和以“.政务”结尾的中文域名。"))
            }
            DomainClass::PublicInstitution => {
                Err(IdentifierError::new("“.cn”和“.公益”域名供事业单位使用，政府网站应使用“.gov.cn”或“.政务”域名。"))
            }
            DomainClass::Deeper => Err(IdentifierError::new(
                "部门网站域名应为本级政府门户域名的下一级（部门.地区.gov.cn），这里层级过深。",
            )),
            _ if self.canonical() != *self => {
                Err(IdentifierError::new("这不是规范的域名写法：门户网站以“www.”开头，部门网站不加“www.”。")
                    .suggesting(self.canonical().0))
            }
            _ => Ok(()),
        }
    }
}

/// The host of what may be a whole address.
fn host_of(typed: &str) -> &str {
    let rest = typed.split_once("://").map_or(typed, |(_, rest)| rest).trim_start_matches('/');
    let rest = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let rest = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let host = rest.split_once(':').map_or(rest, |(host, _)| host);
    host.strip_suffix('.').unwrap_or(host)
}

/// The name with its encoded labels in Chinese; `None` when one of them is no encoding.
fn decoded(host: &str) -> Option<String> {
    let labels = host.split('.').map(|label| match label.strip_prefix(ENCODED) {
        Some(code) => idna::punycode::decode_to_string(code).filter(|text| !text.is_empty()),
        None => Some(label.to_owned()),
    });
    let name = labels.collect::<Option<Vec<_>>>()?.join(".");
    Some(compact(&name).to_lowercase()).filter(|folded| *folded == name)
}

fn check(host: &str) -> Result<(), IdentifierError> {
    if host.len() > 253 {
        return Err(IdentifierError::new("域名过长，总长不能超过253个字符。"));
    }
    let labels: Vec<&str> = host.split('.').collect();
    if labels.len() < 2 {
        return Err(IdentifierError::new("域名至少有两段，中间用点隔开，例如www.abc.gov.cn。"));
    }
    if labels.iter().all(|label| label.bytes().all(|b| b.is_ascii_digit())) {
        return Err(IdentifierError::new("这是IP地址，请填域名。"));
    }
    for label in labels {
        if label.is_empty() {
            return Err(IdentifierError::new("域名里有连续的点，或以点开头，请核对。"));
        }
        if label.len() > 63 {
            return Err(IdentifierError::new(format!("域名中“{label}”一段过长，每段不能超过63个字符。")));
        }
        if label.starts_with('-') || label.ends_with('-') {
            return Err(IdentifierError::new(format!("域名中“{label}”一段不能以连字符开头或结尾。")));
        }
        if let Some(wrong) = label.chars().find(|c| !(c.is_ascii_alphanumeric() || *c == '-' || is_han(*c))) {
            return Err(IdentifierError::new(format!("域名里不能有“{wrong}”，只用字母、数字、连字符和汉字。")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> DomainName {
        DomainName::parse(text).unwrap()
    }

    #[test]
    fn names_are_classed_by_their_labels() {
        for (name, class, canonical) in [
            ("www.gov.cn", DomainClass::Central, "www.gov.cn"),
            ("www.nmg.gov.cn", DomainClass::Portal, "www.nmg.gov.cn"),
            ("NMG.gov.cn.", DomainClass::Portal, "www.nmg.gov.cn"),
            ("slj.bd.gov.cn", DomainClass::Department, "slj.bd.gov.cn"),
            ("www.slj.bd.gov.cn", DomainClass::Department, "slj.bd.gov.cn"),
            ("a.b.c.gov.cn", DomainClass::Deeper, "a.b.c.gov.cn"),
            ("示例局．政务", DomainClass::ChineseGovernment, "示例局.政务"),
            ("yiyuan.cn", DomainClass::PublicInstitution, "yiyuan.cn"),
            ("示例医院.公益", DomainClass::PublicInstitution, "示例医院.公益"),
            ("nmg-gov.com", DomainClass::Foreign, "nmg-gov.com"),
            ("gov.cn.example.com", DomainClass::Foreign, "gov.cn.example.com"),
        ] {
            assert_eq!(read(name).class(), class, "{name}");
            assert_eq!(read(name).canonical().as_str(), canonical, "{name}");
        }
        assert!(read("nmg.gov.cn").is_same_site(&read("www.nmg.gov.cn")));
    }

    #[test]
    fn a_government_site_is_held_to_its_suffix_and_spelling() {
        assert!(read("www.nmg.gov.cn").check_for_government_site().is_ok());
        assert!(read("slj.bd.gov.cn").check_for_government_site().is_ok());
        assert!(read("示例局.政务").check_for_government_site().is_ok());
        for (name, suggestion) in [
            ("nmg.gov.cn", Some("www.nmg.gov.cn")),
            ("www.slj.bd.gov.cn", Some("slj.bd.gov.cn")),
            ("a.b.c.gov.cn", None),
            ("yiyuan.cn", None),
            ("nmg.com", None),
        ] {
            assert_eq!(read(name).check_for_government_site().unwrap_err().suggestion.as_deref(), suggestion);
        }
    }

    #[test]
    fn chinese_names_have_an_encoded_form() {
        assert_eq!(read("示例局.政务").to_ascii(), "xn--fsqr32a1tw.xn--zfr164b");
        assert_eq!(read("www.nmg.gov.cn").to_ascii(), "www.nmg.gov.cn");
        assert!(read("示例局.政务").is_chinese() && !read("www.nmg.gov.cn").is_chinese());
    }

    #[test]
    fn wrong_names_are_refused_with_reason_and_suggestion() {
        for (typed, said, suggestion) in [
            ("", "没有填写", None),
            ("https://www.nmg.gov.cn/zwgk/", "只填域名", Some("www.nmg.gov.cn")),
            ("www.nmg.gov.cn:8080", "只填域名", Some("www.nmg.gov.cn")),
            ("nmg", "至少有两段", None),
            ("10.1.2.3", "IP地址", None),
            ("www..gov.cn", "连续的点", None),
            ("-a.gov.cn", "连字符开头", None),
            ("a_b.gov.cn", "不能有“_”", None),
            ("xn--.xn--zfr164b", "中文原文", None),
            ("xn--fsqr32a1tw.xn--zfr164b", "中文原文", Some("示例局.政务")),
        ] {
            let error = DomainName::parse(typed).unwrap_err();
            assert!(error.message.contains(said), "{typed}: {error}");
            assert_eq!(error.suggestion.as_deref(), suggestion, "{typed}");
        }
    }
}
