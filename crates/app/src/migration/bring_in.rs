//! Bringing one old page in: a draft with its files and its place, as if an editor had typed it.

use std::{collections::HashMap, sync::Arc};

use bytes::Bytes;
use domain::{
    actor::Actor,
    attachment::{Attachment, AttachmentUse},
    column::Column,
    edition::{Edition, EditionState},
    migration::{ColumnDecision, DecidedBy, OldColumn, OldPage, OldPageKind},
    placement::{Placement, PlacementState},
    resource::ResourceKind,
};
use extract::page::SiteRules;
use screen::Severity;

use super::{
    address::canonical,
    reach::Reached,
    reading::{self, Reading},
};
use crate::{
    App, AppError, AppResult,
    attachment::{media_type, numbered, safe_name},
    edition::{Loaded, NewDraft, create_in, hash_of, run_in},
    record,
};

/// Everything that is the same for all pages of a run.
pub(super) struct Surroundings {
    pub reached: Reached,
    pub columns: HashMap<String, OldColumn>,
    pub targets: Vec<Column>,
    /// Addresses of the further pages of articles, by the address of the first.
    pub further: HashMap<String, Vec<String>>,
    pub rules: Arc<Option<SiteRules>>,
    pub actor: Actor,
}

/// A file that goes with the page.
struct FileToBring {
    /// As it stands in the text.
    addresses: Vec<String>,
    name: String,
    media_type: &'static str,
    size: i64,
    hash: String,
    usage: AttachmentUse,
}

/// A page made ready outside of any transaction.
pub(super) struct Prepared {
    page: OldPage,
    reading: Reading,
    files: Vec<FileToBring>,
    remarks: Vec<String>,
}

impl Prepared {
    /// The old page.
    pub(super) fn page(&self) -> &OldPage {
        &self.page
    }
}

/// Reads a page and gathers its files; their texts are read for the screening.
pub(super) async fn prepare(app: &App, around: &Surroundings, page: OldPage) -> AppResult<Result<Prepared, String>> {
    let Some(hash) = &page.hash else { return Ok(Err("没有采集到原件。".to_owned())) };
    let Some(bytes) = app.files.get(hash).await? else {
        return Ok(Err("保存的原件不在了，请再次采集。".to_owned()));
    };
    let mut further: Vec<(OldPage, Bytes)> = Vec::new();
    for address in around.further.get(&page.address).into_iter().flatten() {
        let part = store::migration::page::by_address(&app.store.read(), page.migration, address).await?;
        let Some(part) = part.filter(|part| part.merged_into.as_ref() == Some(&page.address)) else { continue };
        let bytes = app.files.get(part.hash.as_deref().unwrap_or_default()).await?;
        let Some(bytes) = bytes else {
            return Ok(Err(format!("续页 {address} 的原件不在了，请再次采集。")));
        };
        further.push((part, bytes));
    }
    let (rules, row) = (around.rules.clone(), page.clone());
    let reading = tokio::task::spawn_blocking(move || {
        let rules = (*rules).as_ref();
        let read = |page: &OldPage, bytes: &[u8]| {
            reading::read(bytes, &page.address, page.media_type.as_deref(), rules).corrected(page)
        };
        let mut reading = read(&row, &bytes);
        for (part, bytes) in &further {
            reading.append(read(part, bytes));
        }
        reading
    });
    let reading = reading.await.map_err(AppError::internal)?;
    let gaps = reading.gaps();
    if !gaps.is_empty() {
        return Ok(Err(format!("缺少{}，请在页面详情中补充。", gaps.join("、"))));
    }
    let (files, remarks) = gather(app, around, &reading).await?;
    Ok(Ok(Prepared { page, reading, files, remarks }))
}

