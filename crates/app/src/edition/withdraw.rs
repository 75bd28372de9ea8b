//! Taking a submitted edition back before the last decision.

use domain::{actor::Actor, edition::EditionState, ids::EditionId, review::ReviewState};
use policy::Action;

use crate::{App, AppError, AppResult, edition::load::lock_for, record};

/// Ends the running review and makes the edition a draft again.
///
/// # Errors
/// [`AppError::Conflict`] when it is not under review.
pub async fn withdraw(app: &App, actor: &Actor, id: EditionId) -> AppResult<()> {
    app.store
        .write(|tx| async move {
            let loaded = lock_for(app, &tx, actor, id, Action::EditionWithdraw).await?;
            let mut edition = loaded.edition;
            if edition.state != EditionState::InReview {
                return Err(AppError::Conflict(format!("本稿当前为“{}”，不在审核中。", edition.state.chinese())));
            }
            let running = store::review::of_edition(&tx, id)
                .await?
                .into_iter()
                .find(|review| review.state == ReviewState::Running)
                .ok_or_else(|| AppError::Internal("an edition in review has no running review".into()))?;
            let mut review = store::review::lock(&tx, running.id)
                .await?
                .ok_or_else(|| AppError::Internal("a running review vanished".into()))?;
            review.state = ReviewState::Withdrawn;
            review.ended_at = Some(tx.now());
            store::review::update(&tx, &review).await?;
            edition.state = EditionState::Draft;
            edition.submitted_by = None;
            edition.submitted_at = None;
            edition.content_hash = None;
            edition.updated_at = tx.now();
            store::edition::update(&tx, &edition).await?;
            record::event("edition.withdraw", id, &edition.title)
                .unit(loaded.resource.unit)
                .before(serde_json::json!({ "state": EditionState::InReview, "step": review.current_position }))
                .after(serde_json::json!({ "state": edition.state }))
                .write(&tx, Some(actor))
                .await
        })
        .await
}
