//! 撤销委托: the absent person is back.

use domain::{actor::Actor, ids::DelegationId};
use policy::{Action, Target};

use crate::{App, AppError, AppResult, authorise, record};

/// Withdraws one's own delegation; it has effect at once.
pub async fn revoke(app: &App, actor: &Actor, id: DelegationId) -> AppResult<()> {
    let not_found = || AppError::NotFound("委托代办".to_owned());
    let delegation = store::delegation::by_id(&app.store.read(), id).await?.ok_or_else(not_found)?;
    if delegation.from != actor.person {
        return Err(not_found());
    }
    let target = Target::Person { home_unit_path: &actor.home_unit_path, is_self: true };
    authorise::require(app, actor, Action::DelegationCreate, &target)?;
    let delegation = &delegation;
    app.store
        .write(|tx| async move {
            if !store::delegation::revoke(&tx, id).await? {
                return Err(AppError::Conflict("该委托已经撤销。".into()));
            }
            record::event("delegation.revoke", id, actor.name.clone())
                .unit(actor.home_unit)
                .before(delegation)
                .write(&tx, Some(actor))
                .await
        })
        .await
}
