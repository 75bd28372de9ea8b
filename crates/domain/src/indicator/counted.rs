//! Vetoes of oversight: so many sites or accounts failed (监管工作年度考核指标).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Finding, Verdict, updates::names};
use crate::rule::RuleInForce;

/// The cases known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Whether these are all.
    pub complete: bool,
    /// Their names.
    pub names: Vec<String>,
}

/// 超过（含）: the limit itself is enough.
pub fn judge(rule: &RuleInForce<'_>, at: Date, observed: &Counted) -> Option<Verdict> {
    let limit = usize::try_from(rule.whole("limit")?).unwrap_or(0).max(1);
    let count = observed.names.len();
    if count >= limit {
        let facts = [
            ("at", at.to_string()),
            ("count", count.to_string()),
            ("names", names(observed.names.iter().map(String::as_str))),
        ];
        return Some(Verdict::Found { findings: vec![Finding::new(rule, "finding", &facts)] });
    }
    if !observed.complete {
        return Some(Verdict::not_enough("抽查结果的清单不完整，请先录入全部通报。"));
    }
    Some(Verdict::clear(format!("截至{at}共{count}个，未达到{limit}个。")))
}
