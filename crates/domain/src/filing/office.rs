//! The offices (主管单位) that stand above an applicant, from its own division up to the region.

use serde::{Deserialize, Serialize};

use super::Applicant;
use crate::{
    division::{DivisionLevel, register},
    identifier::DivisionCode,
};

/// Level of an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfficeLevel {
    /// 国务院办公厅
    State,
    /// 自治区
    Region,
    /// 盟市
    League,
    /// 旗县
    Banner,
}

impl OfficeLevel {
    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::State => "国家",
            Self::Region => "自治区",
            Self::League => "盟市",
            Self::Banner => "旗县",
        }
    }
}

impl From<DivisionLevel> for OfficeLevel {
    fn from(level: DivisionLevel) -> Self {
        match level {
            DivisionLevel::Region => Self::Region,
            DivisionLevel::League => Self::League,
            DivisionLevel::Banner => Self::Banner,
        }
    }
}

/// An office that decides or passes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Office {
    /// Name, e.g. 锡林郭勒盟行政公署办公室.
    pub name: String,
    /// Its division; `None` for the State Council's.
    pub division: Option<DivisionCode>,
    /// Its level.
    pub level: OfficeLevel,
}

impl Office {
    /// The government office of a division; `None` for a division that is not in the register.
    pub fn of(code: &DivisionCode) -> Option<Self> {
        let registered = register::find(code)?;
        Some(Self {
            name: register::government_office_name(&registered.division),
            division: Some(code.clone()),
            level: registered.division.level.into(),
        })
    }

    /// 国务院办公厅
    pub fn of_the_state_council() -> Self {
        Self { name: "国务院办公厅".to_owned(), division: None, level: OfficeLevel::State }
    }

    /// The government itself of the same division, for what its own office may not decide alone.
    pub fn government_of(code: &DivisionCode) -> Option<Self> {
        let registered = register::find(code)?;
        Some(Self {
            name: register::government_name(&registered.division),
            division: Some(code.clone()),
            level: registered.division.level.into(),
        })
    }
}

/// Offices above the applicant, the nearest first, the region's last. The applicant's own office is never among them:
/// nobody decides on what they applied for. Empty for the region's office itself; `None` when the division is unknown.
pub fn offices_above(applicant: &Applicant) -> Option<Vec<Office>> {
    let mut offices = Vec::new();
    let mut place = Some(applicant.division.clone());
    while let Some(code) = place {
        let own = applicant.is_office() && code == applicant.division;
        if !own {
            offices.push(Office::of(&code)?);
        } else {
            register::find(&code)?;
        }
        place = code.parent();
    }
    Some(offices)
}
