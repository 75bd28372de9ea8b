//! Giving up a draft. Nothing is deleted: the edition stays, marked as given up.

use domain::{actor::Actor, edition::EditionState, ids::EditionId, placement::PlacementState};
use policy::Action;

use crate::{
    App, AppResult,
    edition::{
        load::{lock_for, require_editable},
        save::digest,
    },
    record,
};

/// Marks a draft as given up; placements proposed with it lapse when it was the only edition.
///
/// # Errors
/// [`crate::AppError::Conflict`] when it is under review or admitted.
pub async fn discard(app: &App, actor: &Actor, id: EditionId) -> AppResult<()> {
    app.store
        .write(|tx| async move {
            let loaded = lock_for(app, &tx, actor, id, Action::EditionDiscard).await?;
            require_editable(&loaded.edition)?;
            let before = digest(&loaded.edition);
            let mut edition = loaded.edition;
            edition.state = EditionState::Discarded;
            edition.updated_at = tx.now();
            edition.lock_version = store::edition::update(&tx, &edition).await?;
            if store::edition::admitted_of(&tx, edition.resource, &edition.language).await?.is_none() {
                for mut placement in store::placement::lock_of_resource(&tx, edition.resource).await? {
                    if placement.state == PlacementState::Proposed {
                        placement.state = PlacementState::Removed;
                        store::placement::update(&tx, &placement).await?;
                    }
                }
            }
            record::event("edition.discard", id, &edition.title)
                .unit(loaded.resource.unit)
                .before(before)
                .after(digest(&edition))
                .write(&tx, Some(actor))
                .await
        })
        .await
}
