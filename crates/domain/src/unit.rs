//! Units (单位): the offices, departments and others that sponsor, run, oversee or co-supervise sites.

use serde::{Deserialize, Serialize};

use crate::{
    identifier::{DivisionCode, OrganCode},
    ids::UnitId,
};

/// What a unit is (通知 一(一)–(三)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// 政府办公厅（室）: the competent office (主管单位) of its division.
    GovernmentOffice,
    /// 政府部门
    Department,
    /// 对外加挂行政机关牌子的党的机关
    PartyOrgan,
    /// 法律法规授权的具有行政管理职权的单位
    AuthorisedBody,
    /// 协同监管单位: 机构编制、公安、通信管理、宣传、网信
    Coordinator,
    /// 承办机构（委托运维单位）
    Contractor,
}

impl UnitKind {
    /// All kinds, in the order of forms.
    pub const ALL: [Self; 6] = [
        Self::GovernmentOffice,
        Self::Department,
        Self::PartyOrgan,
        Self::AuthorisedBody,
        Self::Coordinator,
        Self::Contractor,
    ];

    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::GovernmentOffice => "政府办公厅（室）",
            Self::Department => "政府部门",
            Self::PartyOrgan => "党的机关（加挂行政机关牌子）",
            Self::AuthorisedBody => "法律法规授权单位",
            Self::Coordinator => "协同监管单位",
            Self::Contractor => "承办机构",
        }
    }
    /// Stable word stored in the database and in CSV files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GovernmentOffice => "government_office",
            Self::Department => "department",
            Self::PartyOrgan => "party_organ",
            Self::AuthorisedBody => "authorised_body",
            Self::Coordinator => "coordinator",
            Self::Contractor => "contractor",
        }
    }
    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// State of a unit. Units are never deleted: their history answers for what they published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitStatus {
    /// 在用
    Active,
    /// 已停用
    Inactive,
    /// 已并入其他单位
    Merged,
}

impl UnitStatus {
    /// Stable word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::Merged => "merged",
        }
    }
    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Active, Self::Inactive, Self::Merged].into_iter().find(|status| status.as_str() == text)
    }
    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Active => "在用",
            Self::Inactive => "已停用",
            Self::Merged => "已合并",
        }
    }
}

/// One unit of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Key.
    pub id: UnitId,
    /// Stable short code of letters, digits and hyphens, e.g. `nmg-bgt`; unique.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Short name (规范简称).
    pub short_name: String,
    /// What it is.
    pub kind: UnitKind,
    /// Code of its division.
    pub division: DivisionCode,
    /// The unit above; `None` only for the region's government office.
    pub parent: Option<UnitId>,
    /// Materialised path of ids from the root to this unit: `/<uuid>/<uuid>/`. Scopes are prefixes of it.
    pub path: String,
    /// The administrative sign that a party organ bears (加挂牌子), if any.
    pub administrative_sign: Option<String>,
    /// 编制、公安、通管、宣传 or 网信 for coordinators.
    pub coordinator_role: Option<String>,
    /// Unified social credit code or nine-character organ code; index numbers start with it.
    pub organ_code: Option<OrganCode>,
    /// 机关代字 of its document numbers.
    pub document_prefix: Option<String>,
    /// State.
    pub status: UnitStatus,
    /// The unit it was merged into.
    pub merged_into: Option<UnitId>,
    /// Optimistic lock.
    pub lock_version: i64,
}

impl Unit {
    /// True when `self` is `other` or sits anywhere above it.
    pub fn contains(&self, other: &Unit) -> bool {
        other.path.starts_with(&self.path)
    }
}

/// Path of a unit below `parent_path` (`""` or `"/"` for the root).
pub fn unit_path(parent_path: &str, id: UnitId) -> String {
    let parent = if parent_path.is_empty() { "/" } else { parent_path };
    format!("{parent}{id}/")
}
