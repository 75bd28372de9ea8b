//! Setting the hour of a placement that is not live yet (定时发布).

use domain::{actor::Actor, edition::LANGUAGE_CHINESE, ids::PlacementId, placement::PlacementState};
use jiff::Timestamp;
use policy::Action;

use super::{activate::bring_in, lock_for, name_of, note_on_sites};
use crate::{App, AppError, AppResult, record};

/// Sets or clears the hour. An admitted placement whose hour has come, or that has none any more, goes live at once.
pub async fn schedule(app: &App, actor: &Actor, id: PlacementId, publish_at: Option<Timestamp>) -> AppResult<()> {
    app.store
        .write(|tx| async move {
            let (before, place) = lock_for(app, &tx, actor, id, Action::PlacementSchedule).await?;
            if !matches!(before.state, PlacementState::Proposed | PlacementState::Scheduled) {
                return Err(AppError::Conflict(format!(
                    "这条信息在本栏目已是“{}”，不能再定时。",
                    before.state.chinese()
                )));
            }
            let mut placement = before.clone();
            placement.publish_at = publish_at.map(domain::time::truncate_to_millis);
            let owned = store::resource::by_id(&tx, placement.resource).await?;
            let admitted = store::edition::admitted_of(&tx, placement.resource, LANGUAGE_CHINESE).await?;
            let mut live = false;
            if let (PlacementState::Scheduled, Some(owned), Some(edition)) = (before.state, owned, admitted) {
                live = bring_in(&mut placement, &owned.resource, &edition, tx.now());
            }
            store::placement::update(&tx, &placement).await?;
            if live {
                store::resource::note_first_publication(&tx, placement.resource, tx.now()).await?;
                note_on_sites(&tx, Some(actor), [(placement.site, placement.resource)]).await?;
            }
            record::event("placement.schedule", id, name_of(&tx, &placement, &place).await?)
                .unit(place.site.sponsor)
                .before(&before)
                .after(&placement)
                .write(&tx, Some(actor))
                .await
        })
        .await
}
