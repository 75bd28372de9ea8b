//! Admission to the library (入库): the moment after which an edition may be used, and not before.

use domain::{actor::Actor, edition::EditionState, review::ReviewState};
use store::library_change::{LibraryChangeKind, append};

use crate::{App, AppResult, review::seat::Seat};

/// Ends the review as passed, supersedes the edition before, admits this one and puts its placements to work; all in
/// the transaction of the last decision.
pub(super) async fn admit(app: &App, tx: &store::Tx, actor: &Actor, seat: &mut Seat) -> AppResult<()> {
    let now = tx.now();
    seat.review.state = ReviewState::Passed;
    seat.review.ended_at = Some(now);
    let before = store::edition::admitted_of(tx, seat.edition.resource, &seat.edition.language).await?;
    if let Some(mut superseded) = before.clone() {
        superseded.state = EditionState::Superseded;
        superseded.updated_at = now;
        store::edition::update(tx, &superseded).await?;
    }
    seat.edition.state = EditionState::Admitted;
    seat.edition.admitted_at = Some(now);
    seat.edition.updated_at = now;
    seat.edition.lock_version = store::edition::update(tx, &seat.edition).await?;
    store::review::update(tx, &seat.review).await?;
    crate::placement::activate_admitted(app, tx, actor, &seat.resource, &seat.edition).await?;
    crate::stock::after_admission(app, tx, &seat.edition, &seat.resource, &seat.unit_path).await?;
    let mode = seat.edition.elements.open_mode;
    if let Some(superseded) = before {
        let kind = LibraryChangeKind::Superseded;
        append(tx, kind, seat.resource.id, superseded.id, &seat.unit_path, superseded.elements.open_mode).await?;
    }
    append(tx, LibraryChangeKind::Admitted, seat.resource.id, seat.edition.id, &seat.unit_path, mode).await?;
    Ok(())
}
