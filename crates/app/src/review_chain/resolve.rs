//! Which chain applies: the column's, else the site's, else the unit's, else that of the units above it.

use domain::{
    clearance::LastStep,
    ids::UnitId,
    placement::PlacementState,
    resource::Resource,
    review_chain::{ChainScope, ChainStep, ReviewChain, default_steps},
};

use crate::{App, AppError, AppResult};

/// The steps that an edition must pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedChain {
    /// Name of the chain, for the record.
    pub name: String,
    /// Steps in order.
    pub steps: Vec<ChainStep>,
}

impl ResolvedChain {
    /// The last step, for a resource of this unit.
    pub fn last_step(&self, unit: UnitId) -> Option<LastStep> {
        let step = self.steps.last()?;
        Some(LastStep { name: step.name.clone(), duty: step.duty, unit: step.unit.unwrap_or(unit) })
    }
}

/// The chain that would apply to a resource now, with the places proposed for it.
pub async fn resolve(app: &App, resource: &Resource) -> AppResult<ResolvedChain> {
    resolve_in(&app.store.read(), resource).await
}

/// [`resolve`] on the caller's handle. When places with different chains are proposed, the one with the most steps
/// applies to all: a text that must pass three persons for one site is not published on another after one.
pub async fn resolve_in(read: &store::Read, resource: &Resource) -> AppResult<ResolvedChain> {
    let mut strictest: Option<ReviewChain> = None;
    for placement in store::placement::of_resource(read, resource.id).await? {
        let counts =
            matches!(placement.state, PlacementState::Proposed | PlacementState::Scheduled | PlacementState::Live);
        if !counts {
            continue;
        }
        let chain = match of_column(read, placement.column).await? {
            Some(chain) => Some(chain),
            None => store::review_chain::in_force(read, &ChainScope::Site(placement.site)).await?,
        };
        let longer = |chain: &ReviewChain| strictest.as_ref().is_none_or(|best| chain.steps.len() > best.steps.len());
        if let Some(chain) = chain.filter(longer) {
            strictest = Some(chain);
        }
    }
    if let Some(chain) = strictest {
        return Ok(ResolvedChain { name: chain.name, steps: chain.steps });
    }
    of_unit(read, resource.unit).await
}

/// A column's own chain, or that of the columns above it.
async fn of_column(read: &store::Read, column: domain::ids::ColumnId) -> AppResult<Option<ReviewChain>> {
    let mut next = Some(column);
    while let Some(column) = next {
        if let Some(chain) = store::review_chain::in_force(read, &ChainScope::Column(column)).await? {
            return Ok(Some(chain));
        }
        next = store::column::by_id(read, column).await?.and_then(|column| column.parent);
    }
    Ok(None)
}

pub(super) async fn of_unit(read: &store::Read, unit: UnitId) -> AppResult<ResolvedChain> {
    let mut next = Some(unit);
    while let Some(id) = next {
        if let Some(chain) = store::review_chain::in_force(read, &ChainScope::Unit(id)).await? {
            return Ok(ResolvedChain { name: chain.name, steps: chain.steps });
        }
        let unit = store::unit::by_id(read, id)
            .await?
            .ok_or_else(|| AppError::Internal("a unit above a resource is missing".into()))?;
        next = unit.parent;
    }
    Ok(ResolvedChain { name: "默认三审".into(), steps: default_steps() })
}
