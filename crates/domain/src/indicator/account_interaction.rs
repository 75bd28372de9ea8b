//! M-V3 互动回应差: no interaction that works (a machine may say so), or bought followers and forced likes (a person
//! decides) (国办秘函〔2019〕19号 第一部分; 国办发〔2018〕123号).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Finding, Verdict,
    serious::{self, SeriousKind, Suspicions},
};
use crate::rule::RuleInForce;

/// Interaction of an account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interaction {
    /// Whether interaction works; `None` while nobody has tried.
    pub effective: Option<bool>,
    /// Bought followers, forced likes.
    #[serde(default)]
    pub suspicions: Suspicions,
}

/// Judges the state on `at`. That nobody looked for bought followers leaves nothing open: they are never searched for
/// without a cause.
pub fn judge(rule: &RuleInForce<'_>, at: Date, observed: &Interaction) -> Option<Verdict> {
    let mut suspicions = observed.suspicions.clone();
    suspicions.screened = true;
    suspicions.hits.retain(|hit| hit.kind == SeriousKind::FakeFollowers);
    let hits: Vec<&serious::Hit> = suspicions.hits.iter().collect();
    let cheating = serious::decide(rule, at, &suspicions, &hits);
    if observed.effective == Some(false) {
        let mut findings = vec![Finding::new(rule, "none", &[("at", at.to_string())])];
        if let Verdict::Found { findings: more } = cheating {
            findings.extend(more);
        }
        return Some(Verdict::Found { findings });
    }
    Some(match (cheating, observed.effective) {
        (Verdict::Clear { .. }, None) => Verdict::not_enough("还没有试用过账号的互动功能。"),
        (Verdict::Clear { .. }, _) => Verdict::clear(format!("截至{at}，互动功能有效。")),
        (other, _) => other,
    })
}
