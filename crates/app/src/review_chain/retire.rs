//! Retiring a chain: its scope falls back to the next wider one.

use domain::{actor::Actor, ids::ReviewChainId};
use policy::{Action, Target};

use crate::{App, AppError, AppResult, authorise, record, review_chain::configure::owner};

/// Takes a chain out of force.
///
/// # Errors
/// [`AppError::Forbidden`] unless the actor manages the unit that owns it.
pub async fn retire(app: &App, actor: &Actor, id: ReviewChainId) -> AppResult<()> {
    app.store
        .write(|tx| async move {
            let chain =
                store::review_chain::by_id(&tx, id).await?.ok_or_else(|| AppError::NotFound("审核链".into()))?;
            let unit = owner(&tx, &chain.scope).await?;
            authorise::require(app, actor, Action::ChainConfigure, &Target::Unit { path: &unit.path })?;
            store::review_chain::retire(&tx, id).await?;
            record::event("review_chain.retire", id, &chain.name)
                .unit(unit.id)
                .before(&chain)
                .write(&tx, Some(actor))
                .await
        })
        .await
}
