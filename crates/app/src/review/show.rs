//! Everything that a reviewer's page shows.

use domain::{
    actor::Actor,
    edition::{Edition, LANGUAGE_CHINESE},
    ids::{EditionId, ReviewId, ReviewStepId},
    review::{Review, ReviewState, StepOutcome},
};

use crate::{
    App, AppError, AppResult,
    edition::{EditionView, Screening, hash_of, inside, load, screening_of, view},
    review::seat::may_decide,
};

/// A step that somebody could decide now, and why this person may not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenStep {
    /// The step.
    pub step: ReviewStepId,
    /// A sentence; `None` when the person may decide.
    pub objection: Option<String>,
}

/// A review with its text and surroundings.
#[derive(Debug, Clone)]
pub struct ReviewView {
    /// The review.
    pub review: Review,
    /// The edition with files, remarks, earlier reviews and siblings.
    pub edition: EditionView,
    /// The newest report of the machine.
    pub screening: Option<Screening>,
    /// The edition that is admitted now, when this one is to take its place.
    pub admitted: Option<Edition>,
    /// What stands there now is exactly what was submitted.
    pub unchanged: bool,
    /// The step whose turn it is.
    pub current: Option<OpenStep>,
    /// The last step, for the urgent path; `None` when its turn has come anyway.
    pub urgent: Option<OpenStep>,
    /// Skipped steps that still await their review.
    pub owed: Vec<OpenStep>,
}

/// A review, if the actor may see its edition.
///
/// # Errors
/// [`AppError::NotFound`] for another office's review, as for one that does not exist.
pub async fn show(app: &App, actor: &Actor, id: ReviewId) -> AppResult<ReviewView> {
    let missing = || AppError::NotFound("审核任务".into());
    let read = app.store.read();
    let review = store::review::by_id(&read, id).await?.ok_or_else(missing)?;
    let edition = view(app, actor, review.edition).await?;
    if !edition.inside {
        return Err(missing());
    }
    let current_edition = &edition.loaded.edition;
    let screening = screening_of(app, actor, review.edition).await?;
    let admitted = store::edition::admitted_of(&read, current_edition.resource, LANGUAGE_CHINESE)
        .await?
        .filter(|admitted| admitted.id != current_edition.id);
    let unchanged = hash_of(current_edition, &edition.attachments) == review.content_hash;
    let mut current = None;
    let mut urgent = None;
    let mut owed = Vec::new();
    let last = review.steps.iter().map(|step| step.position).max();
    for step in &review.steps {
        let running = review.state == ReviewState::Running && step.outcome == StepOutcome::Waiting;
        let is_current = running && step.position == review.current_position;
        let is_urgent = running && !is_current && Some(step.position) == last;
        let is_owed = step.outcome == StepOutcome::Skipped;
        if !(is_current || is_urgent || is_owed) {
            continue;
        }
        let objection = may_decide(app, actor, current_edition, &review, step).await?;
        let open = OpenStep { step: step.id, objection };
        match (is_current, is_urgent) {
            (true, _) => current = Some(open),
            (_, true) => urgent = Some(open),
            _ => owed.push(open),
        }
    }
    Ok(ReviewView { review, screening, admitted, unchanged, current, urgent, owed, edition })
}

/// The reviews of an edition that the actor may see, newest first.
///
/// # Errors
/// [`AppError::NotFound`] when the actor may not see the edition.
pub async fn of_edition(app: &App, actor: &Actor, id: EditionId) -> AppResult<Vec<Review>> {
    let loaded = load(app, actor, id).await?;
    let read = app.store.read();
    match inside(app, &read, actor, &loaded).await? {
        true => Ok(store::review::of_edition(&read, id).await?),
        false => Ok(Vec::new()),
    }
}
