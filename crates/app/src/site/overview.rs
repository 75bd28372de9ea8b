//! The list of sites with how each of them stands.

use std::collections::BTreeMap;

use domain::{
    actor::Actor,
    identifier::SiteCode,
    ids::SiteId,
    placement::PlacementState,
    problem::FieldProblem,
    release::Release,
    site::{Site, SiteState},
};
use store::Read;

use crate::{App, AppResult};

/// What to look for; empty fields do not restrict.
#[derive(Debug, Clone, Default)]
pub struct SiteFilter {
    /// Part of the name, the domain, the site code, the short word or the sponsor's name.
    pub text: Option<String>,
    /// State.
    pub state: Option<SiteState>,
    /// Only sites that lack a required mark.
    pub lacking: bool,
}

/// How many placements a site has, by what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct PlacementNumbers {
    /// Waiting for admission.
    pub proposed: u64,
    /// Waiting for their hour.
    pub scheduled: u64,
    /// On the site.
    pub live: u64,
    /// Taken off.
    pub removed: u64,
    /// Withdrawn everywhere.
    pub recalled: u64,
}

impl PlacementNumbers {
    /// Adds `number` placements of `state`.
    pub(crate) fn add(&mut self, state: PlacementState, number: u64) {
        *match state {
            PlacementState::Proposed => &mut self.proposed,
            PlacementState::Scheduled => &mut self.scheduled,
            PlacementState::Live => &mut self.live,
            PlacementState::Removed => &mut self.removed,
            PlacementState::Recalled => &mut self.recalled,
        } += number;
    }
}

/// One line of the list.
#[derive(Debug, Clone)]
pub struct SiteLine {
    /// The site.
    pub site: Site,
    /// Its live release; `None` before the first.
    pub live_release: Option<Release>,
    /// Required marks that its record lacks.
    pub missing: Vec<FieldProblem>,
    /// Changes that wait for the next release.
    pub pending: u64,
    /// Its placements.
    pub numbers: PlacementNumbers,
}

/// A page of the list.
#[derive(Debug, Clone)]
pub struct SitePage {
    /// Lines.
    pub rows: Vec<SiteLine>,
    /// How many match in all.
    pub total: u64,
}

/// The sites that match and that the actor may see, by name.
pub async fn overview(app: &App, actor: &Actor, filter: &SiteFilter, offset: u64, limit: u64) -> AppResult<SitePage> {
    let mut sites: Vec<Site> =
        super::list(app, actor).await?.into_iter().filter(|site| matches(site, filter)).collect();
    sites.sort_by(|a, b| (state_rank(a), &a.sponsor_path, &a.name).cmp(&(state_rank(b), &b.sponsor_path, &b.name)));
    let total = u64::try_from(sites.len()).unwrap_or(u64::MAX);
    let skip = usize::try_from(offset).unwrap_or(usize::MAX);
    let take = usize::try_from(limit).unwrap_or(usize::MAX);
    let shown: Vec<Site> = sites.into_iter().skip(skip).take(take).collect();
    let rows = lines(&app.store.read(), shown).await?;
    Ok(SitePage { rows, total })
}

pub(super) async fn lines(read: &Read, sites: Vec<Site>) -> AppResult<Vec<SiteLine>> {
    let keys: Vec<SiteId> = sites.iter().map(|site| site.id).collect();
    let pending = store::pending_change::counts(read).await?;
    let mut numbers: BTreeMap<SiteId, PlacementNumbers> = BTreeMap::new();
    for (site, state, number) in store::placement::counts_of_sites(read, &keys).await? {
        numbers.entry(site).or_default().add(state, number);
    }
    let mut rows = Vec::with_capacity(sites.len());
    for site in sites {
        rows.push(SiteLine {
            live_release: store::release::by_number(read, site.id, site.release_number).await?,
            missing: site.missing_marks(),
            pending: pending.get(&site.id).copied().unwrap_or(0),
            numbers: numbers.get(&site.id).copied().unwrap_or_default(),
            site,
        });
    }
    Ok(rows)
}

fn matches(site: &Site, filter: &SiteFilter) -> bool {
    let text = filter.text.as_deref().map(str::to_lowercase);
    let found = text.as_deref().is_none_or(|text| {
        let code = site.site_code.as_ref().map_or("", SiteCode::as_str);
        [site.name.as_str(), site.domain.as_str(), code, &site.slug, &site.sponsor_name]
            .into_iter()
            .any(|value| value.to_lowercase().contains(text))
    });
    found
        && filter.state.is_none_or(|state| site.state == state)
        && (!filter.lacking || !site.missing_marks().is_empty())
}

/// Sites that citizens read first, closed ones last.
fn state_rank(site: &Site) -> u8 {
    match site.state {
        SiteState::Live => 0,
        SiteState::Preparing => 1,
        SiteState::Suspended => 2,
        SiteState::Closed => 3,
    }
}
