//! Switching a site to a prepared release: one transaction, all or nothing.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    ids::{EditionId, ResourceId},
    recall::RecallReceipt,
    release::Release,
    site::{Site, SiteState},
};
use store::{Tx, alarm::NewAlarm, live_page::StandingPage, release::PageChange};

use super::{
    addresses::is_address_file,
    publish::{Prepared, Published},
};
use crate::{App, AppResult, record};

/// What came of a commit.
pub(crate) enum Committed {
    /// All of it is live.
    Done(Published),
    /// Pages were left out because something they show is no longer admitted; the changes still wait.
    Partly(Published),
    /// Another release came first: render again.
    Stale,
}

/// Puts a prepared release live. `None` when another release came first and it must be prepared again.
pub async fn commit(app: &App, prepared: &Prepared) -> AppResult<Option<Published>> {
    Ok(match commit_prepared(app, prepared).await? {
        Committed::Done(published) | Committed::Partly(published) => Some(published),
        Committed::Stale => None,
    })
}

pub(crate) async fn commit_prepared(app: &App, prepared: &Prepared) -> AppResult<Committed> {
    let committed = app.store.write(|tx| async move { switch(app, &tx, prepared).await }).await?;
    if !matches!(committed, Committed::Stale) {
        clear_refusals(app, prepared).await?;
        raise_refusals(app, &prepared.site, &prepared.outcome.refused).await?;
    }
    Ok(committed)
}

async fn switch(app: &App, tx: &Tx, prepared: &Prepared) -> AppResult<Committed> {
    let id = prepared.site.id;
    // Recalls lock the site too, so a recall is either seen below or finds this release already written.
    let Some(site) = store::site::lock(tx, id).await? else { return Ok(Committed::Stale) };
    let same_settings = site.lock_version == prepared.site.lock_version && site.state == SiteState::Live;
    if site.release_number != prepared.site.release_number || !same_settings {
        return Ok(Committed::Stale);
    }
    let admitted = still_admitted(tx, prepared).await?;
    let sound = |shown: &[(ResourceId, EditionId)]| {
        shown.iter().all(|(resource, edition)| admitted.get(resource) == Some(edition))
    };
    let (kept, left_out): (Vec<_>, Vec<_>) =
        prepared.outcome.made.iter().partition(|made| sound(&made.standing.sources.shown));
    let changed: Vec<_> = kept.iter().filter(|made| made.changes_page()).collect();
    let mut release = None;
    let mut number = site.release_number;
    if !changed.is_empty() || !prepared.removed.is_empty() {
        number += 1;
        let changes: Vec<PageChange> = changed
            .iter()
            .map(|made| PageChange {
                path: made.standing.page.path.clone(),
                before: made.before.clone(),
                after: Some(made.standing.clone()),
            })
            .chain(prepared.removed.iter().map(|standing| PageChange {
                path: standing.page.path.clone(),
                before: Some(standing.clone()),
                after: None,
            }))
            .collect();
        let new = Release {
            id: tx.ids().fresh(),
            site: id,
            number,
            cause: prepared.cause,
            rolled_back_to: None,
            pages_written: count(changed.len()),
            pages_removed: count(prepared.removed.len()),
            theme_version: app.renderer.theme_version().to_owned(),
            made_by: prepared.made_by(),
            made_at: tx.now(),
        };
        write_release(tx, &site, &new, &changes).await?;
        release = Some(new);
    }
    // Same bytes from other sources: no release, but the sources must be right for the next change.
    let resourced: Vec<&StandingPage> =
        kept.iter().filter(|made| !made.changes_page()).map(|made| &made.standing).collect();
    store::live_page::put(tx, id, &resourced, number).await?;
    let redirected: Vec<&StandingPage> =
        kept.iter().filter(|made| made.changes_dependencies()).map(|made| &made.standing).collect();
    store::live_page::set_dependencies(tx, id, &redirected).await?;
    sign_receipts(tx, prepared, number).await?;
    if left_out.is_empty() {
        let handled: Vec<_> = prepared.pending.iter().map(|change| change.id).collect();
        store::pending_change::delete(tx, &handled).await?;
    }
    if let Some(release) = &release {
        record::event("release.publish", release.id, format!("{} 第{}版", site.name, release.number))
            .unit(site.sponsor)
            .after(release)
            .write(tx, None)
            .await?;
    }
    let published = Published { release, refused: prepared.outcome.refused.clone() };
    Ok(if left_out.is_empty() { Committed::Done(published) } else { Committed::Partly(published) })
}

