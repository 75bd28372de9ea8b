//! What is applied for.

use serde::{Deserialize, Serialize};

use crate::problem::FieldProblem;

/// Whether a filing is about a site or an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilingSubject {
    /// 政府网站
    Site,
    /// 政务新媒体账号
    Account,
}

/// The kinds of filing (通知 二（一）3、二（二）2; 国办发〔2017〕47号).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilingKind {
    /// 网站开设
    SiteOpen,
    /// 网站变更
    SiteChange,
    /// 网站临时下线
    SiteSuspend,
    /// 网站永久下线
    SiteClose,
    /// 网站整合
    SiteMerge,
    /// 账号开设
    AccountOpen,
    /// 账号变更
    AccountChange,
    /// 账号关停
    AccountClose,
    /// 从全国政务新媒体报送系统删除
    AccountRemove,
    /// 账号主办单位变化
    AccountSponsorChange,
}

impl FilingKind {
    /// All kinds.
    pub const ALL: [Self; 10] = [
        Self::SiteOpen,
        Self::SiteChange,
        Self::SiteSuspend,
        Self::SiteClose,
        Self::SiteMerge,
        Self::AccountOpen,
        Self::AccountChange,
        Self::AccountClose,
        Self::AccountRemove,
        Self::AccountSponsorChange,
    ];

    /// Stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SiteOpen => "site_open",
            Self::SiteChange => "site_change",
            Self::SiteSuspend => "site_suspend",
            Self::SiteClose => "site_close",
            Self::SiteMerge => "site_merge",
            Self::AccountOpen => "account_open",
            Self::AccountChange => "account_change",
            Self::AccountClose => "account_close",
            Self::AccountRemove => "account_remove",
            Self::AccountSponsorChange => "account_sponsor_change",
        }
    }

    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::SiteOpen => "网站开设",
            Self::SiteChange => "网站变更",
            Self::SiteSuspend => "网站临时下线",
            Self::SiteClose => "网站永久下线",
            Self::SiteMerge => "网站整合",
            Self::AccountOpen => "账号开设",
            Self::AccountChange => "账号变更",
            Self::AccountClose => "账号关停",
            Self::AccountRemove => "账号从报送系统删除",
            Self::AccountSponsorChange => "账号主办单位变化",
        }
    }

    /// Other words that people use.
    fn other_words(self) -> &'static [&'static str] {
        match self {
            Self::SiteOpen => &["开设网站", "开办网站", "网站开办", "新开网站", "site_create"],
            Self::SiteChange => &["变更网站", "site_update"],
            Self::SiteSuspend => {
                &["临时下线", "网站临时关停", "暂停网站", "site_temporary_closure", "site_close_temporary"]
            }
            Self::SiteClose => {
                &["永久下线", "关停网站", "网站关停", "关闭网站", "site_permanent_closure", "site_close_permanent"]
            }
            Self::SiteMerge => &["整合网站", "网站合并", "网站整合迁移", "网站迁移", "site_merger"],
            Self::AccountOpen => &["开设账号", "新媒体开设", "开设新媒体", "政务新媒体开设", "account_create"],
            Self::AccountChange => &["变更账号", "新媒体变更", "政务新媒体变更", "account_update"],
            Self::AccountClose => &["关停账号", "新媒体关停", "政务新媒体关停", "账号注销", "account_closure"],
            Self::AccountRemove => &["账号删除", "删除账号", "新媒体删除", "报送系统删除", "account_removal"],
            Self::AccountSponsorChange => &["主办单位变化", "主办单位变更", "账号主办单位变更", "account_sponsor"],
        }
    }

    /// Reads [`Self::as_str`] (hyphens and capitals forgiven) or Chinese words; the refusal lists what may be written.
    pub fn parse(text: &str) -> Result<Self, FieldProblem> {
        let word = crate::identifier::normalise::compact(text).to_ascii_lowercase().replace('-', "_");
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == word || kind.chinese() == word || kind.other_words().contains(&word.as_str()))
            .ok_or_else(|| {
                let all: Vec<String> = Self::ALL
                    .into_iter()
                    .map(|kind| format!("{}（{}）", kind.as_str().replace('_', "-"), kind.chinese()))
                    .collect();
                FieldProblem::new("kind", format!("不认识的事项“{}”，请写其中之一：{}。", text.trim(), all.join("、")))
            })
    }

    /// Site or account.
    pub fn subject(self) -> FilingSubject {
        match self {
            Self::SiteOpen | Self::SiteChange | Self::SiteSuspend | Self::SiteClose | Self::SiteMerge => {
                FilingSubject::Site
            }
            _ => FilingSubject::Account,
        }
    }

    /// True for the two that open something new.
    pub fn opens(self) -> bool {
        matches!(self, Self::SiteOpen | Self::AccountOpen)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_printed_form_is_read_back() {
        for kind in FilingKind::ALL {
            for text in [kind.as_str().to_owned(), kind.as_str().replace('_', "-"), kind.as_str().to_uppercase()] {
                assert_eq!(FilingKind::parse(&text), Ok(kind));
            }
            assert_eq!(FilingKind::parse(&format!(" {}\u{3000}", kind.chinese())), Ok(kind));
            for word in kind.other_words() {
                assert_eq!(FilingKind::parse(word), Ok(kind), "{word}");
            }
        }
    }

    #[test]
    fn an_unknown_word_is_told_what_may_be_written() {
        for text in ["", "网站", "open", "site"] {
            let problem = FilingKind::parse(text).unwrap_err();
            assert!(problem.message.contains("site-open（网站开设）"), "{problem:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_read_prints_and_reads_again(text in "\\PC*") {
            if let Ok(kind) = FilingKind::parse(&text) {
                prop_assert_eq!(FilingKind::parse(kind.as_str()), Ok(kind));
            }
        }
    }
}
