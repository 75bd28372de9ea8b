//! What a placement is called on pages, for a reader who may not see every text behind it.

use domain::{
    actor::Actor,
    edition::{Edition, EditionState},
    ids::{EditionId, ResourceId},
    resource::ResourceKind,
};
use policy::Action;

use crate::{App, AppResult, edition::target_of};

/// What stands behind a placement.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct PlacedTitle {
    /// Its title; `None` when the reader may not see the text.
    pub title: Option<String>,
    /// The edition to look at, if the reader may.
    pub edition: Option<EditionId>,
    /// Type.
    pub kind: ResourceKind,
    /// Name of the unit that answers for it.
    pub unit_name: String,
    /// Path of its page on every site that shows it.
    pub page_path: String,
}

/// The admitted edition, else the latest one, as far as `actor` may see it.
pub(super) async fn title_of(app: &App, read: &store::Read, actor: &Actor, id: ResourceId) -> AppResult<PlacedTitle> {
    let owned = store::resource::by_id(read, id)
        .await?
        .ok_or_else(|| crate::AppError::internal("the resource of a placement is missing"))?;
    let mut editions = store::edition::of_resource(read, id).await?;
    editions.sort_by_key(|edition| (rank(edition), std::cmp::Reverse(edition.number)));
    let seen = editions
        .into_iter()
        .find(|edition| app.policy.decide(actor, Action::ResourceRead, &target_of(edition, &owned.unit_path)).allowed);
    let unit = store::unit::by_id(read, owned.resource.unit).await?;
    Ok(PlacedTitle {
        edition: seen.as_ref().map(|edition| edition.id),
        title: seen.map(|edition| edition.title).filter(|title| !title.is_empty()),
        kind: owned.resource.kind,
        unit_name: unit.map(|unit| unit.name).unwrap_or_default(),
        page_path: owned.resource.page_path(),
    })
}

fn rank(edition: &Edition) -> u8 {
    match edition.state {
        EditionState::Admitted => 0,
        EditionState::Recalled => 1,
        _ => 2,
    }
}
