//! Making a release from what is pending on a site.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::{
    ids::{PersonId, ResourceId, SiteId},
    release::{Release, ReleaseCause},
    site::{Site, SiteState},
};
use store::{
    Read,
    live_page::StandingPage,
    pending_change::{Changed, PendingChange},
    published,
};

use super::{
    batch::{Outcome, render_all},
    commit::{Committed, commit_prepared},
    plan::Plan,
    task::PageTask,
    view::SiteView,
};
use crate::{App, AppError, AppResult};

/// How often one job starts over because others published or recalled meanwhile.
const ATTEMPTS: usize = 5;

/// What a publication did.
#[derive(Debug, Clone)]
pub struct Published {
    /// The new release; `None` when no byte changed.
    pub release: Option<Release>,
    /// Pages that were refused and kept their former version, with the reasons.
    pub refused: Vec<(String, Vec<String>)>,
}

/// A release that is rendered and stored, but not yet live.
pub struct Prepared {
    pub(crate) site: Site,
    pub(crate) pending: Vec<PendingChange>,
    pub(crate) outcome: Outcome,
    /// Paths to be taken away, with what stands there.
    pub(crate) removed: Vec<StandingPage>,
    pub(crate) cause: ReleaseCause,
}

impl Prepared {
    /// Paths that would change, for messages and tests.
    pub fn changed_paths(&self) -> Vec<String> {
        let made = self.outcome.made.iter().filter(|made| made.changes_page()).map(|made| &made.standing);
        let mut paths: Vec<String> = made.chain(&self.removed).map(|standing| standing.page.path.clone()).collect();
        paths.sort();
        paths
    }

    /// Who caused it, when it was one person.
    pub(crate) fn made_by(&self) -> Option<PersonId> {
        let mut persons = self.pending.iter().map(|change| change.made_by);
        let first = persons.next()??;
        persons.all(|person| person == Some(first)).then_some(first)
    }
}

/// Publishes what is pending on a site. Safe to call at any time, any number of times, from any number of nodes.
///
/// Returns `None` when nothing is pending, or when the site may not publish now: its changes then go on waiting.
pub async fn publish_site(app: &App, site: SiteId) -> AppResult<Option<Published>> {
    let mut last = None;
    for _ in 0..ATTEMPTS {
        let Some(prepared) = prepare(app, site).await? else { return Ok(last) };
        match commit_prepared(app, &prepared).await? {
            Committed::Done(published) => return Ok(Some(published)),
            // Something it shows was recalled or replaced while it was rendered; the rest is live, look again.
            Committed::Partly(published) => last = Some(published),
            Committed::Stale => {}
        }
    }
    match last {
        Some(published) => Ok(Some(published)),
        None => Err(AppError::Conflict("网站正被连续发布，请稍候重试。".into())),
    }
}

/// Renders what is pending on a site and stores the bytes. Nothing becomes visible.
pub async fn prepare(app: &App, id: SiteId) -> AppResult<Option<Prepared>> {
    // All pages of a release are made from one moment, so that lists and pages add up.
    let read = app.store.snapshot().await?;
    let Some(site) = store::site::by_id(&read, id).await? else { return Ok(None) };
    let pending = store::pending_change::of_site(&read, id).await?;
    if pending.is_empty() || site.state != SiteState::Live {
        return Ok(None);
    }
    let missing = site.missing_marks();
    if !missing.is_empty() {
        let reasons = missing.into_iter().map(|problem| problem.message).collect();
        super::commit::raise_refusals(app, &site, &[(super::commit::WHOLE_SITE.to_owned(), reasons)]).await?;
        return Ok(None);
    }
    let last = store::release::by_number(&read, id, site.release_number).await?;
    let new_theme = last.is_none_or(|release| release.theme_version != app.renderer.theme_version());
    let view = Arc::new(SiteView::load(app, &read, site.clone()).await?);
    let changes: Vec<Changed> = pending.iter().map(|change| change.changed).collect();
    let plan = if new_theme {
        Plan::everything(&read, &view).await?
    } else {
        Plan::for_changes(&read, &view, &changes).await?
    };
    let cause = if plan.full && site.release_number > 0 { ReleaseCause::Rebuild } else { ReleaseCause::Content };
    let mut outcome = render_all(app, &read, &view, plan.tasks.into_iter().collect(), plan.full).await?;
    lead_somewhere(app, &read, &view, &mut outcome).await?;
    let gone: Vec<String> = plan.removals.into_iter().filter(|path| !outcome.standing.contains(path)).collect();
    let removed = store::live_page::at(&read, id, &gone).await?;
    Ok(Some(Prepared { site, pending, outcome, removed, cause }))
}

/// Renders the content pages that new lists lead to and that are not live: after a rollback a list may name again
/// what the rollback had taken away.
async fn lead_somewhere(app: &App, read: &Read, view: &Arc<SiteView>, outcome: &mut Outcome) -> AppResult<()> {
    let shown: BTreeSet<ResourceId> = outcome
        .made
        .iter()
        .filter(|made| made.standing.page.status == 200)
        .flat_map(|made| made.standing.sources.shown.iter().map(|(resource, _)| *resource))
        .collect();
    let shown: Vec<ResourceId> = shown.into_iter().collect();
    let mut led_to: BTreeMap<String, ResourceId> = BTreeMap::new();
    for resource in published::resources(read, &shown).await? {
        if !outcome.standing.contains(&resource.page_path()) {
            led_to.insert(resource.page_path(), resource.id);
        }
    }
    let paths: Vec<String> = led_to.keys().cloned().collect();
    for standing in store::live_page::at(read, view.site.id, &paths).await? {
        if standing.page.status == 200 {
            led_to.remove(&standing.page.path);
        }
    }
    let tasks: Vec<PageTask> = led_to.into_values().map(PageTask::Content).collect();
    let more = render_all(app, read, view, tasks, false).await?;
    outcome.made.extend(more.made);
    outcome.standing.extend(more.standing);
    outcome.refused.extend(more.refused);
    Ok(())
}
