//! Going live (上线): from now on the platform answers for the old addresses: 301 to the new page, the archived original, or
//! 410 with the reason. Never a silent 404.

use std::collections::{BTreeSet, HashMap};

use domain::{
    actor::Actor,
    edition::EditionState,
    ids::{ColumnId, MigrationId, ResourceId},
    migration::{ColumnDecision, DecidedBy, Fate, MigrationState, OldColumn, OldPage, OldPageKind},
    site::SiteState,
};
use policy::Action;
use store::{
    migration::page::PageFilter,
    old_address::{OldAddress, OldAnswer},
    pending_change::Changed,
};

use super::{
    address::canonical,
    reach::{Reached, hold, reach},
    reading::RECORD_MEDIA,
};
use crate::{App, AppError, AppResult, record, release::note_and_enqueue};

/// Flagged pages looked at; with more of them there is enough to do.
const MOST_FLAGGED: u64 = 10_000;
/// Addresses written in one transaction.
const HANDFUL: usize = 500;

/// What stands in the way of going live, in plain Chinese.
///
/// # Errors
/// [`AppError::NotFound`] for another office's migration.
pub async fn hurdles(app: &App, actor: &Actor, id: MigrationId) -> AppResult<Vec<String>> {
    let read = app.store.read();
    let reached = reach(app, &read, actor, id, Action::MigrationRead).await?;
    hurdles_of(&read, &reached).await
}

async fn hurdles_of(read: &store::Read, reached: &Reached) -> AppResult<Vec<String>> {
    let id = reached.migration.id;
    let balance = store::migration::page::balance(read, id).await?;
    let mut hurdles = balance.objections();
    let queue = store::migration::review_queue::of(read, id).await?;
    let admitted = queue.iter().filter(|one| one.state == EditionState::Admitted).count() as u64;
    let texts = balance.cell(OldPageKind::Article, Fate::Moved) + balance.cell(OldPageKind::Guide, Fate::Moved);
    let open = texts.saturating_sub(admitted);
    if open > 0 {
        hurdles.push(format!("还有 {open} 个要迁移的页面没有入库：请完成修改、送审和审核，或改为归档、不迁移。"));
    }
    let shown = PageFilter { fate: Some(Fate::Archived), flagged: true, ..PageFilter::default() };
    let (flagged, _) = store::migration::page::list(read, id, &shown, 0, MOST_FLAGGED).await?;
    let unseen = flagged.iter().filter(|page| page.blocks > 0 && page.fate_by != DecidedBy::Person).count();
    if unseen > 0 {
        hurdles.push(format!(
            "有 {unseen} 个要归档的页面或附件含个人信息或敏感词，归档后公众能看到原件：请在“旧页面”中逐个核对，改为不迁移，或确认归档。"
        ));
    }
    hurdles.extend(claimed(read, reached).await?);
    hurdles.extend(reached.site.missing_marks().into_iter().map(|problem| problem.message));
    if matches!(reached.site.state, SiteState::Suspended | SiteState::Closed) {
        hurdles.push(format!("网站“{}”目前为“{}”，不能上线。", reached.site.name, reached.site.state.chinese()));
    }
    Ok(hurdles)
}

/// Hosts that belong to another site of the platform: whoever copies another office's pages must not answer for them.
async fn claimed(read: &store::Read, reached: &Reached) -> AppResult<Vec<String>> {
    let sites = store::site::list(read, &store::Scope::everything()).await?;
    let taken = store::migration::project::live_hosts(read).await?;
    let mut claimed = Vec::new();
    for host in &reached.migration.hosts {
        let domain = sites
            .iter()
            .find(|site| site.id != reached.site.id && without_www(site.domain.as_str()) == without_www(host));
        let before =
            taken.iter().find(|(known, site)| without_www(known) == without_www(host) && *site != reached.site.id);
        let owner = domain.or(before.and_then(|(_, id)| sites.iter().find(|site| site.id == *id)));
        if let Some(owner) = owner {
            claimed.push(format!("域名 {host} 的地址由网站“{}”答复，不能由本网站接管。", owner.name));
        }
    }
    Ok(claimed)
}

/// Takes the old addresses over. A site that is being prepared goes live with it. Repeated after a later collection, it
/// brings the answers up to date; their counts stay.
///
/// # Errors
/// [`AppError::Forbidden`] unless the actor manages the site; [`AppError::Conflict`] naming what stands in the way.
pub async fn go_live(app: &App, actor: &Actor, id: MigrationId) -> AppResult<u64> {
    let read = app.store.read();
    let reached = reach(app, &read, actor, id, Action::MigrationGoLive).await?;
    let states = [MigrationState::Tried, MigrationState::Reviewing, MigrationState::Live];
    reached.require(&states, "上线")?;
    let hurdles = hurdles_of(&read, &reached).await?;
    if !hurdles.is_empty() {
        return Err(AppError::Conflict(hurdles.join("")));
    }
    let addresses = addresses(app, &read, &reached).await?;
    for handful in addresses.chunks(HANDFUL) {
        app.store
            .write(|tx| async move {
                hold(app, &tx, actor, id, Action::MigrationGoLive).await?;
                store::old_address::keep(&tx, handful).await?;
                Ok::<_, AppError>(())
            })
            .await?;
    }
    let count = addresses.len() as u64;
    let hosts: BTreeSet<String> = addresses.iter().map(|address| address.host.clone()).collect();
    let hosts = &hosts;
    app.store
        .write(|tx| async move {
            let mut reached = hold(app, &tx, actor, id, Action::MigrationGoLive).await?;
            reached.require(&states, "上线")?;
            if reached.site.state == SiteState::Preparing {
                let site = domain::site::Site { state: SiteState::Live, ..reached.site.clone() };
                store::site::update(&tx, &site).await?;
                note_and_enqueue(&tx, site.id, &[Changed::Site], Some(actor.person)).await?;
            }
            tx.after_commit_announce("site", reached.site.id);
            let before = reached.migration.state;
            reached.migration.state = MigrationState::Live;
            reached.migration.live_at.get_or_insert(tx.now());
            let known = reached.migration.hosts.clone();
            reached.migration.hosts.extend(hosts.iter().filter(|host| !known.contains(host)).cloned());
            store::migration::project::update(&tx, &reached.migration).await?;
            record::event("migration.go_live", id, &reached.migration.name)
                .unit(reached.unit.id)
                .before(serde_json::json!({ "state": before, "site": reached.site.state }))
                .after(serde_json::json!({ "addresses": count, "hosts": reached.migration.hosts }))
                .write(&tx, Some(actor))
                .await
        })
        .await?;
    Ok(count)
}