async fn gather(app: &App, around: &Surroundings, reading: &Reading) -> AppResult<(Vec<FileToBring>, Vec<String>)> {
    let mut wanted: Vec<(String, String, AttachmentUse)> = Vec::new();
    for address in render::rich_text::pictures(&reading.html) {
        wanted.push((address, String::new(), AttachmentUse::Inline));
    }
    for (address, name) in &reading.attachments {
        wanted.push((address.clone(), name.clone(), AttachmentUse::Listed));
    }
    let (mut files, mut remarks): (Vec<FileToBring>, Vec<String>) = (Vec::new(), Vec::new());
    for (address, name, usage) in wanted {
        let Some(found) = canonical(&address) else { continue };
        let page = end_of(app, around, &found.text).await?;
        let Some((page, hash)) = page.and_then(|page| page.hash.clone().map(|hash| (page, hash))) else {
            remarks.push(format!("旧网站上打不开：{address}"));
            continue;
        };
        if let Some(known) = files.iter_mut().find(|file| file.hash == hash && file.usage == usage) {
            known.addresses.push(address);
            continue;
        }
        let Some(bytes) = app.files.get(&hash).await? else { continue };
        let Some((name, media_type)) = named(&found.path, &name, &bytes) else {
            remarks.push(format!("平台不支持这种文件，未随页面迁移：{address}"));
            continue;
        };
        if usage == AttachmentUse::Inline && !media_type.starts_with("image/") {
            continue;
        }
        let taken = |candidate: &str| files.iter().any(|file| file.name == candidate);
        let free = std::iter::once(name.clone()).chain((2..).map(|number| numbered(&name, number)));
        let name = free.into_iter().find(|candidate| !taken(candidate)).unwrap_or(name);
        crate::screening::read_file(app, &name, &hash, bytes).await?;
        files.push(FileToBring { addresses: vec![address], name, media_type, size: page.size, hash, usage });
    }
    Ok((files, remarks))
}

/// The file at an address, behind its redirects.
async fn end_of(app: &App, around: &Surroundings, address: &str) -> AppResult<Option<OldPage>> {
    let (read, mut at) = (app.store.read(), address.to_owned());
    for _ in 0..10 {
        let page = store::migration::page::by_address(&read, around.reached.migration.id, &at).await?;
        match page {
            Some(page) if page.kind == OldPageKind::Redirect => match page.target {
                Some(target) => at = target,
                None => return Ok(None),
            },
            other => return Ok(other),
        }
    }
    Ok(None)
}

/// A name that fits the bytes: what the link says, else what the address says, with the ending of either.
fn named(path: &str, label: &str, bytes: &[u8]) -> Option<(String, &'static str)> {
    let path = path.split('?').next().unwrap_or_default();
    let last = percent_decoded(path.rsplit('/').next().unwrap_or_default());
    let ending = |name: &str| name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    let known = infer::get(bytes).map(|kind| kind.extension().to_owned());
    let endings = [ending(label.trim()), ending(&last), known].into_iter().flatten();
    for ending in endings {
        let stem = label.trim().trim_end_matches(&format!(".{ending}")).trim();
        let stem = if stem.is_empty() { last.rsplit_once('.').map_or(last.as_str(), |(stem, _)| stem) } else { stem };
        let stem: String = stem.chars().take(80).collect();
        let Some(name) = safe_name(&format!("{stem}.{ending}")) else { continue };
        if let Ok(media_type) = media_type(&name, bytes) {
            return Some((name, media_type));
        }
    }
    None
}

/// The name in an address: UTF-8, or the encoding of old systems.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let pair = more.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = more.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = more;
            }
        }
    }
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => encoding_rs::GB18030.decode_without_bom_handling(error.as_bytes()).0.into_owned(),
    }
}

impl Surroundings {
    /// Type and column of a page; `None` when nobody said where it goes.
    fn place_of(&self, page: &OldPage) -> Option<(ResourceKind, &Column)> {
        let column = self.columns.get(&page.column_key)?;
        let decided = column.decision == ColumnDecision::Move || page.fate_by == DecidedBy::Person;
        let target = column.target.filter(|_| decided)?;
        Some((column.kind, self.targets.iter().find(|one| one.id == target)?))
    }
}

