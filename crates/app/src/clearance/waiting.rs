//! Requests that wait for a person's decision, for the work desk.

use domain::{actor::Actor, clearance::Clearance, duty::Duty, ids::PersonId};
use jiff::SignedDuration;
use store::desk::DeskDuty;

use crate::{App, AppResult, edition::find};

/// A request with the title of its text.
#[derive(Debug, Clone)]
pub struct WaitingClearance {
    /// The request.
    pub clearance: Clearance,
    /// Title of the text.
    pub title: String,
}

/// No desk shows more.
const MOST: u64 = 100;

/// Requests that the actor may decide, the oldest first; those of own texts wait for a colleague and are left out.
pub async fn waiting(app: &App, actor: &Actor) -> AppResult<Vec<WaitingClearance>> {
    let reviewing = [Duty::Reviewer1, Duty::Reviewer2, Duty::Reviewer3, Duty::Reviewer4];
    let duties: Vec<DeskDuty> = actor
        .duties
        .iter()
        .filter(|held| reviewing.contains(&held.duty))
        .map(|held| DeskDuty { duty: held.duty, unit: held.unit })
        .collect();
    let read = app.store.read();
    let mut waiting = Vec::new();
    for clearance in store::clearance::asked(&read, &duties, MOST).await? {
        let Ok(on_behalf_of) = super::decide::seat(app, &read, actor, &clearance).await else { continue };
        let edition = find(&read, clearance.edition).await?.edition;
        let writers: Vec<PersonId> = edition.writers.iter().copied().chain([edition.written_by]).collect();
        let objection = domain::clearance::own_hand_objection(
            &writers,
            edition.submitted_by,
            clearance.asked_by,
            actor.person,
            on_behalf_of,
        );
        if objection.is_none() && edition.state.editable() {
            waiting.push(WaitingClearance { clearance, title: edition.title });
        }
    }
    Ok(waiting)
}

/// Answers to the actor's own requests of the last thirty days whose text is still in the actor's hands, the newest
/// first; for the work desk.
pub async fn answered(app: &App, actor: &Actor) -> AppResult<Vec<WaitingClearance>> {
    let read = app.store.read();
    let since = app.now().checked_sub(SignedDuration::from_hours(30 * 24)).unwrap_or(app.now());
    let mut answered = Vec::new();
    for clearance in store::clearance::answered(&read, actor.person, since, MOST).await? {
        let edition = find(&read, clearance.edition).await?.edition;
        if edition.state.editable() {
            answered.push(WaitingClearance { clearance, title: edition.title });
        }
    }
    Ok(answered)
}
