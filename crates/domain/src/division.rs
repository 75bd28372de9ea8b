//! Administrative divisions (行政区划): region → leagues → banners, by the six-digit codes of GB/T 2260.

pub mod register;

use serde::{Deserialize, Serialize};

use crate::identifier::DivisionCode;

/// Level of a division. The order is from the whole to the part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DivisionLevel {
    /// 自治区
    Region,
    /// 盟、设区的市
    League,
    /// 旗、县、县级市、市辖区
    Banner,
}

impl DivisionLevel {
    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Region => "自治区",
            Self::League => "盟市",
            Self::Banner => "旗县",
        }
    }
    /// Stable word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::League => "league",
            Self::Banner => "banner",
        }
    }
    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Region, Self::League, Self::Banner].into_iter().find(|level| level.as_str() == text)
    }
}

/// A node of the division tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Division {
    /// Six digits, e.g. `150100`.
    pub code: DivisionCode,
    /// Full name, e.g. 呼和浩特市.
    pub name: String,
    /// Level in the tree.
    pub level: DivisionLevel,
    /// Kind in words, e.g. 地级市, 盟, 自治旗.
    pub kind: String,
    /// Code of the division above; `None` for the region.
    pub parent: Option<DivisionCode>,
    /// Common short name, e.g. 达茂旗.
    pub short_name: String,
    /// `false` once the code has been voided (废码不用).
    pub active: bool,
}