/// Makes the draft, or brings an earlier one up to what the old site says now. Says why not, in words for people.
pub(super) async fn bring_in(
    app: &App,
    tx: &store::Tx,
    around: &Surroundings,
    prepared: &Prepared,
) -> AppResult<Result<(), String>> {
    let Some(page) = store::migration::page::lock(tx, prepared.page.id).await? else { return Ok(Ok(())) };
    if page.changed_round != prepared.page.changed_round || page.corrected != prepared.page.corrected {
        return Ok(Ok(()));
    }
    let Some((kind, column)) = around.place_of(&page) else {
        return Ok(Err("所属栏目没有对应的新栏目，请先完成栏目对应。".to_owned()));
    };
    let loaded = match draft_for(app, tx, around, &page, prepared, kind, column).await? {
        Ok(loaded) => loaded,
        Err(why) => return Ok(Err(why)),
    };
    let edition = with_files(tx, around, &loaded, prepared).await?;
    let report = run_in(app, tx, &edition, &loaded.resource, true).await?;
    let count = |severity| i64::try_from(report.count(severity)).unwrap_or(i64::MAX);
    let mut remarks = prepared.remarks.clone();
    remarks.extend(report.findings.iter().filter(|one| one.severity <= Severity::Warn).take(5).map(|finding| {
        match finding.excerpt.is_empty() {
            true => finding.message.clone(),
            false => format!("“{}”：{}", finding.excerpt, finding.message),
        }
    }));
    let attachments = store::attachment::of_edition(tx, edition.id).await?;
    record::event("migration.try", edition.id, &edition.title)
        .unit(loaded.resource.unit)
        .after(serde_json::json!({
            "migration": page.migration,
            "address": page.address,
            "resource": loaded.resource.id,
            "original_publication": edition.elements.published_on,
            "collected_at": page.collected_at,
            "original": page.hash,
            "content_hash": hash_of(&edition, &attachments),
        }))
        .write(tx, Some(&around.actor))
        .await?;
    let page = OldPage {
        resource: Some(loaded.resource.id),
        edition: Some(edition.id),
        tried_round: around.reached.migration.round,
        trial_fault: None,
        blocks: count(Severity::Block),
        warns: count(Severity::Warn),
        remarks,
        ..page
    };
    store::migration::page::update(tx, &page).await?;
    Ok(Ok(()))
}

async fn draft_for(
    app: &App,
    tx: &store::Tx,
    around: &Surroundings,
    page: &OldPage,
    prepared: &Prepared,
    kind: ResourceKind,
    column: &Column,
) -> AppResult<Result<Loaded, String>> {
    let reading = &prepared.reading;
    let origin_key = origin_key(around, page);
    let known = match page.resource {
        Some(resource) => Some(resource),
        None => store::resource::by_origin_key(tx, &origin_key).await?.map(|owned| owned.resource.id),
    };
    let Some(known) = known else {
        let draft = NewDraft {
            kind,
            unit: around.reached.unit.id,
            title: reading.title.chars().take(200).collect(),
            body: reading.html.clone(),
            elements: reading.elements_for(kind),
            origin_key: Some(origin_key),
            address_month: reading.address_month(),
        };
        let loaded = create_in(app, tx, &around.actor, &draft).await?;
        crate::placement::propose_in(tx, &around.actor, &loaded, &around.reached.site, column).await?;
        return Ok(Ok(loaded));
    };
    let Some(mut owned) = store::resource::lock(tx, known).await? else {
        return Ok(Err("原稿不在了。".to_owned()));
    };
    let editions = store::edition::of_resource(tx, known).await?;
    let Some(newest) = editions.into_iter().max_by_key(|edition| edition.number) else {
        return Ok(Err("原稿不在了。".to_owned()));
    };
    let edition = match newest.state {
        state if state.editable() => {
            if owned.resource.kind != kind && newest.number == 1 {
                store::resource::set_kind(tx, known, kind).await?;
                owned.resource.kind = kind;
            }
            newest
        }
        EditionState::Admitted => {
            // What the old site changed is a new edition here, with a review of its own.
            let edition = Edition {
                id: tx.ids().fresh(),
                number: newest.number + 1,
                state: EditionState::Draft,
                change_note: Some("原网站内容有更新".to_owned()),
                written_by: around.actor.person,
                writers: vec![around.actor.person],
                submitted_by: None,
                submitted_at: None,
                admitted_at: None,
                created_at: tx.now(),
                updated_at: tx.now(),
                content_hash: None,
                lock_version: 1,
                ..newest
            };
            store::edition::insert(tx, &edition).await?;
            edition
        }
        state => {
            return Ok(Err(format!("以前迁入的稿件为“{}”，暂不能更新。", state.chinese())));
        }
    };
    let (title, body, elements) =
        crate::edition::tidy(&reading.title, &reading.html, &reading.elements_for(owned.resource.kind));
    let title = title.chars().take(200).collect();
    let mut edition = Edition { title, body, elements, updated_at: tx.now(), ..edition };
    edition.lock_version = store::edition::update(tx, &edition).await?;
    for attachment in store::attachment::of_edition(tx, edition.id).await? {
        store::attachment::delete(tx, attachment.id).await?;
    }
    let loaded = Loaded { edition, resource: owned.resource, unit_path: owned.unit_path };
    if loaded.edition.number == 1 {
        follow_mapping(tx, around, &loaded, column).await?;
    }
    Ok(Ok(loaded))
}

