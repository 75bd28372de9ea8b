//! The `[rule.indicator]` table of a rule pack.

use serde::{Deserialize, Serialize};

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

/// The table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorSpec {
    /// Short code on sheets, e.g. `W-V2`.
    pub code: String,
    /// What it does.
    pub kind: IndicatorKind,
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
    /// A person decides, whatever a machine found (严重表述错误、泄密、反动内容、舆情).
    #[serde(default)]
    pub person_decides: bool,
    /// Not judged for bodies without services to the public.
    #[serde(default)]
    pub services_only: bool,
}
