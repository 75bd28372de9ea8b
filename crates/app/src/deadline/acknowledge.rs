//! 知悉: the owner has seen that a due moment moved.

use domain::actor::Actor;
use policy::{Action, Target};
use uuid::Uuid;

use super::handle::not_found;
use crate::{App, AppError, AppResult, authorise, record};

/// Marks a notice as seen: by the person it is for, or by whoever handles the unit's deadlines.
///
/// # Errors
/// [`AppError::NotFound`] for other people's notices, [`AppError::Forbidden`] for those who only read,
/// [`AppError::Conflict`] when it was seen already.
pub async fn acknowledge(app: &App, actor: &Actor, notice: Uuid) -> AppResult<()> {
    let read = app.store.read();
    let told = store::deadline::notice::by_id(&read, notice).await?.ok_or_else(not_found)?;
    let deadline = &store::deadline::by_id(&read, told.deadline).await?.ok_or_else(not_found)?;
    if told.person != Some(actor.person) {
        let path = store::unit::path_of(&read, deadline.unit).await?.ok_or_else(not_found)?;
        let target = Target::Unit { path: &path };
        authorise::visible(app, actor, Action::DeadlineRead, &target, "办理时限")?;
        authorise::require(app, actor, Action::DeadlineHandle, &target)?;
    }
    app.store
        .write(|tx| async move {
            if !store::deadline::notice::acknowledge(&tx, notice, actor.person).await? {
                return Err(AppError::Conflict("这条通知已经有人确认知悉。".to_owned()));
            }
            record::event("deadline.acknowledge", deadline.id, deadline.title.clone())
                .unit(deadline.unit)
                .after(serde_json::json!({ "notice": notice }))
                .write(&tx, Some(actor))
                .await
        })
        .await
}
