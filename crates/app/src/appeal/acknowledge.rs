//! 异议答复通知: shown on the desk of everybody who appealed until they say 知道了.

use domain::{actor::Actor, ids::AppealId};

use super::{
    list::{AppealRow, rows},
    not_found,
};
use crate::{App, AppError, AppResult, record};

/// Answers that the actor has not taken note of yet, the newest first.
pub async fn answered(app: &App, actor: &Actor) -> AppResult<Vec<AppealRow>> {
    let found = store::appeal::untold(&app.store.read(), actor.person).await?;
    rows(app, actor, found).await
}

/// Takes note of an answer.
///
/// # Errors
/// [`AppError::NotFound`] unless the actor is a party, [`AppError::Conflict`] when it was noted already or is open.
pub async fn acknowledge(app: &App, actor: &Actor, id: AppealId) -> AppResult<()> {
    let appeal = super::show::visible(app, actor, id).await?;
    if !super::list::is_party(&app.store.read(), actor, id).await? {
        return Err(not_found());
    }
    if appeal.state == domain::appeal::AppealState::Open {
        return Err(AppError::Conflict("这项异议还没有答复。".into()));
    }
    let appeal = &appeal;
    app.store
        .write(|tx| async move {
            if !store::appeal::told(&tx, id, actor.person, tx.now()).await? {
                return Err(AppError::Conflict("这项答复您已经看过了。".into()));
            }
            record::event("appeal.acknowledge", id, appeal.rule.clone())
                .after(serde_json::json!({ "state": appeal.state }))
                .write(&tx, Some(actor))
                .await
        })
        .await
}
