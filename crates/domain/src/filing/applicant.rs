//! Who applies.

use serde::{Deserialize, Serialize};

use crate::{division::DivisionLevel, identifier::DivisionCode, unit::UnitKind};

/// What an applicant is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicantKind {
    /// 政府办公厅（室）, for itself and for its government
    GovernmentOffice,
    /// 政府部门
    Department,
    /// 加挂行政机关牌子的党的机关
    PartyOrgan,
    /// 法律法规授权的具有行政管理职权的单位, administrations of development zones
    AuthorisedBody,
    /// 内设机构
    InnerOffice,
    /// 苏木乡镇、街道
    Township,
    /// 不承担行政职能的事业单位
    PublicInstitution,
    /// 企业
    Enterprise,
}

impl ApplicantKind {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::GovernmentOffice,
        Self::Department,
        Self::PartyOrgan,
        Self::AuthorisedBody,
        Self::InnerOffice,
        Self::Township,
        Self::PublicInstitution,
        Self::Enterprise,
    ];

    /// Stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GovernmentOffice => "government_office",
            Self::Department => "department",
            Self::PartyOrgan => "party_organ",
            Self::AuthorisedBody => "authorised_body",
            Self::InnerOffice => "inner_office",
            Self::Township => "township",
            Self::PublicInstitution => "public_institution",
            Self::Enterprise => "enterprise",
        }
    }

    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::GovernmentOffice => "政府办公厅（室）",
            Self::Department => "政府部门",
            Self::PartyOrgan => "加挂行政机关牌子的党的机关",
            Self::AuthorisedBody => "法律法规授权的单位",
            Self::InnerOffice => "内设机构",
            Self::Township => "苏木乡镇、街道",
            Self::PublicInstitution => "事业单位",
            Self::Enterprise => "企业",
        }
    }
}

impl From<UnitKind> for ApplicantKind {
    /// Units of the register: coordinators apply as the departments they are, contractors are enterprises.
    fn from(kind: UnitKind) -> Self {
        match kind {
            UnitKind::GovernmentOffice => Self::GovernmentOffice,
            UnitKind::Department | UnitKind::Coordinator => Self::Department,
            UnitKind::PartyOrgan => Self::PartyOrgan,
            UnitKind::AuthorisedBody => Self::AuthorisedBody,
            UnitKind::Contractor => Self::Enterprise,
        }
    }
}

/// The class by which the notice sorts applicants: level and kind in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicantClass {
    /// 自治区人民政府办公厅
    RegionOffice,
    /// 自治区部门
    RegionDepartment,
    /// 盟市政府办公室
    LeagueOffice,
    /// 盟市部门
    LeagueDepartment,
    /// 旗县（市、区）政府办公室
    BannerOffice,
    /// 旗县（市、区）部门
    BannerDepartment,
    /// 苏木乡镇、街道
    Township,
    /// 内设机构
    InnerOffice,
    /// 事业单位
    PublicInstitution,
    /// 企业
    Enterprise,
}

impl ApplicantClass {
    /// All classes.
    pub const ALL: [Self; 10] = [
        Self::RegionOffice,
        Self::RegionDepartment,
        Self::LeagueOffice,
        Self::LeagueDepartment,
        Self::BannerOffice,
        Self::BannerDepartment,
        Self::Township,
        Self::InnerOffice,
        Self::PublicInstitution,
        Self::Enterprise,
    ];

    /// Stable word, used in rule packs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RegionOffice => "region_office",
            Self::RegionDepartment => "region_department",
            Self::LeagueOffice => "league_office",
            Self::LeagueDepartment => "league_department",
            Self::BannerOffice => "banner_office",
            Self::BannerDepartment => "banner_department",
            Self::Township => "township",
            Self::InnerOffice => "inner_office",
            Self::PublicInstitution => "public_institution",
            Self::Enterprise => "enterprise",
        }
    }

    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::RegionOffice => "自治区人民政府办公厅",
            Self::RegionDepartment => "自治区部门",
            Self::LeagueOffice => "盟市政府办公室",
            Self::LeagueDepartment => "盟市部门",
            Self::BannerOffice => "旗县（市、区）政府办公室",
            Self::BannerDepartment => "旗县（市、区）部门",
            Self::Township => "苏木乡镇、街道",
            Self::InnerOffice => "内设机构",
            Self::PublicInstitution => "事业单位",
            Self::Enterprise => "企业",
        }
    }
}

/// A unit that applies, as far as its route depends on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    /// Its name as given.
    pub name: String,
    /// Its division; of a township, the banner it belongs to.
    pub division: DivisionCode,
    /// What it is.
    pub kind: ApplicantKind,
}

impl Applicant {
    /// Level of its division.
    pub fn level(&self) -> DivisionLevel {
        self.division.level()
    }

    /// True for the office of a government: it is itself the competent office of its division.
    pub fn is_office(&self) -> bool {
        self.kind == ApplicantKind::GovernmentOffice
    }

    /// True for those to whom the notice applies by reference only (可参照执行).
    pub fn by_reference(&self) -> bool {
        matches!(self.kind, ApplicantKind::PartyOrgan | ApplicantKind::AuthorisedBody)
    }

    /// Class by which the notice sorts it.
    pub fn class(&self) -> ApplicantClass {
        use ApplicantClass as Class;
        match self.kind {
            ApplicantKind::InnerOffice => Class::InnerOffice,
            ApplicantKind::Township => Class::Township,
            ApplicantKind::PublicInstitution => Class::PublicInstitution,
            ApplicantKind::Enterprise => Class::Enterprise,
            ApplicantKind::GovernmentOffice => match self.level() {
                DivisionLevel::Region => Class::RegionOffice,
                DivisionLevel::League => Class::LeagueOffice,
                DivisionLevel::Banner => Class::BannerOffice,
            },
            ApplicantKind::Department | ApplicantKind::PartyOrgan | ApplicantKind::AuthorisedBody => {
                match self.level() {
                    DivisionLevel::Region => Class::RegionDepartment,
                    DivisionLevel::League => Class::LeagueDepartment,
                    DivisionLevel::Banner => Class::BannerDepartment,
                }
            }
        }
    }
}
