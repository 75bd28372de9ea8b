//! Making up a review that the urgent path skipped (补审).

use domain::{
    actor::Actor,
    ids::{ReviewId, ReviewStepId},
    review::StepOutcome,
};
use policy::Action;

use crate::{App, AppError, AppResult, record, review::seat::take};

/// Notes the skipped step as reviewed afterwards. A reviewer who objects recalls the resource instead; the opinion
/// stays on record either way.
///
/// # Errors
/// [`AppError::Invalid`] without an opinion; [`AppError::Conflict`] when nothing is owed; four eyes as ever.
pub async fn make_up(app: &App, actor: &Actor, review: ReviewId, step: ReviewStepId, opinion: &str) -> AppResult<()> {
    let opinion = opinion.trim();
    if opinion.is_empty() {
        return Err(AppError::invalid("opinion", "补审须填写意见。"));
    }
    app.store
        .write(|tx| async move {
            let mut seat = take(app, &tx, actor, review, step, Action::ReviewDecide).await?;
            let owed = seat.review.steps.iter_mut().find(|one| one.id == step);
            let Some(owed) = owed.filter(|one| one.outcome == StepOutcome::Skipped) else {
                return Err(AppError::Conflict("这一步无须补审，或已由其他人补审。".into()));
            };
            owed.outcome = StepOutcome::MadeUp;
            owed.decided_by = Some(actor.person);
            owed.on_behalf_of = seat.on_behalf_of;
            owed.decided_at = Some(tx.now());
            owed.opinion = Some(format!("{}；补审意见：{opinion}", owed.opinion.as_deref().unwrap_or_default()));
            store::review::update(&tx, &seat.review).await?;
            record::event("review.make_up", review, &seat.edition.title)
                .unit(seat.resource.unit)
                .after(serde_json::json!({ "edition": seat.edition.id, "step": step, "opinion": opinion }))
                .write(&tx, Some(actor))
                .await
        })
        .await
}