/// Writes the rows of a release and makes it the live one. The site is locked.
pub(crate) async fn write_release(tx: &Tx, site: &Site, release: &Release, changes: &[PageChange]) -> AppResult<()> {
    let pages: Vec<&StandingPage> = changes.iter().filter_map(|change| change.after.as_ref()).collect();
    let removed: Vec<String> =
        changes.iter().filter(|change| change.after.is_none()).map(|change| change.path.clone()).collect();
    store::release::insert(tx, release, changes).await?;
    store::live_page::put(tx, site.id, &pages, release.number).await?;
    store::live_page::remove(tx, site.id, &removed).await?;
    store::site::set_release_number(tx, site.id, release.number).await?;
    tx.after_commit_announce("site", site.id);
    Ok(())
}

/// The admitted editions, now, of everything the prepared pages show.
async fn still_admitted(tx: &Tx, prepared: &Prepared) -> AppResult<BTreeMap<ResourceId, EditionId>> {
    let made = prepared.outcome.made.iter();
    let shown: BTreeSet<ResourceId> =
        made.flat_map(|made| made.standing.sources.shown.iter().map(|(resource, _)| *resource)).collect();
    Ok(store::published::admitted(tx, &shown.into_iter().collect::<Vec<_>>()).await?)
}

/// Signs the receipts of places that no longer show what was recalled.
async fn sign_receipts(tx: &Tx, prepared: &Prepared, number: i64) -> AppResult<()> {
    let site = prepared.site.id;
    let owed = store::recall::owed_by(tx, site).await?;
    if owed.is_empty() {
        return Ok(());
    }
    let paths: Vec<String> = owed.iter().map(|(_, receipt)| receipt.path.clone()).collect();
    let live: BTreeMap<String, StandingPage> = store::live_page::at(tx, site, &paths)
        .await?
        .into_iter()
        .map(|standing| (standing.page.path.clone(), standing))
        .collect();
    let mut cleared: Vec<RecallReceipt> = Vec::new();
    for (edition, receipt) in owed {
        let clear = match live.get(&receipt.path) {
            None => true,
            // The list of addresses notes no resources; any rendering after the recall leaves it out.
            Some(_) if is_address_file(&receipt.path) => prepared.outcome.standing.contains(&receipt.path),
            Some(standing) => standing.sources.shown.iter().all(|(_, shown)| *shown != edition),
        };
        if clear {
            cleared.push(receipt);
        }
    }
    store::recall::clear(tx, &cleared, tx.now(), number).await?;
    Ok(())
}

/// Clears the alarms of pages that were refused before and are all right now.
async fn clear_refusals(app: &App, prepared: &Prepared) -> AppResult<()> {
    let prefix = refusal_key(&prepared.site, "");
    let refused = |path: &str| prepared.outcome.refused.iter().any(|(refused, _)| refused == path);
    let up = store::alarm::up(&app.store.read(), &store::Scope::everything(), true, 1000).await?;
    let over: Vec<String> = up
        .into_iter()
        .filter_map(|alarm| {
            let path = alarm.dedupe_key.strip_prefix(&prefix)?;
            let tried = path == WHOLE_SITE || prepared.outcome.standing.contains(path);
            (tried && !refused(path)).then_some(alarm.dedupe_key)
        })
        .collect();
    if over.is_empty() {
        return Ok(());
    }
    let over = &over;
    app.store
        .write(|tx| async move {
            for key in over {
                store::alarm::clear(&tx, key).await?;
            }
            Ok::<_, crate::AppError>(())
        })
        .await
}

/// Stands for the site itself where a path is expected.
pub(crate) const WHOLE_SITE: &str = "网站";

fn refusal_key(site: &Site, path: &str) -> String {
    format!("release.page_refused:{}:{path}", site.id)
}

/// Pages that get an alarm of their own; a fault of the whole site must not bury people in thousands of them.
const MOST_ALARMS: usize = 20;

/// Raises one alarm per refused page, with the reasons, and one for the rest when there are many.
pub(crate) async fn raise_refusals(app: &App, site: &Site, refused: &[(String, Vec<String>)]) -> AppResult<()> {
    if refused.is_empty() {
        return Ok(());
    }
    let name = &site.name;
    let mut alarms: Vec<(String, String)> = refused
        .iter()
        .take(MOST_ALARMS)
        .map(|(path, reasons)| {
            let reasons = reasons.join("；");
            (path.clone(), format!("“{name}”的 {path} 未能发布，如有原页面则予以保留：{reasons}"))
        })
        .collect();
    if refused.len() > MOST_ALARMS {
        let message = format!("“{name}”共有 {} 个页面未能发布，请按其中各条告警的原因处理。", refused.len());
        alarms.push((WHOLE_SITE.to_owned(), message));
    }
    let alarms = &alarms;
    app.store
        .write(|tx| async move {
            for (path, message) in alarms {
                let alarm = NewAlarm {
                    kind: "release.page_refused".to_owned(),
                    dedupe_key: refusal_key(site, path),
                    unit: Some(site.sponsor),
                    subject_id: site.id.to_string(),
                    message: message.clone(),
                };
                store::alarm::raise(&tx, &alarm).await?;
            }
            Ok::<_, crate::AppError>(())
        })
        .await
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
