//! A request with the text it is about, for the person who decides and for the office that asked.

use domain::{actor::Actor, clearance::Clearance, ids::ClearanceId};
use policy::Action;

use super::{decide::seat, not_found};
use crate::{
    App, AppError, AppResult,
    edition::{Known, Loaded, ScreenedFinding, find},
};

/// A request as its page shows it.
#[derive(Debug, Clone)]
pub struct ClearanceView {
    /// The request.
    pub clearance: Clearance,
    /// The text.
    pub loaded: Loaded,
    /// The finding as it stands now; `None` when the words have changed since.
    pub finding: Option<ScreenedFinding>,
    /// The actor may decide it now.
    pub may_decide: bool,
    /// Why not, for holders of the step.
    pub objection: Option<String>,
    /// The actor may take it back.
    pub may_withdraw: bool,
}

/// The request, for holders of its step and for those who may read the text.
///
/// # Errors
/// [`AppError::NotFound`] for everybody else.
pub async fn show(app: &App, actor: &Actor, id: ClearanceId) -> AppResult<ClearanceView> {
    let read = app.store.read();
    let clearance = store::clearance::by_id(&read, id).await?.ok_or_else(not_found)?;
    let loaded = find(&read, clearance.edition).await?;
    let seat = seat(app, &read, actor, &clearance).await;
    let inside = crate::edition::inside(app, &read, actor, &loaded).await?;
    if seat.is_err() && !inside {
        return Err(not_found());
    }
    let open = clearance.state == domain::clearance::ClearanceState::Asked && loaded.edition.state.editable();
    let objection = match &seat {
        Ok(on_behalf_of) => {
            let edition = &loaded.edition;
            let writers: Vec<_> = edition.writers.iter().copied().chain([edition.written_by]).collect();
            let (asked_by, person) = (clearance.asked_by, actor.person);
            domain::clearance::own_hand_objection(&writers, edition.submitted_by, asked_by, person, *on_behalf_of)
        }
        Err(_) => None,
    };
    let may_withdraw = open && app.policy.decide(actor, Action::FindingDispose, &loaded.target()).allowed;
    let finding = match store::screening::latest(&read, loaded.edition.id).await? {
        Some(stored) => {
            let report: screen::Report = serde_json::from_str(&stored.report).map_err(AppError::internal)?;
            let findings: Vec<_> =
                report.findings.into_iter().filter(|one| one.fingerprint == clearance.fingerprint).collect();
            let known = Known::load(&read, &loaded.edition, &loaded.resource).await?;
            let joined = known.join(&loaded.edition, &loaded.resource, findings, stored.screened_at);
            joined.into_iter().find(|one| one.clearance.as_ref().is_some_and(|found| found.words == clearance.words))
        }
        None => None,
    };
    Ok(ClearanceView {
        may_decide: open && seat.is_ok() && objection.is_none(),
        objection: objection.filter(|_| open).map(str::to_owned),
        may_withdraw,
        finding,
        clearance,
        loaded,
    })
}
