//! Review chains (审核链): the ordered human steps that an edition must pass (分级审核、先审后发).

use serde::{Deserialize, Serialize};

use crate::{
    duty::Duty,
    ids::{ColumnId, ReviewChainId, SiteId, UnitId},
    problem::FieldProblem,
};

/// One step: who may pass it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainStep {
    /// 初审, 复审, 终审 … shown to people.
    pub name: String,
    /// The reviewing duty needed.
    pub duty: Duty,
    /// The unit whose reviewers decide; `None` = the unit of the edition.
    pub unit: Option<UnitId>,
}

/// Where a chain applies. The most particular wins: column, then site, then unit, then the units above it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "scope", content = "id")]
pub enum ChainScope {
    /// Everything a unit (and the units below it) submits.
    Unit(UnitId),
    /// Everything submitted for a site.
    Site(SiteId),
    /// Everything submitted for a column.
    Column(ColumnId),
}

/// A configured chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewChain {
    /// Key.
    pub id: ReviewChainId,
    /// Name shown to people.
    pub name: String,
    /// Where it applies.
    pub scope: ChainScope,
    /// The unit that owns the chain (for permission).
    pub unit: UnitId,
    /// 1–4 steps.
    pub steps: Vec<ChainStep>,
    /// `false` once replaced.
    pub active: bool,
    /// Optimistic lock.
    pub lock_version: i64,
}

/// The chain of a unit that configured none: one 终审 step by the unit itself would be too little for a government
/// site, so the default is the three customary steps (三审).
pub fn default_steps() -> Vec<ChainStep> {
    [("初审", Duty::Reviewer1), ("复审", Duty::Reviewer2), ("终审", Duty::Reviewer3)]
        .into_iter()
        .map(|(name, duty)| ChainStep { name: name.into(), duty, unit: None })
        .collect()
}

/// Checks the steps of a chain: one to four, reviewing duties only, names given.
pub fn check_steps(steps: &[ChainStep]) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    if steps.is_empty() || steps.len() > 4 {
        problems.push(FieldProblem::new("steps", "审核链须有 1 至 4 个步骤。"));
    }
    for (index, step) in steps.iter().enumerate() {
        if step.name.trim().is_empty() {
            problems.push(FieldProblem::new(format!("steps.{index}.name"), "请填写该步骤的名称，例如“初审”。"));
        }
        if !matches!(step.duty, Duty::Reviewer1 | Duty::Reviewer2 | Duty::Reviewer3 | Duty::Reviewer4) {
            problems.push(FieldProblem::new(format!("steps.{index}.duty"), "审核步骤只能由审核职责办理。"));
        }
    }
    problems
}
