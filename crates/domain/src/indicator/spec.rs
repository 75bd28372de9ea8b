//! The `[rule.indicator]` table of a rule pack.

use serde::{Deserialize, Serialize};

use super::Method;

/// What an indicator does to the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IndicatorKind {
    /// 单项否决: one of these and the subject fails, without a score.
    Veto,
    /// 扣分指标
    Deduction,
    /// 加分指标
    Bonus,
}

impl IndicatorKind {
    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Veto => "单项否决",
            Self::Deduction => "扣分指标",
            Self::Bonus => "加分指标",
        }
    }
}

/// What is inspected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// 政府门户网站
    Portal,
    /// 部门网站
    DepartmentSite,
    /// 政务新媒体账号
    Account,
    /// 监管工作: a region's or department's oversight itself.
    Oversight,
}

impl Subject {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Portal, Self::DepartmentSite, Self::Account, Self::Oversight];

    /// Id of the rule with the pass line, the bonus line and the totals.
    pub fn scheme(self) -> &'static str {
        match self {
            Self::Portal | Self::DepartmentSite => "site.score",
            Self::Account => "account.score",
            Self::Oversight => "oversight.score",
        }
    }

    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Portal => "政府门户网站",
            Self::DepartmentSite => "部门网站",
            Self::Account => "政务新媒体账号",
            Self::Oversight => "监管工作",
        }
    }
}

/// The table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorSpec {
    /// Short code on sheets, e.g. `W-V2`.
    pub code: String,
    /// What it does.
    pub kind: IndicatorKind,
    /// How it is judged; decides which parameters the rule must have and which observations are asked for.
    pub method: Method,
    /// Group on the sheet, e.g. 发布解读.
    #[serde(default)]
    pub group: String,
    /// Whom it is applied to.
    pub subjects: Vec<Subject>,
    /// Key of the parameter with the most points that the indicator takes or gives; none for vetoes.
    #[serde(default)]
    pub points: Option<String>,
    /// Key of the parameter with the points of one case.
    #[serde(default)]
    pub per_case: Option<String>,
    /// Key of the parameter (天 or 个月) within which something must have been updated.
    #[serde(default)]
    pub window: Option<String>,
    /// A person decides, whatever a machine found (严重表述错误、泄密、反动内容、舆情).
    #[serde(default)]
    pub person_decides: bool,
    /// Not judged for bodies without services to the public.
    #[serde(default)]
    pub services_only: bool,
}
