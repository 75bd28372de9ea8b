//! The urgent path (紧急发布): the last reviewer passes at once, with a reason; the steps passed over stay owed.

use domain::{
    actor::Actor,
    edition::EditionState,
    ids::ReviewId,
    review::{Review, ReviewState, StepOutcome},
};
use policy::Action;

use crate::{
    App, AppError, AppResult, record,
    review::{admit::admit, seat::take},
};

/// Admits a running review's edition by the decision of the last step alone. The steps skipped stand on the books as
/// owed reviews (补审) until somebody else makes them up.
///
/// # Errors
/// [`AppError::Invalid`] without a stated reason; [`AppError::Forbidden`] by the four-eyes rule; else as
/// [`super::pass`].
pub async fn pass_urgently(app: &App, actor: &Actor, review: ReviewId, reason: &str) -> AppResult<Review> {
    let reason = reason.trim();
    if reason.chars().count() < 6 {
        return Err(AppError::invalid("urgent_reason", "紧急发布须写明理由（至少6个字），并在事后补审。"));
    }
    app.store
        .write(|tx| async move {
            let seen = store::review::by_id(&tx, review).await?;
            let last = seen
                .and_then(|review| review.steps.into_iter().max_by_key(|step| step.position))
                .ok_or_else(|| AppError::NotFound("审核任务".into()))?;
            let mut seat = take(app, &tx, actor, review, last.id, Action::ReviewUrgent).await?;
            if seat.review.state != ReviewState::Running || seat.edition.state != EditionState::InReview {
                return Err(AppError::Conflict("本稿不在审核中，请刷新查看最新状态。".into()));
            }
            seat.require_unchanged(&tx).await?;
            let now = tx.now();
            for step in &mut seat.review.steps {
                if step.id == last.id {
                    step.outcome = StepOutcome::Passed;
                    step.decided_by = Some(actor.person);
                    step.on_behalf_of = seat.on_behalf_of;
                    step.decided_at = Some(now);
                    step.opinion = Some(format!("紧急发布：{reason}"));
                } else if step.outcome == StepOutcome::Waiting {
                    step.outcome = StepOutcome::Skipped;
                    step.opinion = Some(format!("紧急跳过：{reason}"));
                    step.waiting_since = Some(now);
                }
            }
            seat.review.current_position = last.position;
            seat.review.urgent_reason = Some(reason.to_owned());
            admit(app, &tx, actor, &mut seat).await?;
            let skipped: Vec<&str> = seat
                .review
                .steps
                .iter()
                .filter(|step| step.outcome == StepOutcome::Skipped)
                .map(|step| step.name.as_str())
                .collect();
            record::event("review.pass_urgently", review, &seat.edition.title)
                .unit(seat.resource.unit)
                .after(serde_json::json!({
                    "edition": seat.edition.id,
                    "reason": reason,
                    "owed": skipped,
                    "on_behalf_of": seat.on_behalf_of,
                    "content_hash": seat.review.content_hash,
                }))
                .write(&tx, Some(actor))
                .await?;
            Ok(seat.review)
        })
        .await
}
