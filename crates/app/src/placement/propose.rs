//! Asking for a resource to appear in columns once it is admitted (申请使用).

use std::collections::BTreeSet;

use domain::{
    actor::Actor,
    ids::{ColumnId, PlacementId, ResourceId},
    placement::{Placement, PlacementState},
};
use jiff::Timestamp;
use policy::{Action, Target};

use super::{check_publishable, place_of, resource_for};
use crate::{App, AppError, AppResult, authorise, record};

/// Makes the proposals of a resource exactly these columns: new ones are added, those no longer wanted lapse, what is
/// live or was removed stays as it is. `publish_at` holds for all of them; `None` = as soon as admitted.
pub async fn propose(
    app: &App,
    actor: &Actor,
    resource: ResourceId,
    columns: &[ColumnId],
    publish_at: Option<Timestamp>,
) -> AppResult<Vec<PlacementId>> {
    let wanted: BTreeSet<ColumnId> = columns.iter().copied().collect();
    let wanted = &wanted;
    app.store
        .write(|tx| async move {
            let (resource, unit_path, admitted) = resource_for(app, &tx, actor, resource).await?;
            let target = Target::Resource { unit_path: &unit_path, admitted: admitted.is_some(), open: true };
            authorise::require(app, actor, Action::PlacementPropose, &target)?;
            let mut existing = store::placement::lock_of_resource(&tx, resource.id).await?;
            existing.retain(|placement| {
                matches!(placement.state, PlacementState::Proposed | PlacementState::Scheduled | PlacementState::Live)
            });
            let open = store::edition::of_resource(&tx, resource.id).await?;
            let edition = open.iter().find(|edition| edition.state.open());
            if edition.is_some_and(|edition| !edition.state.editable()) {
                return Err(AppError::Conflict("本稿正在审核，栏目不能更改。需要更改时，请先撤回送审。".into()));
            }
            let mut names = Vec::new();
            let mut ids = Vec::new();
            for mut placement in
                existing.iter().filter(|placement| placement.state == PlacementState::Proposed).cloned()
            {
                if !wanted.contains(&placement.column) {
                    placement.state = PlacementState::Removed;
                    store::placement::update(&tx, &placement).await?;
                } else if placement.publish_at != publish_at {
                    placement.publish_at = publish_at.map(domain::time::truncate_to_millis);
                    store::placement::update(&tx, &placement).await?;
                }
            }
            for column in wanted {
                let place = place_of(&tx, *column).await?;
                names.push(format!("{}·{}", place.site.name, place.column.name));
                if existing.iter().any(|placement| placement.column == *column) {
                    continue;
                }
                super::require_own_site(&resource, &place.site)?;
                let elements =
                    edition.or(admitted.as_ref()).map(|edition| edition.elements.clone()).unwrap_or_default();
                let problems = check_publishable(&place.site, &place.column, &elements);
                // Open mode may still change while it is a draft; the rest cannot get better by writing.
                let problems: Vec<_> = problems.into_iter().filter(|problem| problem.field != "open_mode").collect();
                if !problems.is_empty() {
                    return Err(AppError::Invalid(problems));
                }
                let placement = Placement {
                    id: tx.ids().fresh(),
                    resource: resource.id,
                    site: place.site.id,
                    column: *column,
                    state: PlacementState::Proposed,
                    pinned: false,
                    sort_at: None,
                    publish_at: publish_at.map(domain::time::truncate_to_millis),
                    live_at: None,
                    expires_at: None,
                    placed_by: actor.person,
                    placed_at: tx.now(),
                };
                store::placement::insert(&tx, std::slice::from_ref(&placement)).await?;
                ids.push(placement.id);
            }
            record::event("placement.propose", resource.id, names.join("、"))
                .unit(resource.unit)
                .after(serde_json::json!({ "columns": wanted, "publish_at": publish_at }))
                .write(&tx, Some(actor))
                .await?;
            Ok(ids)
        })
        .await
}
