//! Going back to an earlier release (回退).
//!
//! A rollback is a new release whose pages are those that were live after release N. What shows an edition that is no
//! longer admitted does not come back: a rollback can never resurrect what was recalled. Such pages stay as they are
//! now, together with the content pages they lead to, and the result says which and why.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    actor::Actor,
    ids::{EditionId, ResourceId, SiteId},
    release::{LivePage, Release, ReleaseCause},
    site::Site,
};
use policy::{Action, Target};
use render::site_map::SiteMapEntry;
use store::{
    Read,
    live_page::{Sources, StandingPage},
    release::PageChange,
};

use super::{
    addresses::{self, is_address_file},
    commit::write_release,
    view::SiteView,
};
use crate::{App, AppError, AppResult, authorise, files::hash_of, record, site};

/// A page that did not go back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptBack {
    /// Path inside the site.
    pub path: String,
    /// Why, in Chinese.
    pub reason: String,
}

/// What a rollback did.
#[derive(Debug, Clone)]
pub struct RolledBack {
    /// The new release; `None` when nothing differed.
    pub release: Option<Release>,
    /// Pages that stayed as they were, with the reasons.
    pub kept: Vec<KeptBack>,
}

/// What a rollback would do.
#[derive(Debug, Clone)]
pub struct RollbackPreview {
    /// The site.
    pub site: Site,
    /// Pages that would change, with what stands there now and what would stand there.
    pub changes: Vec<PageChange>,
    /// Pages that would stay as they are, with the reasons.
    pub kept: Vec<KeptBack>,
}

/// Looks at what [`rollback`] to release `to` would do now. Changes nothing.
pub async fn preview_rollback(app: &App, actor: &Actor, id: SiteId, to: i64) -> AppResult<RollbackPreview> {
    let read = app.store.read();
    let site = site::visible(app, &read, actor, id).await?;
    authorise::require(app, actor, Action::ReleaseRollback, &Target::Site { sponsor_path: &site.sponsor_path })?;
    require_earlier(&site, to)?;
    let decided = decide(&read, &site, to).await?;
    let mut changes = decided.changes;
    changes.retain(|change| !is_address_file(&change.path));
    Ok(RollbackPreview { site, changes, kept: decided.kept })
}

/// Puts the pages of release `to` of a site back, as a new release; `reason` is kept in the trail.
pub async fn rollback(app: &App, actor: &Actor, id: SiteId, to: i64, reason: &str) -> AppResult<RolledBack> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(AppError::invalid("reason", "请写明回退的原因。"));
    }
    let read = app.store.read();
    let site = site::visible(app, &read, actor, id).await?;
    authorise::require(app, actor, Action::ReleaseRollback, &Target::Site { sponsor_path: &site.sponsor_path })?;
    require_earlier(&site, to)?;
    let mut decided = decide(&read, &site, to).await?;
    refresh_addresses(app, &read, &site, &mut decided).await?;
    let (site, decided) = (&site, &decided);
    app.store
        .write(|tx| async move {
            let now = store::site::lock(&tx, id).await?.ok_or_else(|| AppError::NotFound("网站".into()))?;
            let again = decide_shown(&tx, &decided.changes).await?;
            if now.release_number != site.release_number || !again {
                return Err(AppError::Conflict("网站刚刚有新的发布，请查看最新情况后再回退。".into()));
            }
            switch(app, &tx, actor, site, to, decided, reason).await
        })
        .await
}

struct Decided {
    changes: Vec<PageChange>,
    kept: Vec<KeptBack>,
    /// Content pages live afterwards, for the list of addresses.
    addresses: Vec<String>,
}

async fn decide(read: &Read, site: &Site, to: i64) -> AppResult<Decided> {
    // Undoing release after release, newest first, leaves what stood at each path after release `to`.
    let mut target: BTreeMap<String, Option<StandingPage>> = BTreeMap::new();
    for release in store::release::after(read, site.id, to).await?.iter().rev() {
        for change in store::release::pages(read, release.id).await? {
            target.insert(change.path, change.before);
        }
    }
    let mut live: BTreeMap<String, StandingPage> = store::live_page::all_standing(read, site.id)
        .await?
        .into_iter()
        .map(|standing| (standing.page.path.clone(), standing))
        .collect();
    let admitted = admitted_now(read, target.values().flatten()).await?;
    let mut kept: BTreeMap<String, String> = BTreeMap::new();
    for (path, wanted) in &target {
        if let Some(reason) = objection(path, wanted.as_ref(), live.get(path), &admitted) {
            kept.insert(path.clone(), reason);
        }
    }
    // A page that stays must not lead to pages that the rollback takes away.
    let led_to: BTreeSet<ResourceId> = kept
        .keys()
        .filter_map(|path| live.get(path))
        .flat_map(|standing| standing.sources.shown.iter().map(|(resource, _)| *resource))
        .collect();
    for (path, _) in target.iter().filter(|(_, wanted)| wanted.is_none()) {
        let leads = live.get(path).is_some_and(|standing| {
            standing.page.edition.is_some_and(|edition| {
                standing.sources.shown.iter().any(|(resource, shown)| *shown == edition && led_to.contains(resource))
            })
        });
        if leads {
            kept.entry(path.clone()).or_insert_with(|| "保留的页面中有指向它的链接。".to_owned());
        }
    }
    let mut changes = Vec::new();
    for (path, after) in target {
        let before = live.get(&path).cloned();
        let same = before.as_ref().map(|standing| &standing.page) == after.as_ref().map(|standing| &standing.page);
        if same || kept.contains_key(&path) {
            continue;
        }
        match &after {
            Some(standing) => live.insert(path.clone(), standing.clone()),
            None => live.remove(&path),
        };
        changes.push(PageChange { path, before, after });
    }
    let addresses = live
        .values()
        .filter(|standing| standing.page.status == 200 && standing.page.media_type.starts_with("text/html"))
        .filter(|standing| standing.page.path != render::path::NOT_FOUND)
        .map(|standing| standing.page.path.clone())
        .collect();
    let kept = kept.into_iter().map(|(path, reason)| KeptBack { path, reason }).collect();
    Ok(Decided { changes, kept, addresses })
}

