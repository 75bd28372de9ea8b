//! Taking the reviewer's seat: lock everything, and ask whether this person may decide this step now.

use domain::{
    actor::Actor,
    duty::Duty,
    edition::{Edition, EditionState},
    ids::{PersonId, ReviewId, ReviewStepId, UnitId},
    resource::Resource,
    review::{Review, ReviewState, ReviewStep, four_eyes_objection},
};
use policy::{Action, Target};

use crate::{App, AppError, AppResult, edition::hash_of};

/// Everything a decision needs, with the rows locked.
#[derive(Debug, Clone)]
pub struct Seat {
    /// The review.
    pub review: Review,
    /// Its edition.
    pub edition: Edition,
    /// Its resource.
    pub resource: Resource,
    /// Materialised path of the unit that answers for the resource.
    pub unit_path: String,
    /// The absent person for whom the actor decides, if it is not the actor's own duty.
    pub on_behalf_of: Option<PersonId>,
}

/// Locks resource, edition and review, and demands that the actor may take `action` at the step.
///
/// # Errors
/// [`AppError::NotFound`] for people who have nothing to do with the step; [`AppError::Conflict`] when the edition
/// changed or the step is no longer open; [`AppError::Forbidden`] by the four-eyes rule.
pub(super) async fn take(
    app: &App,
    tx: &store::Tx,
    actor: &Actor,
    review: ReviewId,
    step: ReviewStepId,
    action: Action,
) -> AppResult<Seat> {
    let missing = || AppError::NotFound("审核任务".into());
    let seen = store::review::by_id(tx, review).await?.ok_or_else(missing)?;
    let edition = store::edition::by_id(tx, seen.edition).await?.ok_or_else(missing)?;
    let owned = store::resource::lock(tx, edition.resource).await?.ok_or_else(missing)?;
    let edition = store::edition::lock(tx, seen.edition).await?.ok_or_else(missing)?;
    let review = store::review::lock(tx, review).await?.ok_or_else(missing)?;
    let wanted = review.steps.iter().find(|one| one.id == step).cloned().ok_or_else(missing)?;
    let on_behalf_of = authorised(app, tx, actor, &wanted, action).await?;
    if let Some(objection) = four_eyes_objection(&edition, &review, actor.person, on_behalf_of) {
        return Err(AppError::Forbidden(objection));
    }
    Ok(Seat { review, edition, resource: owned.resource, unit_path: owned.unit_path, on_behalf_of })
}

/// Says why the actor may not decide this step now; `None` when nothing stands in the way. For pages.
pub async fn may_decide(
    app: &App,
    actor: &Actor,
    edition: &Edition,
    review: &Review,
    step: &ReviewStep,
) -> AppResult<Option<String>> {
    match authorised(app, &app.store.read(), actor, step, Action::ReviewDecide).await {
        Ok(on_behalf_of) => Ok(four_eyes_objection(edition, review, actor.person, on_behalf_of)),
        Err(AppError::NotFound(_)) => Ok(Some(format!("“{}”由承担该职责的人员办理。", step.name))),
        Err(error) => Err(error),
    }
}

impl Seat {
    /// Demands that the review runs and that it is this step's turn.
    pub(super) fn require_turn(&self, step: ReviewStepId) -> AppResult<()> {
        let running = self.review.state == ReviewState::Running && self.edition.state == EditionState::InReview;
        if running && self.review.current_step().is_some_and(|current| current.id == step) {
            return Ok(());
        }
        Err(AppError::Conflict("这一步已由其他人办理，或本稿已退回、撤回送审。请刷新查看最新状态。".into()))
    }

    /// Demands that what was submitted is what stands there now.
    pub(super) async fn require_unchanged(&self, tx: &store::Tx) -> AppResult<()> {
        let attachments = store::attachment::of_edition(tx, self.edition.id).await?;
        if hash_of(&self.edition, &attachments) == self.review.content_hash {
            return Ok(());
        }
        Err(AppError::Internal(format!("edition {} changed during its review", self.edition.id)))
    }
}

/// Whether the actor may act at the step, and for whom: an own duty goes before a delegated one.
async fn authorised(
    app: &App,
    read: &store::Read,
    actor: &Actor,
    step: &ReviewStep,
    action: Action,
) -> AppResult<Option<PersonId>> {
    seat_of(app, read, actor, (step.duty, step.unit), action).await
}

/// [`authorised`] for the seat of a step that is not waiting yet.
pub(crate) async fn seat_of(
    app: &App,
    read: &store::Read,
    actor: &Actor,
    (duty, unit): (Duty, UnitId),
    action: Action,
) -> AppResult<Option<PersonId>> {
    let unit = store::unit::by_id(read, unit)
        .await?
        .ok_or_else(|| AppError::Internal("unit of a review step is missing".into()))?;
    let target = Target::ReviewStep { unit_path: &unit.path, duty };
    if !app.policy.decide(actor, action, &target).allowed {
        return Err(AppError::NotFound("审核任务".into()));
    }
    let mut seats = actor.duties.iter().filter(|held| held.duty == duty && held.unit == unit.id);
    let own = seats.clone().any(|held| held.on_behalf_of.is_none());
    Ok(if own { None } else { seats.find_map(|held| held.on_behalf_of) })
}
