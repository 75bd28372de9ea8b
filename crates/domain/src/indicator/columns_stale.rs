//! W-V4 栏目不更新: three separate counts (国办秘函〔2019〕19号 第一部分). Every column belongs to one count only, so that
//! nothing is counted twice.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Finding, Updates, Verdict,
    updates::{Freshness, Window, names},
};
use crate::rule::RuleInForce;

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// 动态、要闻类
    News,
    /// 通知公告、政策文件类
    Policy,
    /// Everything else.
    Other,
}

/// One column as it was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Name, address, dates.
    #[serde(flatten)]
    pub updates: Updates,
    /// What it is for.
    pub kind: ColumnKind,
    /// 1 for 一级栏目.
    pub level: u8,
    /// 空白栏目: read, and nothing in it.
    #[serde(default)]
    pub blank: bool,
    /// 应更新: meant to be added to regularly, unlike a page of fixed content.
    #[serde(default)]
    pub should_update: bool,
}

/// All columns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    /// Whether these are all columns of the site.
    pub complete: bool,
    /// The columns.
    pub columns: Vec<Column>,
}

/// The count that a column belongs to, whatever its state: blank before 动态要闻 and 一级政策 before 应更新.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    /// 空白栏目
    Blank,
    /// 动态、要闻类, 通知公告、政策文件类一级栏目
    Regular,
    /// 应更新但长期未更新
    LongStale,
}

impl Column {
    pub(super) fn count(&self) -> Option<Count> {
        if self.blank {
            return Some(Count::Blank);
        }
        match self.kind {
            ColumnKind::News => Some(Count::Regular),
            ColumnKind::Policy if self.level == 1 => Some(Count::Regular),
            _ => self.should_update.then_some(Count::LongStale),
        }
    }
}

/// Columns of one count: those that break the rule, and how many could not be judged.
struct Tally<'a> {
    broken: Vec<&'a str>,
    unknown: usize,
}

/// Judges the state on `at`.
pub fn judge(rule: &RuleInForce<'_>, at: Date, observed: &Columns) -> Option<Verdict> {
    let news = Window::Days(rule.whole("col.dynamic_days")?);
    let policy = Window::Months(rule.whole("col.policy_months")?);
    let long = Window::Months(rule.whole("col.long_stale_months")?);
    let tally = |count: Count| {
        let mut tally = Tally { broken: Vec::new(), unknown: 0 };
        for column in &observed.columns {
            let unread = column.updates.dates.is_none() && !column.blank;
            if column.count() != Some(count) {
                // A column that could not be read may turn out to be blank.
                tally.unknown += usize::from(count == Count::Blank && unread);
                continue;
            }
            let window = match (count, column.kind) {
                (Count::Blank, _) => {
                    tally.broken.push(&column.updates.name);
                    continue;
                }
                (Count::LongStale, _) => long,
                (Count::Regular, ColumnKind::News) => news,
                (Count::Regular, _) => policy,
            };
            match column.updates.freshness(at, window, rule) {
                Freshness::Fresh(_) => {}
                Freshness::Stale(_) => tally.broken.push(&column.updates.name),
                Freshness::Unknown => tally.unknown += 1,
            }
        }
        tally
    };
    let counts = [
        ("finding", "col.stale_total", "未按时更新的动态要闻、通知公告、政策文件类栏目", tally(Count::Regular)),
        ("long_stale", "col.long_stale", "应更新但长期未更新的栏目", tally(Count::LongStale)),
        ("blank", "col.blank", "空白栏目", tally(Count::Blank)),
    ];
    let (mut findings, mut lacking, mut seen) = (Vec::new(), Vec::new(), Vec::new());
    for (sentence, key, what, tally) in &counts {
        let limit = usize::try_from(rule.whole(key)?).unwrap_or(0);
        let count = tally.broken.len();
        if count > 0 && count >= limit {
            let facts =
                [("at", at.to_string()), ("count", count.to_string()), ("names", names(tally.broken.iter().copied()))];
            findings.push(Finding::new(rule, sentence, &facts));
        } else if count + tally.unknown >= limit && tally.unknown > 0 {
            lacking.push(format!(
                "{what}已查到{count}个，还有{}个栏目没有读到更新时间；达到{limit}个才构成问题，请补查。",
                tally.unknown
            ));
        }
        seen.push(format!("{what}{count}个（{limit}个以上为不合格）"));
    }
    if observed.columns.is_empty() || !observed.complete {
        lacking.push("栏目清单不完整，请先取得全部栏目再评判。".to_owned());
    }
    Some(Verdict::from_parts(findings, lacking, format!("截至{at}：{}。", seen.join("，"))))
}
