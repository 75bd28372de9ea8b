//! What the portal serves: the live pages of each site, and word of their changes.

use bytes::Bytes;
use domain::{
    identifier::DomainName,
    ids::SiteId,
    release::LivePage,
    site::{Site, SiteState},
};
use store::{Change, Changes};

use crate::{App, AppResult};

/// A site as the portal routes to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveSite {
    /// Key.
    pub id: SiteId,
    /// Short word in addresses.
    pub slug: String,
    /// 网站名称
    pub name: String,
    /// 网站域名
    pub domain: DomainName,
    /// 主办单位
    pub sponsor_name: String,
    /// State: only [`SiteState::Live`] is served.
    pub state: SiteState,
    /// Number of the live release.
    pub release_number: i64,
}

/// A change of what stands at a path.
#[derive(Debug, Clone)]
pub struct PageDelta {
    /// Path inside the site.
    pub path: String,
    /// What stands there now; `None` when it was taken away.
    pub page: Option<LivePage>,
}

/// Word of changes of sites; see [`watch`].
pub struct LiveWatch(Changes);

impl LiveWatch {
    /// Waits until some site may have changed. `false` when the platform is shutting down.
    pub async fn changed(&mut self) -> bool {
        loop {
            match self.0.next().await {
                None => return false,
                Some(Change::Everything) => return true,
                Some(Change::Topic { topic, .. }) if topic == "site" => return true,
                Some(Change::Topic { .. }) => {}
            }
        }
    }
}

/// Subscribes to changes of sites.
pub fn watch(app: &App) -> LiveWatch {
    LiveWatch(app.store.changes())
}

/// All sites with their state and release number.
pub async fn live_sites(app: &App) -> AppResult<Vec<LiveSite>> {
    let sites = store::site::list(&app.store.read(), &store::Scope::everything()).await?;
    Ok(sites.into_iter().map(live_site).collect())
}

/// The release number of each site; the cheap question that tells whether anything changed.
pub async fn release_numbers(app: &App) -> AppResult<Vec<(SiteId, i64)>> {
    Ok(live_sites(app).await?.into_iter().map(|site| (site.id, site.release_number)).collect())
}

/// Everything live on a site, and the number of the release it is.
pub async fn live_pages(app: &App, site: SiteId) -> AppResult<(i64, Vec<LivePage>)> {
    let read = app.store.snapshot().await?;
    let number = store::site::by_id(&read, site).await?.map_or(0, |site| site.release_number);
    Ok((number, store::live_page::all(&read, site).await?))
}

/// What changed on a site after release `number`, oldest first, and the number of the newest release.
pub async fn pages_since(app: &App, site: SiteId, number: i64) -> AppResult<(i64, Vec<PageDelta>)> {
    let read = app.store.snapshot().await?;
    let mut newest = number;
    let mut deltas = Vec::new();
    for release in store::release::after(&read, site, number).await? {
        newest = release.number;
        let pages = store::release::pages(&read, release.id).await?;
        deltas.extend(
            pages
                .into_iter()
                .map(|change| PageDelta { path: change.path, page: change.after.map(|standing| standing.page) }),
        );
    }
    Ok((newest, deltas))
}

/// The bytes of a page; `None` when the file store has lost them.
pub async fn read_bytes(app: &App, hash: &str) -> AppResult<Option<Bytes>> {
    app.files.get(hash).await
}

fn live_site(site: Site) -> LiveSite {
    LiveSite {
        id: site.id,
        slug: site.slug,
        name: site.name,
        domain: site.domain,
        sponsor_name: site.sponsor_name,
        state: site.state,
        release_number: site.release_number,
    }
}
