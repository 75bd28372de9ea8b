//! What stands where, for the console.

use domain::{
    actor::Actor,
    column::Column,
    edition::{Edition, LANGUAGE_CHINESE},
    ids::{ColumnId, ResourceId},
    placement::{Placement, PlacementState},
    site::Site,
};
use policy::{Action, Target};

use super::place_of;
use crate::{App, AppError, AppResult, authorise};

/// A placement with the names that people know.
#[derive(Debug, Clone)]
pub struct PlacedResource {
    /// The placement.
    pub placement: Placement,
    /// Its site.
    pub site: Site,
    /// Its column.
    pub column: Column,
    /// The admitted edition, if there is one.
    pub edition: Option<Edition>,
}

/// Placements of a column in one state, newest first.
pub async fn in_column(
    app: &App,
    actor: &Actor,
    column: ColumnId,
    state: PlacementState,
    offset: u64,
    limit: u64,
) -> AppResult<Vec<PlacedResource>> {
    let read = app.store.read();
    let place = place_of(&read, column).await?;
    authorise::visible(app, actor, Action::SiteRead, &Target::Site { sponsor_path: &place.site.sponsor_path }, "栏目")?;
    let mut found = Vec::new();
    for placement in store::placement::in_column(&read, column, state, offset, limit).await? {
        let edition = store::edition::admitted_of(&read, placement.resource, LANGUAGE_CHINESE).await?;
        found.push(PlacedResource { placement, site: place.site.clone(), column: place.column.clone(), edition });
    }
    Ok(found)
}

/// Where a resource stands, stood or is meant to stand; for those who may see the resource.
pub async fn of_resource(app: &App, actor: &Actor, id: ResourceId) -> AppResult<Vec<PlacedResource>> {
    let read = app.store.read();
    let owned = store::resource::by_id(&read, id).await?.ok_or_else(|| AppError::NotFound("信息".into()))?;
    let edition = store::edition::admitted_of(&read, id, LANGUAGE_CHINESE).await?;
    let open = edition.as_ref().is_some_and(|edition| edition.elements.open_mode.may_be_published());
    let target = Target::Resource { unit_path: &owned.unit_path, admitted: edition.is_some(), open };
    authorise::visible(app, actor, Action::ResourceRead, &target, "信息")?;
    let mut found = Vec::new();
    for placement in store::placement::of_resource(&read, id).await? {
        let place = place_of(&read, placement.column).await?;
        found.push(PlacedResource { placement, site: place.site, column: place.column, edition: edition.clone() });
    }
    Ok(found)
}
