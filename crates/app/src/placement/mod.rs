//! Placements (使用): where a resource stands, from the wish of its editor to the list of a live site.

mod activate;
mod board;
mod candidate;
mod check;
mod column_page;
mod due;
mod list;
mod offers;
mod own_places;
mod pin;
mod place;
mod propose;
mod propose_in;
mod remove;
mod schedule;
mod titles;

pub use activate::activate_admitted;
pub use board::{Board, PlacedLine, board, get};
pub use candidate::{Candidate, candidate};
pub use check::{check_publishable, proposal_problems};
pub use column_page::{ColumnPage, column_page, numbers_by_column};
pub use due::{TurnDue, turn_due};
pub use list::{PlacedResource, in_column, of_resource};
pub use offers::{Offer, offers};
pub use own_places::own_places;
pub use pin::pin;
pub use place::{place, place_pinned};
pub use propose::propose;
pub use remove::remove;
pub use schedule::schedule;
pub use titles::PlacedTitle;

pub(crate) use activate::note_on_sites;
pub(crate) use propose_in::{propose_in, require_own_site};

use domain::{
    actor::Actor,
    column::Column,
    edition::{Edition, LANGUAGE_CHINESE},
    ids::{ColumnId, PlacementId, ResourceId},
    placement::Placement,
    resource::Resource,
    site::Site,
};
use policy::{Action, Target};
use store::Tx;

use crate::{App, AppError, AppResult, authorise};

/// A column with its site, as a place for something.
pub(crate) struct Place {
    pub(crate) site: Site,
    pub(crate) column: Column,
}

/// A column and its site; whether the actor may use it is the verb's question.
pub(crate) async fn place_of(read: &store::Read, column: ColumnId) -> AppResult<Place> {
    let column = store::column::by_id(read, column).await?.ok_or_else(|| AppError::NotFound("栏目".into()))?;
    let site = store::site::by_id(read, column.site).await?.ok_or_else(|| AppError::NotFound("网站".into()))?;
    Ok(Place { site, column })
}

/// A resource, locked, that the actor may see, with its admitted edition if it has one.
pub(crate) async fn resource_for(
    app: &App,
    tx: &Tx,
    actor: &Actor,
    id: ResourceId,
) -> AppResult<(Resource, String, Option<Edition>)> {
    let owned = store::resource::lock(tx, id).await?.ok_or_else(|| AppError::NotFound("信息".into()))?;
    let admitted = store::edition::admitted_of(tx, id, LANGUAGE_CHINESE).await?;
    let open = admitted.as_ref().is_some_and(|edition| edition.elements.open_mode.may_be_published());
    let target = Target::Resource { unit_path: &owned.unit_path, admitted: admitted.is_some(), open };
    authorise::visible(app, actor, Action::ResourceRead, &target, "信息")?;
    Ok((owned.resource, owned.unit_path, admitted))
}

/// A placement, locked after its resource (the order everywhere), on a site where the actor may do `action`.
pub(crate) async fn lock_for(
    app: &App,
    tx: &Tx,
    actor: &Actor,
    id: PlacementId,
    action: Action,
) -> AppResult<(Placement, Place)> {
    let missing = || AppError::NotFound("栏目中的这条信息".into());
    let seen = store::placement::by_id(tx, id).await?.ok_or_else(missing)?;
    let place = place_of(tx, seen.column).await?;
    let target = Target::Site { sponsor_path: &place.site.sponsor_path };
    authorise::visible(app, actor, Action::SiteRead, &target, "栏目中的这条信息")?;
    authorise::require(app, actor, action, &target)?;
    store::resource::lock(tx, seen.resource).await?;
    let placement = store::placement::lock(tx, id).await?.ok_or_else(missing)?;
    Ok((placement, place))
}

/// What people call a placement in audit events.
pub(crate) async fn name_of(read: &store::Read, placement: &Placement, place: &Place) -> AppResult<String> {
    let title = match store::edition::admitted_of(read, placement.resource, LANGUAGE_CHINESE).await? {
        Some(edition) => edition.title,
        None => store::edition::of_resource(read, placement.resource)
            .await?
            .into_iter()
            .next()
            .map(|edition| edition.title)
            .unwrap_or_default(),
    };
    Ok(format!("{title} → {}·{}", place.site.name, place.column.name))
}
