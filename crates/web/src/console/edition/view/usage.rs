//! Who uses a resource (引用情况).

use app::{AppResult, library::Usage};
use domain::{ids::EditionId, placement::PlacementState, resource::Resource};
use jiff::Timestamp;
use serde::Serialize;

use crate::console::page::Page;

/// One place.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceView {
    /// Site.
    pub site: String,
    /// Column.
    pub column: String,
    /// State of the placement.
    pub state: PlacementState,
    /// State in words.
    pub state_name: &'static str,
    /// When it went or shall go live.
    pub at: Option<Timestamp>,
    /// Address of the live page.
    pub live_path: Option<String>,
}

/// All uses.
#[derive(Debug, Clone, Serialize)]
pub struct UsageView {
    /// Columns, present ones first.
    pub places: Vec<PlaceView>,
    /// Interpretations that link to it: address and title.
    pub interpreted_by: Vec<(String, String)>,
}

/// Who uses the resource of an edition.
pub async fn usage(page: &Page, id: EditionId, resource: &Resource) -> AppResult<UsageView> {
    let Usage { places, interpreted_by } = app::library::usage(page.app(), &page.actor, id).await?;
    let mut places: Vec<PlaceView> = places
        .into_iter()
        .map(|place| {
            let state = place.placement.state;
            let live = state == PlacementState::Live;
            PlaceView {
                live_path: live.then(|| format!("/sites/{}/{}", place.site_slug, resource.page_path())),
                site: place.site_name,
                column: place.column_name,
                state,
                state_name: state.chinese(),
                at: place.placement.live_at.or(place.placement.publish_at),
            }
        })
        .collect();
    places.sort_by_key(|place| match place.state {
        PlacementState::Live => 0,
        PlacementState::Scheduled => 1,
        PlacementState::Proposed => 2,
        PlacementState::Recalled => 3,
        PlacementState::Removed => 4,
    });
    let interpreted_by =
        interpreted_by.into_iter().map(|(edition, title)| (format!("/console/editions/{edition}"), title)).collect();
    Ok(UsageView { places, interpreted_by })
}
