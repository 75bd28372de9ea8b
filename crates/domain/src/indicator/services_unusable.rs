//! W-V6 服务不实用: no services at all, or guides that lack too many of the ten classes of elements (国办秘函〔2019〕19号
//! 第一部分). Bodies without services to the public are not judged; the sheet leaves the indicator out for them.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Finding, Verdict, updates::names};
use crate::rule::RuleInForce;

/// The classes of elements of a guide; the rule lists those that it counts by these words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ElementClass {
    /// 事项名称
    Name,
    /// 设定依据
    Basis,
    /// 申请条件
    Conditions,
    /// 办理材料
    Materials,
    /// 办理地点
    Place,
    /// 办理机构
    Office,
    /// 收费标准
    Fees,
    /// 办理时间
    Hours,
    /// 联系电话
    Telephone,
    /// 办理流程
    Procedure,
}

impl ElementClass {
    /// All ten.
    pub const ALL: [Self; 10] = [
        Self::Name,
        Self::Basis,
        Self::Conditions,
        Self::Materials,
        Self::Place,
        Self::Office,
        Self::Fees,
        Self::Hours,
        Self::Telephone,
        Self::Procedure,
    ];

    /// The words of packs and people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Name => "事项名称",
            Self::Basis => "设定依据",
            Self::Conditions => "申请条件",
            Self::Materials => "办理材料",
            Self::Place => "办理地点",
            Self::Office => "办理机构",
            Self::Fees => "收费标准",
            Self::Hours => "办理时间",
            Self::Telephone => "联系电话",
            Self::Procedure => "办理流程",
        }
    }
}

/// The guide of one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guide {
    /// The item.
    pub item: String,
    /// Classes of elements that it has.
    pub present: BTreeSet<ElementClass>,
}

/// Services as they were seen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Services {
    /// Whether the site offers services at all; `None` while nobody has looked.
    pub provided: Option<bool>,
    /// How many items it lists; `None` while nobody has counted.
    #[serde(default)]
    pub total_items: Option<u32>,
    /// Guides that were read.
    #[serde(default)]
    pub guides: Vec<Guide>,
}

/// Judges the state on `at`.
pub fn judge(rule: &RuleInForce<'_>, at: Date, observed: &Services) -> Option<Verdict> {
    match observed.provided {
        None => return Some(Verdict::not_enough("还没有查看网站是否提供办事服务。")),
        Some(false) => {
            let finding = Finding::new(rule, "none", &[("at", at.to_string())]);
            return Some(Verdict::Found { findings: vec![finding] });
        }
        Some(true) => {}
    }
    let limit = usize::try_from(rule.whole("guide.missing_classes")?).unwrap_or(0).max(1);
    let more_than = usize::try_from(rule.whole("guide.items")?).unwrap_or(0);
    let few = usize::try_from(rule.whole("guide.few_items")?).unwrap_or(0);
    let sample = usize::try_from(rule.whole("guide.sample")?).unwrap_or(0);
    let classes = rule.list("guide.classes");
    let missing = |guide: &Guide| {
        let has = |class: &str| guide.present.iter().any(|present| present.chinese() == class);
        classes.iter().filter(|class| !has(class)).count()
    };
    let poor: Vec<&Guide> = observed.guides.iter().filter(|guide| missing(guide) >= limit).collect();
    let read = observed.guides.len();
    let total = observed.total_items.map(|total| usize::try_from(total).unwrap_or(usize::MAX).max(read));
    let facts = [
        ("at", at.to_string()),
        ("checked", read.to_string()),
        ("count", poor.len().to_string()),
        ("names", names(poor.iter().map(|guide| guide.item.as_str()))),
    ];
    // With fewer items than the rule's few, each of them must lack that much.
    let every_one = total == Some(read) && read > 0 && read < few && poor.len() == read;
    if poor.len() > more_than || every_one {
        let sentence = if every_one { "few" } else { "finding" };
        return Some(Verdict::Found { findings: vec![Finding::new(rule, sentence, &facts)] });
    }
    let Some(total) = total else {
        return Some(Verdict::not_enough("还没有清点办事服务事项的总数。"));
    };
    if read < total.min(sample) || (total < few && read < total) || total == 0 {
        return Some(Verdict::not_enough(format!(
            "办事服务事项共{total}个，只看了{read}个办事指南，至少应看{}个。",
            if total < few { total.max(1) } else { total.min(sample) }
        )));
    }
    Some(Verdict::clear(format!("检查{read}个办事指南，要素缺失{limit}类及以上的有{}个。", poor.len())))
}
