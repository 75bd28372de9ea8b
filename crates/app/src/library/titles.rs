//! Titles of resources that others point at.

use domain::{
    actor::Actor,
    edition::LANGUAGE_CHINESE,
    ids::{EditionId, ResourceId},
};

use crate::{App, AppResult, edition::load};

/// A resource as others name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceTitle {
    /// The resource.
    pub resource: ResourceId,
    /// Its admitted edition, else its newest one.
    pub edition: EditionId,
    /// That edition's title.
    pub title: String,
}

/// Titles of these resources, in the same order; what the actor may not see is left out.
pub async fn titles(app: &App, actor: &Actor, resources: &[ResourceId]) -> AppResult<Vec<ResourceTitle>> {
    let read = app.store.read();
    let mut titles = Vec::with_capacity(resources.len());
    for resource in resources {
        let admitted = store::edition::admitted_of(&read, *resource, LANGUAGE_CHINESE).await?;
        let edition = match admitted {
            Some(edition) => Some(edition),
            None => store::edition::of_resource(&read, *resource).await?.into_iter().next(),
        };
        let Some(edition) = edition else { continue };
        if load(app, actor, edition.id).await.is_ok() {
            titles.push(ResourceTitle { resource: *resource, edition: edition.id, title: edition.title });
        }
    }
    Ok(titles)
}
