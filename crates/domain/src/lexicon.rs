//! Lexicons (词库) as offices keep them: packs of words that grow by change sets, each made by two persons.
//!
//! What a word means to the screening is the business of crate `screen`; here is only who keeps it and how it changes.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{division::DivisionLevel, unit::UnitKind};

/// Whose pack it is, and thereby whom it concerns: the unit itself and everything below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PackLevel {
    /// 自治区级: holds everywhere.
    Region,
    /// 盟市级
    League,
    /// 旗县级
    Banner,
    /// 本单位
    Unit,
}

impl PackLevel {
    /// The level of a pack kept by a unit of this kind in a division of this level.
    pub fn of(kind: UnitKind, division: DivisionLevel) -> Self {
        match (kind, division) {
            (UnitKind::GovernmentOffice, DivisionLevel::Region) => Self::Region,
            (UnitKind::GovernmentOffice, DivisionLevel::League) => Self::League,
            (UnitKind::GovernmentOffice, DivisionLevel::Banner) => Self::Banner,
            _ => Self::Unit,
        }
    }

    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Region => "自治区级",
            Self::League => "盟市级",
            Self::Banner => "旗县级",
            Self::Unit => "本单位",
        }
    }

    /// Packs of competent offices bind others too, so their supervisors keep them.
    pub fn binds_others(self) -> bool {
        self != Self::Unit
    }
}

/// Where a change set stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LexiconChangeState {
    /// 待提交: a file was read and its preview is being looked at; nobody but its author sees it.
    Draft,
    /// 待确认
    Proposed,
    /// 已确认: in force.
    Confirmed,
    /// 未同意
    Refused,
    /// 已撤销: taken back by its author.
    Withdrawn,
}

impl LexiconChangeState {
    /// All states.
    pub const ALL: [Self; 5] = [Self::Draft, Self::Proposed, Self::Confirmed, Self::Refused, Self::Withdrawn];

    /// Stable word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Proposed => "proposed",
            Self::Confirmed => "confirmed",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Draft => "待提交",
            Self::Proposed => "待确认",
            Self::Confirmed => "已生效",
            Self::Refused => "未同意",
            Self::Withdrawn => "已撤销",
        }
    }

    /// Whether somebody still has to do something about it.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Proposed)
    }
}

/// What a change set does with one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemAction {
    /// 新增
    Add,
    /// 修改
    Change,
    /// 停用
    Withdraw,
}

impl ItemAction {
    /// All actions, in the order of forms.
    pub const ALL: [Self; 3] = [Self::Add, Self::Change, Self::Withdraw];

    /// Stable word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Change => "change",
            Self::Withdraw => "withdraw",
        }
    }

    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == text)
    }

    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Add => "新增",
            Self::Change => "修改",
            Self::Withdraw => "停用",
        }
    }
}

/// Name of the version that a confirmation makes: year, month, and the running number in that month.
pub fn version_name(day: Date, made_this_month: u64) -> String {
    format!("{:04}.{:02}.{}", day.year(), day.month(), made_this_month + 1)
}

/// How a word that must not stand in lists is shown: its first character, then one ＊ for each other.
pub fn masked(word: &str) -> String {
    let mut characters = word.chars();
    let first = characters.next().map(String::from).unwrap_or_default();
    first + &"＊".repeat(characters.count().max(1))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn versions_count_within_their_month() {
        assert_eq!(version_name(date(2026, 11, 3), 0), "2026.11.1");
        assert_eq!(version_name(date(2027, 1, 31), 11), "2027.01.12");
    }

    #[test]
    fn a_masked_word_tells_its_first_character_only() {
        assert_eq!(masked("示例词"), "示＊＊");
        assert_eq!(masked("词"), "词＊", "nobody can tell that it was one character");
    }

    #[test]
    fn only_competent_offices_bind_others() {
        let level = PackLevel::of;
        assert_eq!(level(UnitKind::GovernmentOffice, DivisionLevel::Region), PackLevel::Region);
        assert_eq!(level(UnitKind::GovernmentOffice, DivisionLevel::League), PackLevel::League);
        assert_eq!(level(UnitKind::GovernmentOffice, DivisionLevel::Banner), PackLevel::Banner);
        assert_eq!(level(UnitKind::Department, DivisionLevel::Region), PackLevel::Unit);
        assert!(!PackLevel::Unit.binds_others() && PackLevel::Banner.binds_others());
    }

    #[test]
    fn words_of_states_and_actions_read_back() {
        for state in LexiconChangeState::ALL {
            assert_eq!(LexiconChangeState::parse(state.as_str()), Some(state));
        }
        for action in ItemAction::ALL {
            assert_eq!(ItemAction::parse(action.as_str()), Some(action));
        }
    }
}
