//! The releases of a site, for its managers.

use std::collections::BTreeMap;

use domain::{actor::Actor, ids::SiteId, release::Release, site::Site};
use policy::{Action, Target};
use store::release::PageChange;

use crate::{App, AppError, AppResult, authorise, site};

/// A page of the list of releases.
#[derive(Debug, Clone)]
pub struct ReleaseList {
    /// Newest first.
    pub releases: Vec<Release>,
    /// How many there are in all.
    pub total: u64,
    /// Changes that wait for the next release.
    pub pending: usize,
}

/// Releases of a site that the actor may see.
pub async fn list(app: &App, actor: &Actor, id: SiteId, offset: u64, limit: u64) -> AppResult<ReleaseList> {
    let read = app.store.read();
    let site = site::visible(app, &read, actor, id).await?;
    let (releases, total) = store::release::list(&read, site.id, offset, limit).await?;
    let pending = store::pending_change::of_site(&read, site.id).await?.len();
    Ok(ReleaseList { releases, total, pending })
}

/// One release with what it did, by path.
pub async fn detail(app: &App, actor: &Actor, id: SiteId, number: i64) -> AppResult<(Release, Vec<PageChange>)> {
    let read = app.store.read();
    let site = site::visible(app, &read, actor, id).await?;
    authorise::require(app, actor, Action::SiteRead, &Target::Site { sponsor_path: &site.sponsor_path })?;
    let release = store::release::by_number(&read, id, number)
        .await?
        .ok_or_else(|| AppError::NotFound(format!("“{}”的第 {number} 版", site.name)))?;
    let pages = store::release::pages(&read, release.id).await?;
    Ok((release, pages))
}

/// A release with its surroundings.
#[derive(Debug, Clone)]
pub struct ReleaseDetail {
    /// Its site.
    pub site: Site,
    /// The release.
    pub release: Release,
    /// What it did, by path.
    pub pages: Vec<PageChange>,
    /// Why it was made, in the words of the person who rolled back.
    pub reason: Option<String>,
}

/// [`detail`] with the site and the reason given for a rollback.
pub async fn detail_with_reason(app: &App, actor: &Actor, id: SiteId, number: i64) -> AppResult<ReleaseDetail> {
    let (release, pages) = detail(app, actor, id, number).await?;
    let read = app.store.read();
    let site = site::visible(app, &read, actor, id).await?;
    let events = store::audit::of_subjects(&read, &["release"], &[release.id.to_string()], 10).await?;
    let reason = events
        .iter()
        .find_map(|event| event.entry.after.get("reason").and_then(serde_json::Value::as_str).map(str::to_owned));
    Ok(ReleaseDetail { site, release, pages, reason })
}

/// Releases of all sites that the actor may see (or of one), newest first, with their sites, and how many there are.
pub async fn newest(
    app: &App,
    actor: &Actor,
    only: Option<SiteId>,
    offset: u64,
    limit: u64,
) -> AppResult<(Vec<(Release, Site)>, u64)> {
    let sites: BTreeMap<SiteId, Site> = site::list(app, actor).await?.into_iter().map(|site| (site.id, site)).collect();
    let keys: Vec<SiteId> = sites.keys().copied().filter(|id| only.is_none_or(|wanted| wanted == *id)).collect();
    let (releases, total) = store::release::newest(&app.store.read(), &keys, offset, limit).await?;
    let rows = releases
        .into_iter()
        .filter_map(|release| sites.get(&release.site).map(|site| (release, site.clone())))
        .collect();
    Ok((rows, total))
}
