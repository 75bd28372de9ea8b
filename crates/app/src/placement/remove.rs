//! Taking a resource off one column (下栏目). The resource stays in the library and in its other columns.

use domain::{actor::Actor, ids::PlacementId, placement::PlacementState};
use policy::Action;

use super::{lock_for, name_of, note_on_sites};
use crate::{App, AppError, AppResult, record};

/// Ends a placement; `reason` is kept in the trail, so that somebody can answer for it later.
pub async fn remove(app: &App, actor: &Actor, id: PlacementId, reason: &str) -> AppResult<()> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(AppError::invalid("reason", "请写明下栏目的原因。"));
    }
    app.store
        .write(|tx| async move {
            let (before, place) = lock_for(app, &tx, actor, id, Action::PlacementRemove).await?;
            if !matches!(before.state, PlacementState::Proposed | PlacementState::Scheduled | PlacementState::Live) {
                return Err(AppError::Conflict(format!("这条信息在本栏目已是“{}”。", before.state.chinese())));
            }
            let mut placement = before.clone();
            placement.state = PlacementState::Removed;
            store::placement::update(&tx, &placement).await?;
            if before.state == PlacementState::Live {
                note_on_sites(&tx, Some(actor), [(placement.site, placement.resource)]).await?;
            }
            record::event("placement.remove", id, name_of(&tx, &placement, &place).await?)
                .unit(place.site.sponsor)
                .before(&before)
                .after(serde_json::json!({ "placement": placement, "reason": reason }))
                .write(&tx, Some(actor))
                .await
        })
        .await
}
