//! The stock (存量): what is admitted already, screened again when a lexicon grows and every day by sample
//! (内政办字〔2021〕45号 三（三）: 重点敏感信息每日扫描抽查).

use serde::{Deserialize, Serialize};

/// Why a run over the stock was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StockRunKind {
    /// 词库变更: a change set was confirmed.
    Change,
    /// 每日扫描抽查
    Daily,
    /// 入库补查: an edition was screened before the newest words were there.
    Admission,
}

impl StockRunKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Change, Self::Daily, Self::Admission];

    /// Stable word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Daily => "daily",
            Self::Admission => "admission",
        }
    }

    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Change => "词库变更复查",
            Self::Daily => "每日扫描抽查",
            Self::Admission => "入库补查",
        }
    }
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StockRunState {
    /// 挑选中
    Selecting,
    /// 检查中
    Screening,
    /// 已完成
    Done,
}

impl StockRunState {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Selecting, Self::Screening, Self::Done];

    /// Stable word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Selecting => "selecting",
            Self::Screening => "screening",
            Self::Done => "done",
        }
    }

    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Selecting => "挑选中",
            Self::Screening => "检查中",
            Self::Done => "已完成",
        }
    }
}

/// What became of something found in the stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StockIssueState {
    /// 待处理
    Open,
    /// 已处理: a new edition no longer holds it, or the information was recalled.
    Handled,
    /// 已忽略, with a reason.
    Ignored,
}

impl StockIssueState {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Open, Self::Handled, Self::Ignored];

    /// Stable word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Handled => "handled",
            Self::Ignored => "ignored",
        }
    }

    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Open => "待处理",
            Self::Handled => "已处理",
            Self::Ignored => "已忽略",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stable_words_read_back() {
        for kind in StockRunKind::ALL {
            assert_eq!(StockRunKind::parse(kind.as_str()), Some(kind));
        }
        for state in StockRunState::ALL {
            assert_eq!(StockRunState::parse(state.as_str()), Some(state));
        }
        for state in StockIssueState::ALL {
            assert_eq!(StockIssueState::parse(state.as_str()), Some(state));
        }
    }
}