/// A draft goes where its old column leads now; columns that somebody else chose for it stay.
async fn follow_mapping(tx: &store::Tx, around: &Surroundings, loaded: &Loaded, column: &Column) -> AppResult<()> {
    let placements = store::placement::lock_of_resource(tx, loaded.resource.id).await?;
    let mapped: Vec<_> = around.targets.iter().map(|target| target.id).collect();
    for placement in &placements {
        let ours = placement.placed_by == loaded.resource.created_by && mapped.contains(&placement.column);
        if placement.state == PlacementState::Proposed && placement.column != column.id && ours {
            let removed = Placement { state: PlacementState::Removed, ..placement.clone() };
            store::placement::update(tx, &removed).await?;
        }
    }
    if placements.iter().any(|one| one.column == column.id && one.state != PlacementState::Removed) {
        return Ok(());
    }
    crate::placement::propose_in(tx, &around.actor, loaded, &around.reached.site, column).await
}

/// Key of the record in the system that it comes from: makes every run find what an earlier one made.
fn origin_key(around: &Surroundings, page: &OldPage) -> String {
    let key = format!("{}/{}", around.reached.unit.code, page.address);
    match key.chars().count() <= 200 {
        true => key,
        false => format!("{}/{}", around.reached.unit.code, store::migration::page::address_key(&page.address)),
    }
}

async fn with_files(tx: &store::Tx, around: &Surroundings, loaded: &Loaded, prepared: &Prepared) -> AppResult<Edition> {
    let mut keys: HashMap<&str, String> = HashMap::new();
    for (file, position) in prepared.files.iter().zip(1..) {
        let attachment = Attachment {
            id: tx.ids().fresh(),
            edition: loaded.edition.id,
            file_name: file.name.clone(),
            media_type: file.media_type.to_owned(),
            size: file.size,
            hash: file.hash.clone(),
            usage: file.usage,
            alt_text: None,
            position,
            uploaded_by: around.actor.person,
            uploaded_at: tx.now(),
        };
        store::attachment::insert(tx, &attachment).await?;
        for address in &file.addresses {
            keys.insert(address, format!("attachment:{}", attachment.id));
        }
    }
    let body = render::rich_text::rewrite_references(&prepared.reading.html, |address| keys.get(address).cloned());
    let body = render::rich_text::clean(&body).html;
    let mut edition = Edition { body, ..loaded.edition.clone() };
    edition.lock_version = store::edition::update(tx, &edition).await?;
    Ok(edition)
}
