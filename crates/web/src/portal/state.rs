//! The route table and how it stays fresh.

use std::{
    collections::HashSet,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use app::{
    App, AppResult,
    release::{LiveSite, live_pages, live_sites, pages_since, watch},
};
use tokio::task::JoinHandle;

use super::{
    body_cache::BodyCache,
    hit_counter::HitCounter,
    routes::{RouteTable, SiteRoutes},
};

/// Other nodes' releases are noticed within this time even when word of them got lost.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// Everything the portal needs; cheap to clone.
#[derive(Clone)]
pub struct PortalState {
    inner: Arc<Inner>,
}

struct Inner {
    app: Arc<App>,
    table: RwLock<Arc<RouteTable>>,
    bodies: BodyCache,
    hits: HitCounter,
}

impl PortalState {
    /// A portal that serves nothing yet; call [`Self::refresh`] or [`Self::keep_fresh`].
    pub fn new(app: Arc<App>) -> Self {
        let bodies = BodyCache::new();
        Self { inner: Arc::new(Inner { app, table: RwLock::default(), bodies, hits: HitCounter::default() }) }
    }

    /// Brings the table up to what is live now. Requests go on with the former table until it is complete.
    pub async fn refresh(&self) -> AppResult<()> {
        let known = self.table();
        let mut sites = Vec::new();
        let mut changed = false;
        for site in live_sites(self.app()).await? {
            let (routes, new) = self.routes_of(&known, site).await?;
            changed |= new;
            sites.push(routes);
        }
        let old_hosts: HashSet<String> =
            app::old_address::hosts(self.app()).await?.into_iter().map(|(host, _)| host).collect();
        if changed || sites.len() != known.sites().count() || old_hosts != *known.old_hosts() {
            let table = Arc::new(RouteTable::new(sites, old_hosts));
            *self.inner.table.write().unwrap_or_else(PoisonError::into_inner) = table;
        }
        Ok(())
    }

    /// Keeps the table fresh until the task is aborted: on every release of this node at once, on those of other
    /// nodes when told, and in any case twice a second.
    pub fn keep_fresh(&self) -> JoinHandle<()> {
        let portal = self.clone();
        tokio::spawn(async move {
            let mut changes = watch(portal.app());
            loop {
                if let Err(error) = portal.refresh().await {
                    // The former table goes on being served.
                    tracing::warn!(%error, "portal.refresh_failed");
                }
                if let Err(error) = portal.hits().flush(portal.app()).await {
                    // They are counted again the next time.
                    tracing::warn!(%error, "portal.hits_not_counted");
                }
                match tokio::time::timeout(LOOK_AGAIN, changes.changed()).await {
                    Ok(true) | Err(_) => {}
                    Ok(false) => return,
                }
            }
        })
    }

    pub(super) fn app(&self) -> &App {
        &self.inner.app
    }

    pub(super) fn table(&self) -> Arc<RouteTable> {
        Arc::clone(&self.inner.table.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn bodies(&self) -> &BodyCache {
        &self.inner.bodies
    }

    pub(super) fn hits(&self) -> &HitCounter {
        &self.inner.hits
    }

    /// The routes of a site, and whether they differ from those known.
    async fn routes_of(&self, known: &RouteTable, site: LiveSite) -> AppResult<(Arc<SiteRoutes>, bool)> {
        let Some(before) = known.by_id(site.id) else {
            let (number, pages) = live_pages(self.app(), site.id).await?;
            return Ok((Arc::new(SiteRoutes::new(site, number, pages)), true));
        };
        if before.number < site.release_number {
            let (number, deltas) = pages_since(self.app(), site.id, before.number).await?;
            return Ok((Arc::new(before.after(site, number, deltas)), true));
        }
        // A release may have come in after the list of sites was read; its number alone is no change of the record.
        let same = LiveSite { release_number: before.site.release_number, ..site.clone() } == before.site;
        if same { Ok((before, false)) } else { Ok((Arc::new(before.renamed(site)), true)) }
    }
}
