//! 终止例外: from the next screening on the findings count again.

use domain::{
    actor::Actor,
    ids::ExceptionId,
    screening_exception::{ExceptionState, ScreeningException, reason_problem},
};
use policy::{Action, Target};

use super::{not_found, with_unit};
use crate::{App, AppError, AppResult, authorise, record};

/// Ends an exception before its day, or takes back one that waits for its second person.
///
/// # Errors
/// [`AppError::NotFound`] for other offices', [`AppError::Invalid`] without a reason, [`AppError::Conflict`] when it
/// does not hold any more.
pub async fn end(app: &App, actor: &Actor, id: ExceptionId, reason: &str) -> AppResult<()> {
    let (_, unit) = with_unit(&app.store.read(), id).await?;
    let target = Target::Unit { path: &unit.path };
    authorise::visible(app, actor, Action::ExceptionRead, &target, "机审例外")?;
    authorise::require(app, actor, Action::ExceptionEnd, &target)?;
    if let Some(problem) = reason_problem(reason) {
        return Err(AppError::Invalid(vec![problem]));
    }
    let reason = reason.trim();
    app.store
        .write(|tx| async move {
            let before = store::screening_exception::lock(&tx, id).await?.ok_or_else(not_found)?;
            if !matches!(before.state, ExceptionState::InForce | ExceptionState::Proposed) {
                return Err(AppError::Conflict(format!("这项例外已办结：{}。", before.state.chinese())));
            }
            let after = ScreeningException {
                state: ExceptionState::Ended,
                ended_by: Some(actor.person),
                ended_at: Some(tx.now()),
                end_reason: Some(reason.to_owned()),
                ..before.clone()
            };
            store::screening_exception::update(&tx, &after).await?;
            record::event("exception.end", id, after.rule.clone())
                .unit(after.unit)
                .before(&before)
                .after(&after)
                .write(&tx, Some(actor))
                .await
        })
        .await
}
