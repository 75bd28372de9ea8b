//! 网站标识: what the foot of every page must show (国办发〔2017〕47号; the marks of a rule are its list `footer.marks`).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::sheet::{Fault, Sheet};
use crate::rule::RuleInForce;

/// One thing at the foot of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FooterMark {
    /// 党政机关网站标识
    PartyGovernmentMark,
    /// “我为政府网站找错”入口
    ErrorReportEntry,
    /// 政府网站标识码
    SiteCode,
    /// 主办单位
    Sponsor,
    /// 联系方式
    Contact,
    /// ICP备案编号
    IcpRecord,
    /// 公安机关备案标识
    PoliceRecord,
    /// 网站地图
    SiteMap,
}

impl FooterMark {
    /// The words of packs and people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::PartyGovernmentMark => "党政机关网站标识",
            Self::ErrorReportEntry => "“我为政府网站找错”入口",
            Self::SiteCode => "政府网站标识码",
            Self::Sponsor => "主办单位",
            Self::Contact => "联系方式",
            Self::IcpRecord => "ICP备案编号",
            Self::PoliceRecord => "公安机关备案标识",
            Self::SiteMap => "网站地图",
        }
    }
}

/// The foot of one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Footer {
    /// The page.
    pub page: String,
    /// What it shows.
    pub present: BTreeSet<FooterMark>,
}

/// One fault for each mark that is missing on any page: a template without it is one mistake, not a thousand.
pub fn sheet(rule: &RuleInForce<'_>, pages: &[Footer]) -> Sheet {
    let faults = rule
        .list("footer.marks")
        .iter()
        .filter_map(|mark| {
            let lacks = |page: &&Footer| !page.present.iter().any(|present| present.chinese() == mark);
            let without: Vec<&Footer> = pages.iter().filter(lacks).collect();
            let first = without.first()?;
            let what = format!("页面底部没有{mark}（检查{}个页面，{}个没有）", pages.len(), without.len());
            Some(Fault { place: first.page.clone(), what })
        })
        .collect();
    let checked = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    Sheet { provided: Some(true), checked, faults, ..Sheet::default() }
}
