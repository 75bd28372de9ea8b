//! The table of everything that is served: site → path → what stands there.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use app::release::{LiveSite, PageDelta};
use axum::http::{HeaderValue, StatusCode};
use domain::{ids::SiteId, release::LivePage};

/// What stands at a path.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) path: Box<str>,
    pub(super) hash: String,
    pub(super) status: StatusCode,
    pub(super) media_type: HeaderValue,
    /// A file of an edition, in contrast to a page or a theme file.
    pub(super) is_attachment: bool,
}

/// The pages of one site.
#[derive(Debug)]
pub(super) struct SiteRoutes {
    pub(super) site: LiveSite,
    /// The release that `pages` are.
    pub(super) number: i64,
    pages: HashMap<Box<str>, Arc<Entry>>,
}

/// All sites.
#[derive(Debug, Default)]
pub(super) struct RouteTable {
    sites: Vec<Arc<SiteRoutes>>,
    by_id: HashMap<SiteId, usize>,
    by_domain: HashMap<String, usize>,
    by_slug: HashMap<String, usize>,
    /// Hosts of old sites that moved in.
    old_hosts: HashSet<String>,
}

impl SiteRoutes {
    /// All pages of a site.
    pub(super) fn new(site: LiveSite, number: i64, pages: Vec<LivePage>) -> Self {
        let pages = pages.into_iter().map(|page| (page.path.clone().into_boxed_str(), Arc::new(entry(page)))).collect();
        Self { site, number, pages }
    }

    /// The same site after some releases.
    pub(super) fn after(&self, site: LiveSite, number: i64, deltas: Vec<PageDelta>) -> Self {
        let mut pages = self.pages.clone();
        for delta in deltas {
            let path = delta.path.into_boxed_str();
            match delta.page {
                Some(page) => pages.insert(path, Arc::new(entry(page))),
                None => pages.remove(&path),
            };
        }
        Self { site, number, pages }
    }

    /// The same pages of a site whose record changed.
    pub(super) fn renamed(&self, site: LiveSite) -> Self {
        Self { site, number: self.number, pages: self.pages.clone() }
    }

    /// What stands at a path.
    pub(super) fn get(&self, path: &str) -> Option<&Arc<Entry>> {
        self.pages.get(path)
    }
}

impl RouteTable {
    /// A table of these sites, and of the hosts of old sites that moved in.
    pub(super) fn new(sites: Vec<Arc<SiteRoutes>>, old_hosts: HashSet<String>) -> Self {
        let mut table = Self { old_hosts, ..Self::default() };
        for (index, routes) in sites.iter().enumerate() {
            table.by_id.insert(routes.site.id, index);
            table.by_domain.insert(routes.site.domain.to_string(), index);
            table.by_slug.insert(routes.site.slug.clone(), index);
        }
        table.sites = sites;
        table
    }

    pub(super) fn by_id(&self, id: SiteId) -> Option<Arc<SiteRoutes>> {
        self.by_id.get(&id).and_then(|index| self.sites.get(*index)).cloned()
    }

    pub(super) fn by_domain(&self, host: &str) -> Option<Arc<SiteRoutes>> {
        self.by_domain.get(host).and_then(|index| self.sites.get(*index)).cloned()
    }

    pub(super) fn by_slug(&self, slug: &str) -> Option<Arc<SiteRoutes>> {
        self.by_slug.get(slug).and_then(|index| self.sites.get(*index)).cloned()
    }

    /// Hosts of old sites that moved in.
    pub(super) fn old_hosts(&self) -> &HashSet<String> {
        &self.old_hosts
    }

    /// All sites, by slug.
    pub(super) fn sites(&self) -> impl Iterator<Item = &SiteRoutes> {
        self.sites.iter().map(AsRef::as_ref)
    }
}

fn entry(page: LivePage) -> Entry {
    let status = u16::try_from(page.status).ok().and_then(|status| StatusCode::from_u16(status).ok());
    Entry {
        // A content page lies two folders deep, its files in a folder below it, whatever their names end in.
        is_attachment: page.edition.is_some() && page.path.matches('/').count() > 2,
        path: page.path.into_boxed_str(),
        hash: page.hash,
        status: status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        media_type: HeaderValue::try_from(page.media_type)
            .unwrap_or(HeaderValue::from_static("application/octet-stream")),
    }
}
