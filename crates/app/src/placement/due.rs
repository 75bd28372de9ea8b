//! What time does by itself: scheduled placements go live, expired ones end.

use domain::{
    edition::LANGUAGE_CHINESE,
    ids::PlacementId,
    placement::{Placement, PlacementState},
};
use jiff::SignedDuration;
use jobs::{Attempt, Job, JobError};
use serde::{Deserialize, Serialize};
use store::{Tx, alarm::NewAlarm};

use super::{Place, activate::bring_in, name_of, note_on_sites, place_of};
use crate::{App, AppResult, record};

/// Placements handled by one run of the job; the rest wait for the next.
const MOST_PER_RUN: u64 = 500;

/// Turns due placements live and ends expired ones; run it every 15 seconds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TurnDue {}

impl Job for TurnDue {
    const NAME: &'static str = "placement.turn_due";
    const PRIORITY: i32 = 20;
    const MAX_ATTEMPTS: u32 = 3;
    type Context = App;

    async fn run(self, app: App, _attempt: Attempt) -> Result<(), JobError> {
        turn_due(&app).await.map(|_| ()).map_err(JobError::retry)
    }
}

/// Does what is due now; returns how many placements changed. One that fails does not hold up the others.
pub async fn turn_due(app: &App) -> AppResult<usize> {
    let read = app.store.read();
    let now = app.now();
    let due = store::placement::due(&read, now, MOST_PER_RUN).await?;
    let expired = store::placement::expired(&read, now, MOST_PER_RUN).await?;
    let mut changed = 0;
    let mut failure = None;
    for placement in due {
        match app.store.write(|tx| async move { turn_live(&tx, placement.id).await }).await {
            Ok(done) => changed += usize::from(done),
            Err(error) => failure = Some(error),
        }
    }
    for placement in expired {
        match app.store.write(|tx| async move { end(&tx, placement.id).await }).await {
            Ok(done) => changed += usize::from(done),
            Err(error) => failure = Some(error),
        }
    }
    match failure {
        Some(error) => Err(error),
        None => Ok(changed),
    }
}

async fn turn_live(tx: &Tx, id: PlacementId) -> AppResult<bool> {
    let Some((before, place)) = locked(tx, id).await? else { return Ok(false) };
    let owned = store::resource::by_id(tx, before.resource).await?;
    let admitted = store::edition::admitted_of(tx, before.resource, LANGUAGE_CHINESE).await?;
    let (PlacementState::Scheduled, Some(owned), Some(edition)) = (before.state, owned, admitted) else {
        return Ok(false);
    };
    let mut placement = before.clone();
    if !bring_in(&mut placement, &owned.resource, &edition, tx.now()) {
        return Ok(false);
    }
    store::placement::update(tx, &placement).await?;
    store::resource::note_first_publication(tx, placement.resource, tx.now()).await?;
    note_on_sites(tx, None, [(placement.site, placement.resource)]).await?;
    alarm_if_late(tx, &placement, &place).await?;
    record::event("placement.go_live", id, name_of(tx, &placement, &place).await?)
        .unit(place.site.sponsor)
        .before(&before)
        .after(&placement)
        .write(tx, None)
        .await?;
    Ok(true)
}

async fn end(tx: &Tx, id: PlacementId) -> AppResult<bool> {
    let Some((before, place)) = locked(tx, id).await? else { return Ok(false) };
    if before.state != PlacementState::Live || before.expires_at.is_none_or(|at| at > tx.now()) {
        return Ok(false);
    }
    let mut placement = before.clone();
    placement.state = PlacementState::Removed;
    store::placement::update(tx, &placement).await?;
    note_on_sites(tx, None, [(placement.site, placement.resource)]).await?;
    record::event("placement.expire", id, name_of(tx, &placement, &place).await?)
        .unit(place.site.sponsor)
        .before(&before)
        .after(&placement)
        .write(tx, None)
        .await?;
    Ok(true)
}

/// The placement, locked after its resource.
async fn locked(tx: &Tx, id: PlacementId) -> AppResult<Option<(Placement, Place)>> {
    let Some(seen) = store::placement::by_id(tx, id).await? else { return Ok(None) };
    let place = place_of(tx, seen.column).await?;
    store::resource::lock(tx, seen.resource).await?;
    Ok(store::placement::lock(tx, id).await?.map(|placement| (placement, place)))
}

async fn alarm_if_late(tx: &Tx, placement: &Placement, place: &Place) -> AppResult<()> {
    let Some(due) = placement.publish_at else { return Ok(()) };
    let allowed = store::setting::in_force(tx).await?.value("publish.late_minutes");
    let late = tx.now().duration_since(due);
    if late <= SignedDuration::from_mins(allowed) {
        return Ok(());
    }
    let name = name_of(tx, placement, place).await?;
    let alarm = NewAlarm {
        kind: "placement.late".to_owned(),
        dedupe_key: format!("placement.late:{}", placement.id),
        unit: Some(place.site.sponsor),
        subject_id: placement.id.to_string(),
        message: format!(
            "“{name}”应于 {} 上线，晚了 {} 分钟。请检查后台任务是否正常运行。",
            domain::time::beijing_minutes(due),
            late.as_mins()
        ),
    };
    store::alarm::raise(tx, &alarm).await?;
    Ok(())
}
