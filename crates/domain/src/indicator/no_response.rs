//! W-V5 互动回应差: no channel for advice, or letters unanswered for more than three months (国办秘函〔2019〕19号 第一部分).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Finding, Verdict,
    updates::{Window, more_than_months, names},
};
use crate::rule::RuleInForce;

/// What a channel or a letter belongs to; rules name by these words what they leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// 政务咨询、建言
    Consultation,
    /// 在线访谈
    Interview,
    /// 调查征集
    Survey,
    /// 网上信访
    Petition,
    /// 纪检举报
    Discipline,
}

impl ChannelKind {
    /// The words of packs and people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Consultation => "政务咨询",
            Self::Interview => "在线访谈",
            Self::Survey => "调查征集",
            Self::Petition => "网上信访",
            Self::Discipline => "纪检举报",
        }
    }
}

/// A way to ask and advise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// What it is.
    pub kind: ChannelKind,
    /// What the site calls it.
    pub name: String,
    /// Whether it works; `None` while nobody has tried.
    pub effective: Option<bool>,
}

/// A letter of a citizen (网民留言).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Number or title for people.
    pub name: String,
    /// Where it was left.
    pub kind: ChannelKind,
    /// When it came.
    pub received: Date,
    /// When it was answered.
    #[serde(default)]
    pub answered: Option<Date>,
    /// 有效留言; `None` while nobody has said.
    #[serde(default)]
    pub valid: Option<bool>,
}

/// Channels and letters; `None` where nobody has looked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// All channels of the site.
    #[serde(default)]
    pub channels: Option<Vec<Channel>>,
    /// All letters of the window.
    #[serde(default)]
    pub letters: Option<Vec<Letter>>,
}

/// Judges the state on `at`.
pub fn judge(rule: &RuleInForce<'_>, at: Date, observed: &Response) -> Option<Verdict> {
    let begin = Window::Days(rule.whole("msg.window_days")?).border(at);
    let months = rule.whole("msg.unanswered_months")?;
    let left_out = |key: &str, kind: ChannelKind| rule.list(key).iter().any(|word| word == kind.chinese());
    let (mut findings, mut lacking) = (Vec::new(), Vec::new());

    match &observed.channels {
        None => lacking.push("还没有查看网上咨询建言渠道。".to_owned()),
        Some(channels) => {
            let counted: Vec<&Channel> =
                channels.iter().filter(|channel| !left_out("channel.excluded", channel.kind)).collect();
            let untried = counted.iter().filter(|channel| channel.effective.is_none()).count();
            if !counted.iter().any(|channel| channel.effective == Some(true)) {
                if untried > 0 {
                    lacking.push(format!("有{untried}个咨询建言渠道还没有试用过，不能确定是否有效。"));
                } else {
                    findings.push(Finding::new(rule, "channel", &[("at", at.to_string())]));
                }
            }
        }
    }
    let mut unsettled = Vec::new();
    match &observed.letters {
        None => lacking.push("还没有查看网民留言。".to_owned()),
        Some(letters) => {
            let overdue: Vec<&Letter> = letters
                .iter()
                .filter(|letter| !left_out("msg.excluded", letter.kind) && letter.valid != Some(false))
                .filter(|letter| letter.received >= begin && letter.answered.is_none_or(|answered| answered > at))
                .filter(|letter| more_than_months(letter.received, months, at))
                .collect();
            let valid: Vec<&&Letter> = overdue.iter().filter(|letter| letter.valid == Some(true)).collect();
            if let Some(oldest) = valid.iter().map(|letter| letter.received).min() {
                let facts = [
                    ("at", at.to_string()),
                    ("count", valid.len().to_string()),
                    ("oldest", oldest.to_string()),
                    ("names", names(valid.iter().map(|letter| letter.name.as_str()))),
                ];
                findings.push(Finding::new(rule, "finding", &facts));
            }
            unsettled = overdue.into_iter().filter(|letter| letter.valid.is_none()).collect();
        }
    }
    if findings.is_empty() && !unsettled.is_empty() {
        let why = format!(
            "有{}件留言超过{months}个月没有回应（{}），请人工判定是不是有效留言。",
            unsettled.len(),
            names(unsettled.iter().map(|letter| letter.name.as_str()))
        );
        return Some(Verdict::ForPerson { why, hits: Vec::new() });
    }
    Some(Verdict::from_parts(
        findings,
        lacking,
        format!("截至{at}，有有效的咨询建言渠道，没有超过{months}个月未回应的有效留言。"),
    ))
}
