//! Returning an edition to its writer (退回), with the reason.

use domain::{
    actor::Actor,
    edition::EditionState,
    ids::{ReviewId, ReviewStepId},
    review::{ReviewState, StepOutcome},
};
use policy::Action;

use crate::{App, AppError, AppResult, record, review::seat::take};

/// Ends the review; the edition is a draft again, with the remarks that were made.
///
/// # Errors
/// [`AppError::Invalid`] without a reason; else as [`super::pass`].
pub async fn return_to_writer(
    app: &App,
    actor: &Actor,
    review: ReviewId,
    step: ReviewStepId,
    reason: &str,
) -> AppResult<()> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(AppError::invalid("opinion", "退回须写明原因，方便采编人员修改。"));
    }
    app.store
        .write(|tx| async move {
            let mut seat = take(app, &tx, actor, review, step, Action::ReviewDecide).await?;
            seat.require_turn(step)?;
            let now = tx.now();
            for one in &mut seat.review.steps {
                if one.id == step {
                    one.outcome = StepOutcome::Returned;
                    one.decided_by = Some(actor.person);
                    one.on_behalf_of = seat.on_behalf_of;
                    one.decided_at = Some(now);
                    one.opinion = Some(reason.to_owned());
                }
            }
            seat.review.state = ReviewState::Returned;
            seat.review.ended_at = Some(now);
            store::review::update(&tx, &seat.review).await?;
            seat.edition.state = EditionState::Returned;
            seat.edition.submitted_by = None;
            seat.edition.submitted_at = None;
            seat.edition.content_hash = None;
            seat.edition.updated_at = now;
            store::edition::update(&tx, &seat.edition).await?;
            record::event("review.return", review, &seat.edition.title)
                .unit(seat.resource.unit)
                .after(serde_json::json!({
                    "edition": seat.edition.id,
                    "step": seat.review.steps.iter().find(|one| one.id == step).map(|one| &one.name),
                    "reason": reason,
                    "on_behalf_of": seat.on_behalf_of,
                }))
                .write(&tx, Some(actor))
                .await
        })
        .await
}