/// What each old address will answer.
async fn addresses(app: &App, read: &store::Read, reached: &Reached) -> AppResult<Vec<OldAddress>> {
    let id = reached.migration.id;
    let columns = store::migration::column::of(read, id).await?;
    let mut pages: Vec<OldPage> = Vec::new();
    let mut after = None;
    loop {
        let handful = store::migration::page::after(read, id, &[], after, 500).await?;
        let Some(last) = handful.last() else { break };
        after = Some(last.id);
        pages.extend(handful);
    }
    let by_address: HashMap<&str, &OldPage> = pages.iter().map(|page| (page.address.as_str(), page)).collect();
    let mut files: HashMap<String, (ResourceId, String)> = HashMap::new();
    for page in pages.iter().filter(|page| page.fate == Fate::Moved && page.resource.is_some()) {
        let (Some(resource), Some(edition)) = (page.resource, page.edition) else { continue };
        for attachment in store::attachment::of_edition(read, edition).await? {
            files.entry(attachment.hash).or_insert((resource, attachment.file_name));
        }
    }
    let mut addresses = Vec::with_capacity(pages.len());
    for page in &pages {
        let Some(address) = canonical(&page.address) else { continue };
        let end = end_of(page, &by_address);
        // What the old system did not show never answered there, and its title is nobody's business.
        if end.kind == OldPageKind::Other && end.media_type.as_deref() == Some(RECORD_MEDIA) {
            continue;
        }
        // A record that never had an address of its own is no address.
        if address.path.contains("zhengtong-record=") || address.path.contains("zhengtong-place=") {
            continue;
        }
        if !reached.migration.hosts.contains(&address.host) && !own_hosts(&reached.migration.hosts, &address.host) {
            continue;
        }
        addresses.push(OldAddress {
            id: app.ids.fresh(),
            site: reached.site.id,
            migration: id,
            host: address.host,
            path: address.path,
            title: page.title_now().to_owned(),
            answer: answer(end, &columns, &files),
            reason: if end.id == page.id { page.fate_reason.clone() } else { end.fate_reason.clone() },
            collected_at: end.collected_at,
            hits: 0,
            last_hit_at: None,
        });
    }
    Ok(addresses)
}

/// The page that stands for another one in the end.
fn end_of<'a>(page: &'a OldPage, by_address: &HashMap<&str, &'a OldPage>) -> &'a OldPage {
    let mut at = page;
    for _ in 0..10 {
        let next = at.merged_into.as_deref().and_then(|address| by_address.get(address)).copied();
        match next {
            Some(next) if next.id != at.id && at.fate == Fate::Merged => at = next,
            _ => break,
        }
    }
    at
}

fn answer(page: &OldPage, columns: &[OldColumn], files: &HashMap<String, (ResourceId, String)>) -> OldAnswer {
    let archived = || match &page.hash {
        Some(hash) => {
            let media = page.media_type.clone().unwrap_or_else(|| "application/octet-stream".to_owned());
            OldAnswer::Archived(hash.clone(), media)
        }
        None => OldAnswer::Gone,
    };
    match (page.fate, page.kind) {
        (Fate::Moved, OldPageKind::File) => match page.hash.as_ref().and_then(|hash| files.get(hash)) {
            Some((resource, name)) => OldAnswer::Resource(*resource, Some(name.clone())),
            None => archived(),
        },
        (Fate::Moved, _) => page.resource.map_or(OldAnswer::Gone, |resource| OldAnswer::Resource(resource, None)),
        (Fate::Merged, OldPageKind::List) => OldAnswer::Column(column_for(page, columns)),
        (Fate::Merged, _) => OldAnswer::Column(None),
        (Fate::Archived, _) => archived(),
        (Fate::Dropped | Fate::Undecided, _) => OldAnswer::Gone,
    }
}

/// The new column that stands for an old list: its own, or that of the first column below it.
fn column_for(page: &OldPage, columns: &[OldColumn]) -> Option<ColumnId> {
    let below = format!("{}/", page.column_key);
    let moving = columns.iter().filter(|column| column.decision == ColumnDecision::Move);
    let own = moving.clone().find(|column| column.key == page.column_key);
    let under = || moving.clone().find(|column| !page.column_key.is_empty() && column.key.starts_with(&below));
    own.or_else(under).and_then(|column| column.target)
}

/// `www.` before a host of the old site, or without it.
fn own_hosts(hosts: &[String], host: &str) -> bool {
    hosts.iter().any(|known| without_www(known) == without_www(host))
}

fn without_www(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}
