//! Passing a step (通过).

use domain::{
    actor::Actor,
    ids::{ReviewId, ReviewStepId},
    review::{Review, StepOutcome},
};
use policy::Action;

use crate::{
    App, AppResult,
    edition::due,
    record,
    review::{
        admit::admit,
        seat::{Seat, take},
    },
};

/// Passes the step whose turn it is; the last one admits the edition to the library.
///
/// # Errors
/// See [`super::seat`]; [`crate::AppError::Conflict`] when somebody else decided first.
pub async fn pass(
    app: &App,
    actor: &Actor,
    review: ReviewId,
    step: ReviewStepId,
    opinion: Option<&str>,
) -> AppResult<Review> {
    app.store
        .write(|tx| async move {
            let seat = pass_in(app, &tx, actor, review, step, opinion).await?;
            record::event("review.pass", review, &seat.edition.title)
                .unit(seat.resource.unit)
                .after(serde_json::json!({
                    "edition": seat.edition.id,
                    "step": seat.review.steps.iter().find(|one| one.id == step).map(|one| &one.name),
                    "opinion": opinion,
                    "on_behalf_of": seat.on_behalf_of,
                    "review_state": seat.review.state,
                    "edition_state": seat.edition.state,
                    "content_hash": seat.review.content_hash,
                }))
                .write(&tx, Some(actor))
                .await?;
            Ok(seat.review)
        })
        .await
}

/// [`pass`] inside the caller's transaction, without an audit event of its own.
///
/// # Errors
/// As [`pass`].
pub async fn pass_in(
    app: &App,
    tx: &store::Tx,
    actor: &Actor,
    review: ReviewId,
    step: ReviewStepId,
    opinion: Option<&str>,
) -> AppResult<Seat> {
    let mut seat = take(app, tx, actor, review, step, Action::ReviewDecide).await?;
    seat.require_turn(step)?;
    seat.require_unchanged(tx).await?;
    let now = tx.now();
    for one in &mut seat.review.steps {
        if one.id == step {
            one.outcome = StepOutcome::Passed;
            one.decided_by = Some(actor.person);
            one.on_behalf_of = seat.on_behalf_of;
            one.decided_at = Some(now);
            one.opinion = opinion.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        }
    }
    let next = seat.review.current_position + 1;
    if !seat.review.steps.iter().any(|one| one.position == next) {
        admit(app, tx, actor, &mut seat).await?;
        return Ok(seat);
    }
    let hours = store::setting::in_force(tx).await?.value("review.due_hours");
    seat.review.current_position = next;
    for one in &mut seat.review.steps {
        if one.position == next {
            one.waiting_since = Some(now);
            one.due_at = Some(due(now, hours));
        }
    }
    store::review::update(tx, &seat.review).await?;
    Ok(seat)
}