/// Why a path does not go back; `None` when it does.
fn objection(
    path: &str,
    wanted: Option<&StandingPage>,
    live: Option<&StandingPage>,
    admitted: &BTreeMap<ResourceId, EditionId>,
) -> Option<String> {
    if live.is_some_and(|standing| standing.page.status == 410) {
        return Some("该内容已撤回，不得恢复。".to_owned());
    }
    match wanted {
        Some(standing) => {
            let sound =
                standing.sources.shown.iter().all(|(resource, edition)| admitted.get(resource) == Some(edition));
            (!sound).then(|| "当时的页面含有已撤回或已被新版本取代的内容，保留现有页面。".to_owned())
        }
        // Pages that stay may use them.
        None if path.starts_with("assets/") => Some("样式文件保留，供现有页面使用。".to_owned()),
        None => None,
    }
}

/// The list of addresses is written anew from what will be live: the old one may name recalled pages.
async fn refresh_addresses(app: &App, read: &Read, site: &Site, decided: &mut Decided) -> AppResult<()> {
    let view = SiteView::load(app, read, site.clone()).await?;
    let entries: Vec<SiteMapEntry> =
        decided.addresses.iter().map(|path| SiteMapEntry { path: path.clone(), changed_at: None }).collect();
    let named = decided.changes.iter().map(|change| change.path.clone());
    let known = store::live_page::named_like(read, site.id, "sitemap").await?.into_iter().chain(named);
    let known = known.filter(|path| is_address_file(path)).collect();
    decided.changes.retain(|change| !is_address_file(&change.path));
    decided.kept.retain(|kept| !is_address_file(&kept.path));
    for (path, bytes) in addresses::files(view.frame.site(), entries, known) {
        let page = LivePage {
            path: path.clone(),
            hash: hash_of(&bytes),
            media_type: addresses::MEDIA_TYPE.to_owned(),
            status: 200,
            edition: None,
            size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        };
        app.files.put(bytes).await?;
        let before = store::live_page::at(read, site.id, std::slice::from_ref(&path)).await?.pop();
        if before.as_ref().map(|standing| &standing.page) != Some(&page) {
            let after = Some(StandingPage { page, sources: Sources::default() });
            decided.changes.push(PageChange { path, before, after });
        }
    }
    Ok(())
}

fn require_earlier(site: &Site, to: i64) -> AppResult<()> {
    if to >= 1 && to < site.release_number {
        return Ok(());
    }
    Err(AppError::Conflict(match site.release_number {
        0 | 1 => "网站还没有可以回退到的发布版。".to_owned(),
        number => format!("请选择第 1 版至第 {} 版之间的一版。", number - 1),
    }))
}

async fn switch(
    app: &App,
    tx: &store::Tx,
    actor: &Actor,
    site: &Site,
    to: i64,
    decided: &Decided,
    reason: &str,
) -> AppResult<RolledBack> {
    let only_addresses = decided.changes.iter().all(|change| is_address_file(&change.path));
    if only_addresses {
        return Ok(RolledBack { release: None, kept: decided.kept.clone() });
    }
    let written = decided.changes.iter().filter(|change| change.after.is_some()).count();
    let release = Release {
        id: tx.ids().fresh(),
        site: site.id,
        number: site.release_number + 1,
        cause: ReleaseCause::Rollback,
        rolled_back_to: Some(to),
        pages_written: i64::try_from(written).unwrap_or(i64::MAX),
        pages_removed: i64::try_from(decided.changes.len() - written).unwrap_or(i64::MAX),
        theme_version: app.renderer.theme_version().to_owned(),
        made_by: Some(actor.person),
        made_at: tx.now(),
    };
    write_release(tx, site, &release, &decided.changes).await?;
    let back: Vec<&StandingPage> = decided.changes.iter().filter_map(|change| change.after.as_ref()).collect();
    store::live_page::set_dependencies(tx, site.id, &back).await?;
    let kept: Vec<&str> = decided.kept.iter().map(|kept| kept.path.as_str()).collect();
    record::event("release.rollback", release.id, format!("{} 第{}版", site.name, release.number))
        .unit(site.sponsor)
        .before(serde_json::json!({ "release": site.release_number }))
        .after(serde_json::json!({ "release": release, "kept": kept, "reason": reason }))
        .write(tx, Some(actor))
        .await?;
    Ok(RolledBack { release: Some(release), kept: decided.kept.clone() })
}

async fn admitted_now(
    read: &Read,
    pages: impl Iterator<Item = &StandingPage>,
) -> AppResult<BTreeMap<ResourceId, EditionId>> {
    let shown: BTreeSet<ResourceId> =
        pages.flat_map(|standing| standing.sources.shown.iter().map(|(resource, _)| *resource)).collect();
    Ok(store::published::admitted(read, &shown.into_iter().collect::<Vec<_>>()).await?)
}

/// Is everything that comes back still admitted?
async fn decide_shown(read: &Read, changes: &[PageChange]) -> AppResult<bool> {
    let pages: Vec<&StandingPage> = changes.iter().filter_map(|change| change.after.as_ref()).collect();
    let admitted = admitted_now(read, pages.iter().copied()).await?;
    Ok(pages.iter().all(|standing| {
        standing.sources.shown.iter().all(|(resource, edition)| admitted.get(resource) == Some(edition))
    }))
}
