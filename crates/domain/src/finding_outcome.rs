//! What became of a finding of the machine, and how often a rule was right (机审准确率).

use serde::{Deserialize, Serialize};

/// How a finding ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 已知悉: right, and left as it is.
    Accepted,
    /// 已改正: its words are no longer in the text.
    Corrected,
    /// 不采纳: a person overruled it, or the last reviewer let it pass.
    Overruled,
    /// 按例外忽略
    Ignored,
    /// 消失: gone though its words are still there, because a rule or a date changed. It says nothing about the rule.
    Vanished,
}

impl Outcome {
    /// All outcomes.
    pub const ALL: [Self; 5] = [Self::Accepted, Self::Corrected, Self::Overruled, Self::Ignored, Self::Vanished];

    /// Stable word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Corrected => "corrected",
            Self::Overruled => "overruled",
            Self::Ignored => "ignored",
            Self::Vanished => "vanished",
        }
    }

    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == text)
    }
}

/// What became of the findings of one rule in one month (the month in which each was first seen).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Distinct findings.
    pub hits: u64,
    /// 已知悉 and 已改正.
    pub right: u64,
    /// 不采纳 and 按例外忽略.
    pub wrong: u64,
    /// 消失
    pub vanished: u64,
    /// 规则异议
    pub appeals: u64,
}

impl Tally {
    /// Counts findings with an outcome; `None` for those that nobody decided yet.
    pub fn count(&mut self, outcome: Option<Outcome>, number: u64) {
        self.hits += number;
        match outcome {
            Some(Outcome::Accepted | Outcome::Corrected) => self.right += number,
            Some(Outcome::Overruled | Outcome::Ignored) => self.wrong += number,
            Some(Outcome::Vanished) => self.vanished += number,
            None => {}
        }
    }

    /// Adds another month or rule.
    pub fn add(&mut self, other: &Self) {
        self.hits += other.hits;
        self.right += other.right;
        self.wrong += other.wrong;
        self.vanished += other.vanished;
        self.appeals += other.appeals;
    }

    /// Findings that nobody has decided about yet.
    pub fn undecided(&self) -> u64 {
        self.hits.saturating_sub(self.right + self.wrong + self.vanished)
    }

    /// Share of decided findings that were right, in tenths of a percent; `None` when nothing was decided.
    pub fn precision(&self) -> Option<u64> {
        let decided = self.right + self.wrong;
        (decided > 0).then(|| (self.right * 1000 + decided / 2) / decided)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precision_counts_decided_findings_only() {
        for (right, wrong, vanished, hits, precision, undecided) in [
            (0, 0, 0, 0, None, 0),
            (0, 0, 3, 5, None, 2),
            (1, 0, 0, 1, Some(1000), 0),
            (0, 1, 0, 4, Some(0), 3),
            (2, 1, 0, 3, Some(667), 0),
            (1, 2, 0, 3, Some(333), 0),
        ] {
            let mut tally = Tally::default();
            tally.count(Some(Outcome::Corrected), right);
            tally.count(Some(Outcome::Ignored), wrong);
            tally.count(Some(Outcome::Vanished), vanished);
            tally.count(None, hits - right - wrong - vanished);
            assert_eq!((tally.precision(), tally.undecided(), tally.hits), (precision, undecided, hits));
        }
    }
}
