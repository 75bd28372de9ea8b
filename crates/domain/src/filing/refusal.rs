//! Why an application cannot be made.

use serde::Serialize;

use super::{Clause, FilingKind};

/// What kind of reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalReason {
    /// 不在管理范围
    OutOfScope,
    /// 内设机构
    InnerOffice,
    /// 这类单位不开设网站
    NotForThisClass,
    /// 已有网站或账号
    AlreadyHasOne,
    /// 超过临时下线的次数或天数
    OverTheLimit,
    /// The division is not in the register.
    UnknownDivision,
    /// No rule holds on that day at that place.
    NoRule,
}

/// A refusal that says why, on what basis, and what to do instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{explanation}")]
pub struct Refusal {
    /// What was applied for.
    pub kind: FilingKind,
    /// Why.
    pub reason: RefusalReason,
    /// The clauses it rests on; empty when no rule could be found.
    pub basis: Vec<Clause>,
    /// Plain Chinese, beginning with the basis.
    pub explanation: String,
}
