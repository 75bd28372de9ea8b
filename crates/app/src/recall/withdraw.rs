//! Withdrawing a resource everywhere (撤回).

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    actor::Actor,
    edition::{EditionState, LANGUAGE_CHINESE},
    ids::{RecallId, ResourceId, SiteId},
    placement::PlacementState,
    recall::{Recall, RecallReceipt},
};
use policy::{Action, Target};
use render::Dependency;
use store::library_change::{LibraryChangeKind, append};

use crate::{
    App, AppError, AppResult, authorise,
    placement::note_on_sites,
    record,
    release::{is_address_file, part_of},
};

/// Recalls a resource. `reason` is for staff, `public_notice` stands on the page that answers 410 in its place.
///
/// # Errors
/// [`AppError::Conflict`] when nothing of it is admitted.
pub async fn recall(
    app: &App,
    actor: &Actor,
    id: ResourceId,
    reason: &str,
    public_notice: &str,
) -> AppResult<RecallId> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(AppError::invalid("reason", "请写明撤回原因。"));
    }
    app.store
        .write(|tx| async move {
            let owned = store::resource::lock(&tx, id).await?.ok_or_else(|| AppError::NotFound("信息".into()))?;
            let admitted = store::edition::admitted_of(&tx, id, LANGUAGE_CHINESE).await?;
            let open = admitted.as_ref().is_some_and(|edition| edition.elements.open_mode.may_be_published());
            let target = Target::Resource { unit_path: &owned.unit_path, admitted: admitted.is_some(), open };
            authorise::visible(app, actor, Action::ResourceRead, &target, "信息")?;
            authorise::require(app, actor, Action::ResourceRecall, &target)?;
            let mut edition =
                admitted.ok_or_else(|| AppError::Conflict("这条信息没有已入库的版本，无需撤回。".into()))?;
            let placements = store::placement::lock_of_resource(&tx, id).await?;
            // Locking the sites, in the order of their keys, puts this recall before or after each of their releases,
            // never beside one.
            let mut sites: BTreeSet<SiteId> = placements.iter().map(|placement| placement.site).collect();
            sites.extend(places(&tx, id, &edition.id).await?.into_keys());
            for site in &sites {
                store::site::lock(&tx, *site).await?;
            }
            edition.state = EditionState::Recalled;
            edition.updated_at = tx.now();
            store::edition::update(&tx, &edition).await?;
            for mut placement in placements {
                let in_use = matches!(
                    placement.state,
                    PlacementState::Proposed | PlacementState::Scheduled | PlacementState::Live
                );
                if in_use {
                    placement.state = PlacementState::Recalled;
                    store::placement::update(&tx, &placement).await?;
                }
            }
            crate::stock::after_recall(&tx, id).await?;
            let recall = Recall {
                id: tx.ids().fresh(),
                resource: id,
                edition: edition.id,
                reason: reason.to_owned(),
                public_notice: public_notice.trim().to_owned(),
                recalled_by: actor.person,
                recalled_at: tx.now(),
            };
            let receipts = owed(&recall, places(&tx, id, &edition.id).await?);
            store::recall::insert(&tx, &recall, &receipts).await?;
            note_on_sites(&tx, Some(actor), sites.into_iter().map(|site| (site, id))).await?;
            // The counter of the feed before the head of the audit chain, as at admission.
            let mode = edition.elements.open_mode;
            append(&tx, LibraryChangeKind::Recalled, id, edition.id, &owned.unit_path, mode).await?;
            record::event("recall.recall", recall.id, edition.title.clone())
                .unit(owned.resource.unit)
                .before(serde_json::json!({ "edition": edition.id, "state": EditionState::Admitted }))
                .after(serde_json::json!({ "recall": recall, "places": receipts.len() }))
                .write(&tx, Some(actor))
                .await?;
            Ok(recall.id)
        })
        .await
}

/// Every live path, by site, that shows the resource: its page and files, and pages that name it.
pub(super) async fn places(
    tx: &store::Read,
    id: ResourceId,
    edition: &domain::ids::EditionId,
) -> AppResult<BTreeMap<SiteId, BTreeSet<String>>> {
    let mut found: BTreeMap<SiteId, BTreeSet<String>> = BTreeMap::new();
    for (site, page) in store::live_page::of_edition(tx, *edition).await? {
        found.entry(site).or_default().insert(page.path);
    }
    let dependency = Dependency::Resource(id.0).to_string();
    for (site, path) in store::live_page::dependants_everywhere(tx, &dependency).await? {
        found.entry(site).or_default().insert(path);
    }
    for (site, paths) in &mut found {
        // The part of the list of addresses that names its page.
        let parts: BTreeSet<String> =
            paths.iter().filter(|path| path.starts_with("content/")).map(|path| part_of(path)).collect();
        let parts: Vec<String> = parts.into_iter().collect();
        paths.extend(store::live_page::at(tx, *site, &parts).await?.into_iter().map(|standing| standing.page.path));
    }
    Ok(found)
}

fn owed(recall: &Recall, places: BTreeMap<SiteId, BTreeSet<String>>) -> Vec<RecallReceipt> {
    places
        .into_iter()
        .flat_map(|(site, paths)| paths.into_iter().map(move |path| (site, path)))
        .map(|(site, path)| RecallReceipt {
            recall: recall.id,
            site,
            place: place_name(&path).to_owned(),
            path,
            cleared_at: None,
            release_number: None,
        })
        .collect()
}

pub(super) fn place_name(path: &str) -> &'static str {
    match path {
        render::path::HOME => "首页",
        render::path::SITE_MAP => "网站地图",
        _ if is_address_file(path) => "网站地图",
        _ if path.starts_with("content/") && path.matches('/').count() > 2 => "附件",
        _ if path.starts_with("content/") => "内容页",
        _ => "列表",
    }
}
