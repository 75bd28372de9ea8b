//! The kinds of identifiers, by the names under which screens, interfaces and commands ask for them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A kind of identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdentifierKind {
    /// 政府网站标识码
    SiteCode,
    /// ICP备案号
    Icp,
    /// 公安备案号
    Police,
    /// 党政机关网站标识, its script or its certificate
    Conac,
    /// 统一社会信用代码
    CreditCode,
    /// 机构代码 of an index number
    OrganCode,
    /// 发文字号
    DocumentNumber,
    /// 索引号
    IndexNumber,
    /// 审图号
    MapApproval,
    /// 行政区划代码
    Division,
    /// 网站域名
    Domain,
    /// 找错入口
    ErrorReport,
    /// 公民身份号码
    PersonalId,
    /// 手机号
    Mobile,
    /// 银行卡号
    BankCard,
    /// 公文日期
    Date,
}

impl IdentifierKind {
    /// Every kind, in the order in which they are listed to people.
    pub const ALL: [Self; 16] = [
        Self::SiteCode,
        Self::Icp,
        Self::Police,
        Self::Conac,
        Self::CreditCode,
        Self::OrganCode,
        Self::DocumentNumber,
        Self::IndexNumber,
        Self::MapApproval,
        Self::Division,
        Self::Domain,
        Self::ErrorReport,
        Self::PersonalId,
        Self::Mobile,
        Self::BankCard,
        Self::Date,
    ];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SiteCode => "site-code",
            Self::Icp => "icp",
            Self::Police => "police",
            Self::Conac => "conac",
            Self::CreditCode => "credit-code",
            Self::OrganCode => "organ-code",
            Self::DocumentNumber => "document-number",
            Self::IndexNumber => "index-number",
            Self::MapApproval => "map-approval",
            Self::Division => "division",
            Self::Domain => "domain",
            Self::ErrorReport => "error-report",
            Self::PersonalId => "personal-id",
            Self::Mobile => "mobile",
            Self::BankCard => "bank-card",
            Self::Date => "date",
        }
    }

    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        self.words().first().copied().unwrap_or_default()
    }

    /// Reads the stable name, another common English name, or one of the Chinese words; letter case, blanks and
    /// `_` for `-` do not matter.
    pub fn parse(text: &str) -> Option<Self> {
        let name: String = text.trim().to_lowercase().replace(['_', ' '], "-");
        let known = Self::ALL.into_iter().find(|kind| kind.as_str() == name || kind.others().contains(&name.as_str()));
        known.or_else(|| {
            let word: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
            Self::ALL.into_iter().find(|kind| kind.words().contains(&word.as_str()))
        })
    }

    /// Whether a value is personal data: shown masked, never logged.
    pub fn is_personal(self) -> bool {
        matches!(self, Self::PersonalId | Self::Mobile | Self::BankCard)
    }

    /// Other English names.
    fn others(self) -> &'static [&'static str] {
        match self {
            Self::SiteCode => &["sitecode", "site-id", "site-id-code", "site"],
            Self::Icp => &["icp-record", "icp-number"],
            Self::Police => &["police-record", "gongan"],
            Self::Conac => &["conac-mark", "conac-id", "conac-certificate"],
            Self::CreditCode => &["uscc", "unified-social-credit-code", "creditcode"],
            Self::OrganCode => &["organ", "organization-code", "organisation-code"],
            Self::DocumentNumber => &["doc-no", "document-no", "doc-number", "docno", "document"],
            Self::IndexNumber => &["index-no", "index", "indexno"],
            Self::MapApproval => &["map", "map-number", "map-approval-number"],
            Self::Division => &["division-code", "area-code", "gb2260"],
            Self::Domain => &["domain-name", "host"],
            Self::ErrorReport => &["error-report-entry", "jiucuo"],
            Self::PersonalId => &["id-card", "id-number", "idcard", "resident-id", "id"],
            Self::Mobile => &["phone", "mobile-number", "mobile-phone", "cellphone"],
            Self::BankCard => &["bankcard", "card", "card-number"],
            Self::Date => &["official-date", "document-date"],
        }
    }

    /// Chinese words for the kind, the usual one first; they also stand as labels before pasted values.
    pub fn words(self) -> &'static [&'static str] {
        match self {
            Self::SiteCode => &["网站标识码", "政府网站标识码", "网站标识编码", "标识码"],
            Self::Icp => {
                &["ICP备案号", "ICP备案编号", "ICP备案序号", "ICP备案", "网站备案号", "工信部备案号", "备案号"]
            }
            Self::Police => &[
                "公安备案号",
                "公安机关备案号",
                "公安机关备案编号",
                "公安备案编号",
                "公安联网备案号",
                "联网备案号",
                "公安机关备案",
                "公安备案",
            ],
            Self::Conac => &["党政机关网站标识", "党政机关标识", "标识证书编号", "网站标识"],
            Self::CreditCode => &["统一社会信用代码", "统一信用代码", "社会信用代码", "信用代码"],
            Self::OrganCode => &["机构代码", "组织机构代码"],
            Self::DocumentNumber => &["发文字号", "发文文号", "公文文号", "文件编号", "文件号", "文号"],
            Self::IndexNumber => &["索引号", "信息索引号", "信息索引", "索引"],
            Self::MapApproval => &["审图号", "地图审图号", "地图审核号"],
            Self::Division => &["行政区划代码", "行政区划编码", "区划代码", "区划编码", "行政区划", "区划"],
            Self::Domain => &["网站域名", "中文域名", "英文域名", "域名", "网址"],
            Self::ErrorReport => &["找错入口", "我为政府网站找错", "纠错入口"],
            Self::PersonalId => {
                &["身份证号", "公民身份号码", "居民身份证号码", "居民身份证号", "身份证号码", "身份证件号码", "身份证"]
            }
            Self::Mobile => &["手机号", "手机号码", "移动电话", "联系电话", "手机", "电话"],
            Self::BankCard => &["银行卡号", "银行账号", "银行卡", "卡号", "账号"],
            Self::Date => &["公文日期", "成文日期", "发布日期", "印发日期", "发文日期", "生成日期", "签发日期", "日期"],
        }
    }
}

impl fmt::Display for IdentifierKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_all_its_names_and_no_other() {
        for kind in IdentifierKind::ALL {
            assert_eq!(IdentifierKind::parse(kind.as_str()), Some(kind));
            assert_eq!(IdentifierKind::parse(&kind.as_str().replace('-', "_").to_uppercase()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
            for name in kind.others().iter().chain(kind.words()) {
                assert_eq!(IdentifierKind::parse(name), Some(kind), "{name}");
            }
        }
        assert_eq!(IdentifierKind::parse(" 发文字号 "), Some(IdentifierKind::DocumentNumber));
        assert_eq!(IdentifierKind::parse("icp备案号"), Some(IdentifierKind::Icp));
        assert_eq!(IdentifierKind::parse("something"), None);
    }
}
