//! Who uses a resource (引用情况): the places that would change or break when it changes or is recalled.

use domain::{
    actor::Actor,
    ids::EditionId,
    placement::{Placement, PlacementState},
};

use crate::{App, AppResult, edition::load};

/// One place.
#[derive(Debug, Clone)]
pub struct UsagePlace {
    /// The placement.
    pub placement: Placement,
    /// Name of the site.
    pub site_name: String,
    /// Slug of the site.
    pub site_slug: String,
    /// Name of the column.
    pub column_name: String,
}

/// Every use of a resource.
#[derive(Debug, Clone, Default)]
pub struct Usage {
    /// Columns of sites, present and past.
    pub places: Vec<UsagePlace>,
    /// Titles and keys of interpretations that link to it, with their editions.
    pub interpreted_by: Vec<(EditionId, String)>,
}

impl Usage {
    /// Places that show it now or will.
    pub fn in_use(&self) -> impl Iterator<Item = &UsagePlace> {
        self.places.iter().filter(|place| {
            matches!(place.placement.state, PlacementState::Live | PlacementState::Scheduled | PlacementState::Proposed)
        })
    }
}

/// Uses of the resource of an edition that the actor may see.
///
/// # Errors
/// [`crate::AppError::NotFound`] when the actor may not see the edition.
pub async fn usage(app: &App, actor: &Actor, id: EditionId) -> AppResult<Usage> {
    let loaded = load(app, actor, id).await?;
    let read = app.store.read();
    let mut usage = Usage::default();
    for placement in store::placement::of_resource(&read, loaded.resource.id).await? {
        let site = store::site::by_id(&read, placement.site).await?;
        let column = store::column::by_id(&read, placement.column).await?;
        let (Some(site), Some(column)) = (site, column) else { continue };
        usage.places.push(UsagePlace {
            placement,
            site_name: site.name,
            site_slug: site.slug,
            column_name: column.name,
        });
    }
    for edition in store::interpretation_link::editions_interpreting(&read, loaded.resource.id).await? {
        // Only interpretations that the actor may see: a draft of another office is not news.
        if let Ok(interpretation) = load(app, actor, edition).await {
            usage.interpreted_by.push((edition, interpretation.edition.title));
        }
    }
    Ok(usage)
}
