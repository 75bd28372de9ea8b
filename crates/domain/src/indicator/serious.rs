//! W-V1, M-V1 安全、泄密事故等严重问题. The machine finds, a person decides: 严重表述错误、泄密、反动内容、舆情 are never
//! judged automatically (regulations of the house, and 国办秘函〔2019〕19号 第一部分 for what counts).

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Finding, PersonVerdict, Verdict};
use crate::{rule::RuleInForce, time::beijing_minutes};

/// Kinds of serious problems; the rule lists those that it covers by these words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeriousKind {
    /// 严重表述错误
    GraveWording,
    /// 泄露国家秘密
    StateSecret,
    /// 反动、暴力、色情等内容
    HarmfulContent,
    /// 安全攻击处置不力
    SecurityIncident,
    /// 弄虚作假, e.g. forged publication dates.
    Fraud,
    /// 严重负面舆情
    PublicOpinion,
    /// 购买粉丝、强制点赞
    FakeFollowers,
}

impl SeriousKind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::GraveWording,
        Self::StateSecret,
        Self::HarmfulContent,
        Self::SecurityIncident,
        Self::Fraud,
        Self::PublicOpinion,
        Self::FakeFollowers,
    ];

    /// The words of packs and people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::GraveWording => "严重表述错误",
            Self::StateSecret => "泄露国家秘密",
            Self::HarmfulContent => "反动、暴力、色情等内容",
            Self::SecurityIncident => "安全攻击处置不力",
            Self::Fraud => "弄虚作假",
            Self::PublicOpinion => "严重负面舆情",
            Self::FakeFollowers => "购买粉丝、强制点赞",
        }
    }
}

/// Something that a machine or a citizen noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// What it may be.
    pub kind: SeriousKind,
    /// Page or post.
    pub place: String,
    /// What was noticed.
    pub what: String,
    /// When.
    pub seen_at: Timestamp,
}

/// What is known, and what a person decided about it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspicions {
    /// Whether the content was screened at all.
    pub screened: bool,
    /// What was noticed.
    #[serde(default)]
    pub hits: Vec<Hit>,
    /// The decision of a person.
    #[serde(default)]
    pub person: Option<PersonVerdict>,
}

/// Only a person's decision with a reason makes this found.
pub fn judge(rule: &RuleInForce<'_>, at: Date, observed: &Suspicions) -> Option<Verdict> {
    let kinds = rule.list("person.kinds");
    let hits: Vec<&Hit> =
        observed.hits.iter().filter(|hit| kinds.iter().any(|kind| kind == hit.kind.chinese())).collect();
    Some(decide(rule, at, observed, &hits))
}

/// The decision over the hits that concern a rule.
pub(super) fn decide(rule: &RuleInForce<'_>, at: Date, observed: &Suspicions, hits: &[&Hit]) -> Verdict {
    if let Some(person) = observed.person.as_ref().filter(|person| person.counts()) {
        let facts = [("decided_at", beijing_minutes(person.at)), ("reason", person.reason.trim().to_owned())];
        if person.found {
            return Verdict::Found { findings: vec![Finding::new(rule, "decided", &facts).decided_by(person.person)] };
        }
        return Verdict::clear(format!("经{}人工核实，不认定存在问题：{}", facts[0].1, facts[1].1));
    }
    if !hits.is_empty() {
        let findings = hits
            .iter()
            .map(|hit| {
                let facts = [
                    ("seen_at", beijing_minutes(hit.seen_at)),
                    ("place", hit.place.clone()),
                    ("kind", hit.kind.chinese().to_owned()),
                    ("what", hit.what.clone()),
                ];
                Finding::new(rule, "finding", &facts)
            })
            .collect();
        let why = format!("有{}处疑似问题，机器不作认定，请有权限的人员核实并写明理由。", hits.len());
        return Verdict::ForPerson { why, hits: findings };
    }
    if !observed.screened {
        return Verdict::not_enough("还没有对内容作过扫描，也没有人工结论，请先扫描或者由人工检查。");
    }
    Verdict::clear(format!("截至{at}扫描没有发现疑似问题；如有举报，以人工核实的结论为准。"))
}
