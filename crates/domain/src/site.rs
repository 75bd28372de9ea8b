//! Sites (网站) and the marks that every page of them must carry (regulations §2.3).

use serde::{Deserialize, Serialize};

use crate::{
    identifier::{ConacCertificate, DomainName, IcpRecord, PoliceRecord, SiteCode},
    ids::{SiteId, UnitId},
    problem::FieldProblem,
};

/// State of a site. The register with its approvals (part of a later release) decides how it changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteState {
    /// 筹建中: no route answers.
    Preparing,
    /// 运行
    Live,
    /// 临时下线
    Suspended,
    /// 已关停
    Closed,
}

impl SiteState {
    /// Stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Preparing => "preparing",
            Self::Live => "live",
            Self::Suspended => "suspended",
            Self::Closed => "closed",
        }
    }
    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Preparing, Self::Live, Self::Suspended, Self::Closed].into_iter().find(|v| v.as_str() == text)
    }
    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Preparing => "筹建中",
            Self::Live => "运行",
            Self::Suspended => "临时下线",
            Self::Closed => "已关停",
        }
    }
}

/// A government website.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// Key.
    pub id: SiteId,
    /// Short word in addresses, e.g. `region`; the site answers under `/sites/<slug>/` and at its domain.
    pub slug: String,
    /// 网站名称 → `SiteName`
    pub name: String,
    /// 网站域名 → `SiteDomain`
    pub domain: DomainName,
    /// 政府网站标识码 → `SiteIDCode`
    pub site_code: Option<SiteCode>,
    /// ICP 备案编号
    pub icp_record: Option<IcpRecord>,
    /// 公安备案号
    pub police_record: Option<PoliceRecord>,
    /// 党政机关网站标识 certificate id at CONAC (32 hexadecimal digits).
    pub conac_id: Option<ConacCertificate>,
    /// 主办单位
    pub sponsor: UnitId,
    /// 主办单位名称 as printed in the footer (copied from the unit at reading time).
    pub sponsor_name: String,
    /// Materialised path of the sponsor, for scopes.
    pub sponsor_path: String,
    /// 承办单位
    pub operator: Option<UnitId>,
    /// 联系方式 printed in the footer.
    pub contact: String,
    /// What the site is for; `<meta name="description">` of the home page.
    pub description: String,
    /// Theme in use.
    pub theme: String,
    /// State.
    pub state: SiteState,
    /// Number of the live release; 0 before the first.
    pub release_number: i64,
    /// Optimistic lock.
    pub lock_version: i64,
}

impl Site {
    /// Lists the required marks that the site's record lacks; a site with any of these cannot publish.
    pub fn missing_marks(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        let mut need = |present: bool, field: &str, label: &str| {
            if !present {
                problems.push(FieldProblem::new(field, format!("网站缺少“{label}”，补充后才能发布。")));
            }
        };
        need(!self.name.trim().is_empty(), "name", "网站名称");
        need(self.site_code.is_some(), "site_code", "政府网站标识码");
        need(self.icp_record.is_some(), "icp_record", "ICP备案编号");
        need(self.police_record.is_some(), "police_record", "公安机关备案号");
        need(!self.contact.trim().is_empty(), "contact", "联系方式");
        problems
    }
}
