//! What admission does to placements: the wishes of the draft become places on live sites.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    actor::Actor,
    edition::Edition,
    ids::{ResourceId, SiteId},
    placement::{Placement, PlacementState},
    resource::Resource,
};
use jiff::Timestamp;
use store::{Tx, pending_change::Changed};

use crate::{App, AppResult, release::note_and_enqueue};

/// Brings the placements of a resource in line with the edition just admitted, in the transaction that admits it:
/// proposed ones go live or on schedule, live ones are rendered again, and where the new edition may no longer be
/// published they end.
pub async fn activate_admitted(
    app: &App,
    tx: &Tx,
    actor: &Actor,
    resource: &Resource,
    edition: &Edition,
) -> AppResult<()> {
    let _ = app;
    let now = tx.now();
    let mut touched: BTreeSet<SiteId> = BTreeSet::new();
    for before in store::placement::lock_of_resource(tx, resource.id).await? {
        let mut placement = before.clone();
        let may_go_out = edition.elements.open_mode.may_be_published();
        match placement.state {
            PlacementState::Proposed | PlacementState::Scheduled | PlacementState::Live if !may_go_out => {
                if placement.state == PlacementState::Live {
                    touched.insert(placement.site);
                }
                placement.state = PlacementState::Removed;
            }
            PlacementState::Proposed | PlacementState::Scheduled => {
                if bring_in(&mut placement, resource, edition, now) {
                    touched.insert(placement.site);
                }
            }
            PlacementState::Live => {
                settle(&mut placement, resource, edition, now);
                touched.insert(placement.site);
            }
            PlacementState::Removed | PlacementState::Recalled => {}
        }
        if placement != before {
            store::placement::update(tx, &placement).await?;
        }
    }
    if touched.is_empty() {
        return Ok(());
    }
    store::resource::note_first_publication(tx, resource.id, now).await?;
    note_on_sites(tx, Some(actor), touched.into_iter().map(|site| (site, resource.id))).await
}

/// Turns a proposed or scheduled placement live when its hour has come; `true` when it went live.
pub(crate) fn bring_in(placement: &mut Placement, resource: &Resource, edition: &Edition, now: Timestamp) -> bool {
    if placement.publish_at.is_some_and(|at| at > now) {
        placement.state = PlacementState::Scheduled;
        return false;
    }
    placement.state = PlacementState::Live;
    placement.live_at = Some(now);
    settle(placement, resource, edition, now);
    true
}

/// Order and end of a live placement, from the edition's elements. The stated time decides the order; without one it
/// is the moment of first publication, which never moves (伪造发稿日期 has no room).
fn settle(placement: &mut Placement, resource: &Resource, edition: &Edition, now: Timestamp) {
    let stated = edition.elements.published_on.or(resource.first_published_at).or(placement.sort_at);
    placement.sort_at = Some(domain::time::truncate_to_millis(stated.unwrap_or(now)));
    placement.expires_at = edition.elements.expires_at.map(domain::time::truncate_to_millis);
}

/// Notes the change of resources on sites and asks for publication; pages of related policies follow by themselves.
pub(crate) async fn note_on_sites(
    tx: &Tx,
    actor: Option<&Actor>,
    changes: impl IntoIterator<Item = (SiteId, ResourceId)>,
) -> AppResult<()> {
    // Sites in the order of their keys, so that two transactions never wait for each other's jobs.
    let mut by_site: BTreeMap<SiteId, BTreeSet<ResourceId>> = BTreeMap::new();
    for (site, resource) in changes {
        by_site.entry(site).or_default().insert(resource);
    }
    for (site, resources) in by_site {
        let changed: Vec<Changed> = resources.into_iter().map(Changed::Resource).collect();
        note_and_enqueue(tx, site, &changed, actor.map(|actor| actor.person)).await?;
    }
    Ok(())
}
