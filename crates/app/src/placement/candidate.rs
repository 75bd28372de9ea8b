//! A resource that somebody is about to place: what it is, and where it cannot go.

use std::collections::BTreeMap;

use domain::{
    actor::Actor,
    edition::{Edition, LANGUAGE_CHINESE},
    ids::{ColumnId, ResourceId},
    placement::PlacementState,
    resource::Resource,
};
use policy::{Action, Target};

use super::{check_publishable, offers::Offer, own_places};
use crate::{App, AppError, AppResult, authorise};

/// The resource, the places of the actor, and the objections known beforehand.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The resource.
    pub resource: Resource,
    /// Name of the unit that answers for it.
    pub unit_name: String,
    /// Its admitted edition; `None` means that it cannot be placed yet.
    pub edition: Option<Edition>,
    /// Sites of the actor with their columns.
    pub offers: Vec<Offer>,
    /// Why a column cannot take it.
    pub refused: BTreeMap<ColumnId, String>,
}

/// Looks at a resource before it is placed.
pub async fn candidate(app: &App, actor: &Actor, id: ResourceId) -> AppResult<Candidate> {
    let read = app.store.read();
    let missing = || AppError::NotFound("信息".into());
    let owned = store::resource::by_id(&read, id).await?.ok_or_else(missing)?;
    let edition = store::edition::admitted_of(&read, id, LANGUAGE_CHINESE).await?;
    let open = edition.as_ref().is_some_and(|edition| edition.elements.open_mode.may_be_published());
    let target = Target::Resource { unit_path: &owned.unit_path, admitted: edition.is_some(), open };
    authorise::visible(app, actor, Action::ResourceRead, &target, "信息")?;
    let offers = own_places(app, actor).await?;
    let mut refused = BTreeMap::new();
    if let Some(edition) = &edition {
        for offer in &offers {
            for column in &offer.columns {
                let problems = check_publishable(&offer.site, column, &edition.elements);
                if let Some(problem) = problems.into_iter().next() {
                    refused.insert(column.id, problem.message);
                }
            }
        }
    }
    for placement in store::placement::of_resource(&read, id).await? {
        let in_use =
            matches!(placement.state, PlacementState::Proposed | PlacementState::Scheduled | PlacementState::Live);
        if in_use {
            refused.insert(placement.column, format!("已在本栏目（{}）。", placement.state.chinese()));
        }
    }
    let unit = store::unit::by_id(&read, owned.resource.unit).await?;
    Ok(Candidate {
        unit_name: unit.map(|unit| unit.name).unwrap_or_default(),
        resource: owned.resource,
        edition,
        offers,
        refused,
    })
}
