//! Home page, site map, list of addresses, the page for unknown addresses, theme files.

use std::sync::Arc;

use bytes::Bytes;
use domain::ids::ColumnId;
use render::{
    Dependency,
    page::{NotFoundPage, SiteMapPage},
    site_map::SiteMapEntry,
};
use store::{Read, published};

use super::on_blocking_thread;
use crate::{
    App, AppResult,
    release::{
        addresses, compose,
        draw::{Drawn, Facts, draw, plain_file},
        task::PageTask,
        view::{HOME_BLOCK_SIZE, SiteView},
    },
};

/// Draws pages that belong to the site as a whole.
pub(super) async fn pages(app: &App, read: &Read, view: &Arc<SiteView>, batch: &[PageTask]) -> AppResult<Vec<Drawn>> {
    let mut drawn = Vec::new();
    for task in batch {
        match task {
            PageTask::Home => drawn.push(home(app, read, view).await?),
            PageTask::SiteMap => {
                let page = SiteMapPage { columns: view.tree.site_map() };
                drawn.push(draw(&app.renderer, &view.frame, &page, Facts { status: 200, ..Facts::default() }));
            }
            PageTask::NotFound => {
                let facts = Facts { status: 404, ..Facts::default() };
                drawn.push(draw(&app.renderer, &view.frame, &NotFoundPage {}, facts));
            }
            PageTask::SiteMapXml => drawn.extend(address_files(read, view).await?),
            PageTask::Assets => drawn.extend(
                app.renderer
                    .assets()
                    .iter()
                    .map(|asset| plain_file(asset.path.clone(), asset.content_type, Bytes::from(asset.bytes.to_vec()))),
            ),
            PageTask::List(..) | PageTask::Content(_) | PageTask::Gone(_) => {}
        }
    }
    Ok(drawn)
}

async fn home(app: &App, read: &Read, view: &Arc<SiteView>) -> AppResult<Drawn> {
    let mut blocks = Vec::new();
    let mut all_columns: Vec<ColumnId> = Vec::new();
    for column in view.tree.navigation() {
        let columns = view.tree.subtree(column.id);
        blocks.push((column.id, published::newest(read, &columns, HOME_BLOCK_SIZE).await?));
        all_columns.extend(columns);
    }
    // The headline is the newest pinned item, or else the newest news.
    let pinned = published::pinned(read, &all_columns).await?;
    let news = blocks.iter().find(|(id, _)| view.tree.get(*id).is_some_and(|column| column.column_type == "工作动态"));
    let newest =
        news.or_else(|| blocks.iter().find(|(_, lines)| !lines.is_empty())).and_then(|(_, lines)| lines.first());
    let lead = pinned.first().or(newest).cloned();
    let shown =
        blocks.iter().flat_map(|(_, lines)| lines).chain(&lead).map(|line| (line.resource, line.edition)).collect();
    let more_dependencies = all_columns.iter().map(|column| Dependency::ColumnItems(column.0)).collect();
    let page = compose::home(view, &blocks, lead.as_ref());
    let (renderer, view) = (Arc::clone(&app.renderer), Arc::clone(view));
    on_blocking_thread(move || {
        draw(&renderer, &view.frame, &page, Facts { status: 200, shown, more_dependencies, ..Facts::default() })
    })
    .await
}

async fn address_files(read: &Read, view: &SiteView) -> AppResult<Vec<Drawn>> {
    let fixed = [render::path::HOME, render::path::SITE_MAP].map(str::to_owned);
    let lists = view.tree.all().iter().map(domain::column::Column::index_path);
    let mut entries: Vec<SiteMapEntry> =
        fixed.into_iter().chain(lists).map(|path| SiteMapEntry { path, changed_at: None }).collect();
    for address in published::addresses(read, view.site.id).await? {
        entries.push(SiteMapEntry { path: address.path, changed_at: Some(address.changed_at) });
    }
    let known = store::live_page::named_like(read, view.site.id, "sitemap").await?;
    let known = known.into_iter().filter(|path| addresses::is_address_file(path)).collect();
    Ok(addresses::files(view.frame.site(), entries, known)
        .into_iter()
        .map(|(path, bytes)| plain_file(path, addresses::MEDIA_TYPE, bytes))
        .collect())
}
