//! Content pages with their files, and the pages that stand where recalled ones stood.

use std::{collections::BTreeMap, sync::Arc};

use domain::ids::{ColumnId, ResourceId};
use store::{Read, published};

use super::on_blocking_thread;
use crate::{
    App, AppResult,
    release::{
        compose::{self, AnyContent},
        draw::{Drawn, Facts, attachment, draw},
        plan::files_of,
        task::PageTask,
        view::SiteView,
    },
};

/// Draws the pages of resources that stand on the site, with their files.
pub(super) async fn pages(app: &App, read: &Read, view: &Arc<SiteView>, batch: &[PageTask]) -> AppResult<Vec<Drawn>> {
    let ids = resources_of(batch);
    let site = view.site.id;
    let standings: BTreeMap<_, _> =
        published::standings(read, site, Some(&ids)).await?.into_iter().map(|one| (one.resource, one)).collect();
    let items = published::items(read, &ids).await?;
    let interpreted: Vec<ResourceId> = {
        let mut all: Vec<_> = items.iter().flat_map(|item| item.elements.interprets.iter().copied()).collect();
        all.sort();
        all.dedup();
        all
    };
    let policies: BTreeMap<_, _> = published::policies_on_site(read, site, &interpreted)
        .await?
        .into_iter()
        .map(|one| (one.resource, one))
        .collect();
    let mut interpretations = compose::by_page(published::interpretations_of(read, site, &ids).await?);
    let prepared: Vec<_> = items
        .into_iter()
        .filter_map(|item| {
            let standing = *standings.get(&item.resource.id)?;
            let mut related: Vec<_> =
                item.elements.interprets.iter().filter_map(|policy| policies.get(policy).cloned()).collect();
            related.extend(interpretations.remove(&item.resource.id).unwrap_or_default());
            Some((item, standing, related))
        })
        .collect();
    let (renderer, view) = (Arc::clone(&app.renderer), Arc::clone(view));
    on_blocking_thread(move || {
        let mut drawn = Vec::with_capacity(prepared.len());
        for (item, standing, related) in prepared {
            let mut shown = vec![(item.resource.id, item.edition)];
            shown.extend(related.iter().map(|one| (one.resource, one.edition)));
            let facts = Facts { status: 200, edition: Some(item.edition), shown, ..Facts::default() };
            match compose::content(&view, &item, standing.column, standing.sort_at, &related) {
                Some(AnyContent::Content(page)) => drawn.push(draw(&renderer, &view.frame, &page, facts)),
                Some(AnyContent::Policy(page)) => drawn.push(draw(&renderer, &view.frame, &page, facts)),
                None => continue,
            }
            let path = item.resource.page_path();
            drawn.extend(item.attachments.iter().map(|file| attachment(&path, item.resource.id, file)));
        }
        drawn
    })
    .await
}

/// Draws what stands where recalled resources and their files stood.
pub(super) async fn gone(app: &App, read: &Read, view: &Arc<SiteView>, batch: &[PageTask]) -> AppResult<Vec<Drawn>> {
    let ids = resources_of(batch);
    let recalls = store::recall::newest_of(read, &ids).await?;
    let columns: BTreeMap<ResourceId, ColumnId> = store::placement::on_site(read, view.site.id, &ids)
        .await?
        .into_iter()
        .map(|placement| (placement.resource, placement.column))
        .collect();
    let mut prepared = Vec::new();
    for resource in published::resources(read, &ids).await? {
        let Some(recall) = recalls.get(&resource.id) else { continue };
        let unit = store::unit::by_id(read, resource.unit).await?.map(|unit| unit.name).unwrap_or_default();
        let column = columns.get(&resource.id).copied();
        let paths = std::iter::once(resource.page_path()).chain(files_of(read, view, &resource).await?);
        for path in paths {
            prepared.push(compose::gone(view, &resource, &path, recall, &unit, column));
        }
    }
    let (renderer, view) = (Arc::clone(&app.renderer), Arc::clone(view));
    on_blocking_thread(move || {
        prepared
            .iter()
            .map(|page| draw(&renderer, &view.frame, page, Facts { status: 410, ..Facts::default() }))
            .collect()
    })
    .await
}

fn resources_of(batch: &[PageTask]) -> Vec<ResourceId> {
    batch
        .iter()
        .filter_map(|task| match task {
            PageTask::Content(id) | PageTask::Gone(id) => Some(*id),
            _ => None,
        })
        .collect()
}
