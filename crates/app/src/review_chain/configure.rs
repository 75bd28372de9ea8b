//! Configuring a chain for a unit, a site or a column.

use domain::{
    actor::Actor,
    ids::ReviewChainId,
    review_chain::{ChainScope, ChainStep, ReviewChain, check_steps},
};
use policy::{Action, Target};

use crate::{App, AppError, AppResult, authorise, record};

/// What the form sends.
#[derive(Debug, Clone)]
pub struct NewChain {
    /// Name shown to people.
    pub name: String,
    /// Where it applies.
    pub scope: ChainScope,
    /// 1–4 steps.
    pub steps: Vec<ChainStep>,
}

/// Puts a chain in force for its scope, in place of the one before. Reviews under way keep their steps.
///
/// # Errors
/// [`AppError::Invalid`] for a wrong number of steps; [`AppError::Forbidden`] unless the actor manages the unit.
pub async fn configure(app: &App, actor: &Actor, new: &NewChain) -> AppResult<ReviewChainId> {
    let mut problems = check_steps(&new.steps);
    if new.name.trim().is_empty() {
        problems.push(domain::problem::FieldProblem::new("name", "请填写审核链的名称。"));
    }
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    app.store
        .write(|tx| async move {
            let unit = owner(&tx, &new.scope).await?;
            authorise::require(app, actor, Action::ChainConfigure, &Target::Unit { path: &unit.path })?;
            for step in &new.steps {
                if let Some(other) = step.unit
                    && store::unit::by_id(&tx, other).await?.is_none()
                {
                    return Err(AppError::invalid("steps", "某一步骤指定的单位不存在，请重新选择。"));
                }
            }
            let before = store::review_chain::in_force(&tx, &new.scope).await?;
            let chain = ReviewChain {
                id: tx.ids().fresh(),
                name: new.name.trim().to_owned(),
                scope: new.scope.clone(),
                unit: unit.id,
                steps: new.steps.clone(),
                active: true,
                lock_version: 1,
            };
            store::review_chain::replace(&tx, &chain).await?;
            record::event("review_chain.configure", chain.id, &chain.name)
                .unit(unit.id)
                .before(before)
                .after(&chain)
                .write(&tx, Some(actor))
                .await?;
            Ok(chain.id)
        })
        .await
}

/// The unit that answers for a scope.
pub(super) async fn owner(read: &store::Read, scope: &ChainScope) -> AppResult<domain::unit::Unit> {
    let unit = match scope {
        ChainScope::Unit(unit) => *unit,
        ChainScope::Site(site) => sponsor_of(read, *site).await?,
        ChainScope::Column(column) => {
            let column = store::column::by_id(read, *column).await?.ok_or_else(|| AppError::NotFound("栏目".into()))?;
            sponsor_of(read, column.site).await?
        }
    };
    store::unit::by_id(read, unit).await?.ok_or_else(|| AppError::NotFound("单位".into()))
}

async fn sponsor_of(read: &store::Read, site: domain::ids::SiteId) -> AppResult<domain::ids::UnitId> {
    Ok(store::site::by_id(read, site).await?.ok_or_else(|| AppError::NotFound("网站".into()))?.sponsor)
}
