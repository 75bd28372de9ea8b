//! 注销会话: ends sessions, one's own or (security administrator) somebody else's.

use domain::{
    actor::Actor,
    ids::{PersonId, SessionId},
};
use policy::Action;

use crate::{App, AppError, AppResult, person::visible_and, record};

/// Ends one session; its next request must log in again.
pub async fn revoke(app: &App, actor: &Actor, id: SessionId) -> AppResult<()> {
    let not_found = || AppError::NotFound("会话".to_owned());
    let session = store::session::by_id(&app.store.read(), id).await?.ok_or_else(not_found)?;
    let (person, _) = &visible_and(app, actor, session.person, Action::SessionRevoke).await?;
    app.store
        .write(|tx| async move {
            if !store::session::revoke(&tx, id).await? {
                return Err(AppError::Conflict("该会话已经结束。".into()));
            }
            record::event("session.revoke", id, person.login.clone())
                .unit(person.home_unit)
                .write(&tx, Some(actor))
                .await
        })
        .await
}

/// Ends all sessions of a person but the one that asks; returns how many.
pub async fn revoke_all(app: &App, actor: &Actor, id: PersonId) -> AppResult<u64> {
    let (person, _) = &visible_and(app, actor, id, Action::SessionRevoke).await?;
    app.store
        .write(|tx| async move {
            let ended = store::session::revoke_all_of(&tx, id, actor.session).await?;
            record::event("session.revoke_all", id, person.login.clone())
                .unit(person.home_unit)
                .after(serde_json::json!({ "sessions_ended": ended }))
                .write(&tx, Some(actor))
                .await?;
            Ok(ended)
        })
        .await
}
