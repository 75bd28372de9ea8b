//! The route table and how it stays fresh.

use std::{
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
}

impl PortalState {
    /// A portal that serves nothing yet; call [`Self::refresh`] or [`Self::keep_fresh`].
    pub fn new(app: Arc<App>) -> Self {
        let bodies = BodyCache::new();
        Self { inner: Arc::new(Inner { app, table: RwLock::default(), bodies }) }
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
        if changed || sites.len() != known.sites().count() {
            let table = Arc::new(RouteTable::new(sites));
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
