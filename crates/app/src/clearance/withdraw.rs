//! 撤回放行申请: the office takes its request back before it is decided.

use domain::{
    actor::Actor,
    clearance::{Clearance, ClearanceState},
    ids::ClearanceId,
};
use policy::Action;

use super::not_found;
use crate::{App, AppError, AppResult, edition::lock_for, record};

/// Takes a request back; it stays on record.
///
/// # Errors
/// [`AppError::NotFound`] for other offices' texts, [`AppError::Conflict`] when it was decided already.
pub async fn withdraw(app: &App, actor: &Actor, id: ClearanceId) -> AppResult<Clearance> {
    app.store
        .write(|tx| async move {
            let seen = store::clearance::by_id(&tx, id).await?.ok_or_else(not_found)?;
            let loaded = lock_for(app, &tx, actor, seen.edition, Action::FindingDispose).await?;
            let before = store::clearance::lock(&tx, id).await?.ok_or_else(not_found)?;
            if before.state != ClearanceState::Asked {
                return Err(AppError::Conflict(format!("这项放行申请已办结：{}，不能撤回。", before.state.chinese())));
            }
            let after = Clearance { state: ClearanceState::Withdrawn, decided_at: Some(tx.now()), ..before.clone() };
            store::clearance::update(&tx, &after).await?;
            record::event("clearance.withdraw", id, &loaded.edition.title)
                .unit(after.unit)
                .before(&before)
                .after(&after)
                .write(&tx, Some(actor))
                .await?;
            Ok(after)
        })
        .await
}
