//! Placing an admitted resource in a column of one's own site (上栏目): use without another review, because what is in
//! the library has passed one.

use domain::{
    actor::Actor,
    ids::{ColumnId, ResourceId},
    placement::{Placement, PlacementState},
};
use jiff::Timestamp;
use policy::{Action, Target};

use super::{activate::bring_in, check_publishable, name_of, note_on_sites, place_of, resource_for};
use crate::{App, AppError, AppResult, authorise, record};

/// Places an admitted resource; at once, or at `publish_at`.
pub async fn place(
    app: &App,
    actor: &Actor,
    resource: ResourceId,
    column: ColumnId,
    publish_at: Option<Timestamp>,
) -> AppResult<Placement> {
    place_pinned(app, actor, resource, column, publish_at, false).await
}

/// [`place`], above the others of the column when `pinned`.
pub async fn place_pinned(
    app: &App,
    actor: &Actor,
    resource: ResourceId,
    column: ColumnId,
    publish_at: Option<Timestamp>,
    pinned: bool,
) -> AppResult<Placement> {
    app.store
        .write(|tx| async move {
            let place = place_of(&tx, column).await?;
            let target = Target::Site { sponsor_path: &place.site.sponsor_path };
            authorise::visible(app, actor, Action::SiteRead, &target, "栏目")?;
            authorise::require(app, actor, Action::PlacementPlace, &target)?;
            let (resource, _, admitted) = resource_for(app, &tx, actor, resource).await?;
            let edition = admitted.ok_or_else(|| {
                AppError::Conflict("这条信息尚未入库，不能使用（先入库，后使用）。请在审核通过后再上栏目。".into())
            })?;
            let problems = check_publishable(&place.site, &place.column, &edition.elements);
            if !problems.is_empty() {
                return Err(AppError::Invalid(problems));
            }
            let taken = store::placement::lock_of_resource(&tx, resource.id).await?.into_iter().any(|placement| {
                placement.column == column
                    && matches!(
                        placement.state,
                        PlacementState::Proposed | PlacementState::Scheduled | PlacementState::Live
                    )
            });
            if taken {
                return Err(AppError::Conflict(format!("这条信息已在栏目“{}”中。", place.column.name)));
            }
            let mut placement = Placement {
                id: tx.ids().fresh(),
                resource: resource.id,
                site: place.site.id,
                column,
                state: PlacementState::Proposed,
                pinned,
                sort_at: None,
                publish_at: publish_at.map(domain::time::truncate_to_millis),
                live_at: None,
                expires_at: None,
                placed_by: actor.person,
                placed_at: tx.now(),
            };
            let live = bring_in(&mut placement, &resource, &edition, tx.now());
            store::placement::insert(&tx, std::slice::from_ref(&placement)).await?;
            if live {
                store::resource::note_first_publication(&tx, resource.id, tx.now()).await?;
                note_on_sites(&tx, Some(actor), [(placement.site, resource.id)]).await?;
            }
            record::event("placement.place", placement.id, name_of(&tx, &placement, &place).await?)
                .unit(place.site.sponsor)
                .after(&placement)
                .write(&tx, Some(actor))
                .await?;
            Ok(placement)
        })
        .await
}
