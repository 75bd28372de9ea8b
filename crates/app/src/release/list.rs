//! The releases of a site, for its managers.

use domain::{actor::Actor, ids::SiteId, release::Release};
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
