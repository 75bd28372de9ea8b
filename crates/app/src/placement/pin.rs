//! Pinning (置顶): shown above the others of its column, and as the headline of the home page.

use domain::{actor::Actor, ids::PlacementId, placement::PlacementState};
use policy::Action;

use super::{lock_for, name_of, note_on_sites};
use crate::{App, AppError, AppResult, record};

/// Pins a live placement, or lets it go.
pub async fn pin(app: &App, actor: &Actor, id: PlacementId, pinned: bool) -> AppResult<()> {
    app.store
        .write(|tx| async move {
            let (before, place) = lock_for(app, &tx, actor, id, Action::PlacementPlace).await?;
            if before.state != PlacementState::Live {
                return Err(AppError::Conflict(format!(
                    "只有已上线的信息可以置顶，这条信息目前是“{}”。",
                    before.state.chinese()
                )));
            }
            let mut placement = before.clone();
            placement.pinned = pinned;
            store::placement::update(&tx, &placement).await?;
            note_on_sites(&tx, Some(actor), [(placement.site, placement.resource)]).await?;
            record::event("placement.pin", id, name_of(&tx, &placement, &place).await?)
                .unit(place.site.sponsor)
                .before(&before)
                .after(&placement)
                .write(&tx, Some(actor))
                .await
        })
        .await
}
