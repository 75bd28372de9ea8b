//! Chains that the actor manages.

use domain::{actor::Actor, review_chain::ReviewChain};
use policy::{Action, Target};

use crate::{App, AppResult};

/// Chains in force of the units that the actor may configure.
pub async fn list(app: &App, actor: &Actor) -> AppResult<Vec<ReviewChain>> {
    let read = app.store.read();
    let units: Vec<domain::ids::UnitId> = store::unit::all(&read)
        .await?
        .into_iter()
        .filter(|unit| app.policy.decide(actor, Action::ChainConfigure, &Target::Unit { path: &unit.path }).allowed)
        .map(|unit| unit.id)
        .collect();
    Ok(store::review_chain::of_units(&read, &units).await?)
}
