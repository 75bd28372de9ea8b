//! The pages of an old site as people look at them: listed, shown beside their originals, put right, decided one by one.

use bytes::Bytes;
use domain::{
    actor::Actor,
    ids::{MigrationId, OldPageId},
    migration::{Corrected, DecidedBy, Fate, MigrationState, OldPage},
    time::parse_beijing,
};
use policy::Action;
use serde::Serialize;
use store::migration::{page::PageFilter, spot_check::SpotCheck};

use super::{
    address::canonical,
    reach::{Reached, hold, missing, reach},
    read::rules_of,
    reading::{self, FoundField},
    settle::settle,
};
use crate::{App, AppError, AppResult, names, record};

/// A page with what was read from it.
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// The row.
    pub page: OldPage,
    /// Every field with where it was found.
    pub found: Vec<FoundField>,
    /// The text as it would be taken over: clean, with corrections.
    pub html: String,
    /// Files that belong to the text, with whether they were collected.
    pub files: Vec<(String, String, bool)>,
    /// Collected pictures of the text: the address as it stands in the text, and the old page that is the picture.
    pub pictures: Vec<(String, OldPageId)>,
    /// Comparisons of it, newest first, with the names of who compared.
    pub checks: Vec<(SpotCheck, String)>,
    /// The reader may change it.
    pub may_change: bool,
}

/// The pages, cut down by a filter, and how many there are.
///
/// # Errors
/// [`AppError::NotFound`] for another office's migration.
pub async fn pages(
    app: &App,
    actor: &Actor,
    id: MigrationId,
    filter: &PageFilter,
    offset: u64,
    limit: u64,
) -> AppResult<(Vec<OldPage>, u64)> {
    let read = app.store.read();
    reach(app, &read, actor, id, Action::MigrationRead).await?;
    Ok(store::migration::page::list(&read, id, filter, offset, limit).await?)
}

/// One page with its original.
///
/// # Errors
/// As [`pages`]; a page of another migration is not found either.
pub async fn page(app: &App, actor: &Actor, id: MigrationId, page: OldPageId) -> AppResult<PageView> {
    let read = app.store.read();
    let reached = reach(app, &read, actor, id, Action::MigrationRead).await?;
    let page = store::migration::page::by_id(&read, page).await?.filter(|page| page.migration == id);
    let page = page.ok_or_else(|| AppError::NotFound("旧页面".into()))?;
    let bytes = match (&page.hash, page.kind) {
        (Some(hash), kind) if kind != domain::migration::OldPageKind::File => app.files.get(hash).await?,
        _ => None,
    };
    let (html, attachments) = match bytes {
        None => Default::default(),
        Some(bytes) => {
            let (rules, row) = (rules_of(&reached.migration)?, page.clone());
            let media = page.media_type.clone();
            let made = tokio::task::spawn_blocking(move || {
                let reading = reading::read(&bytes, &row.address, media.as_deref(), rules.as_ref()).corrected(&row);
                let cleaned = render::rich_text::clean(&reading.html).html;
                (cleaned, reading.attachments)
            });
            made.await.map_err(AppError::internal)?
        }
    };
    let mut files = Vec::new();
    for (address, name) in attachments {
        let there = match canonical(&address) {
            Some(address) => store::migration::page::by_address(&read, id, &address.text).await?,
            None => None,
        };
        files.push((address, name, there.is_some_and(|file| file.hash.is_some())));
    }
    let mut pictures = Vec::new();
    for named in render::rich_text::references(&html) {
        let Some(address) = canonical(&named) else { continue };
        let there = store::migration::page::by_address(&read, id, &address.text).await?;
        if let Some(file) = there.filter(|file| file.hash.is_some()) {
            pictures.push((named, file.id));
        }
    }
    let checks = store::migration::spot_check::of(&read, id).await?;
    let checks: Vec<SpotCheck> = checks.into_iter().filter(|check| check.page == page.id).collect();
    let people = names::people(app, checks.iter().map(|check| check.checked_by)).await?;
    let may_change = may_change(app, actor, &reached);
    Ok(PageView {
        found: serde_json::from_str(&page.found).map_err(AppError::internal)?,
        html,
        files,
        pictures,
        checks: checks
            .into_iter()
            .map(|check| {
                let name = people.get(&check.checked_by).cloned().unwrap_or_default();
                (check, name)
            })
            .collect(),
        may_change,
        page,
    })
}

/// The bytes of an original with its media type. They are another site's page: show them only where nothing runs.
///
/// # Errors
/// As [`page`].
pub async fn original(app: &App, actor: &Actor, id: MigrationId, page: OldPageId) -> AppResult<(OldPage, Bytes)> {
    let read = app.store.read();
    reach(app, &read, actor, id, Action::MigrationRead).await?;
    let absent = || AppError::NotFound("旧页面的原件".into());
    let page = store::migration::page::by_id(&read, page).await?.filter(|page| page.migration == id);
    let page = page.ok_or_else(absent)?;
    let bytes = match &page.hash {
        Some(hash) => app.files.get(hash).await?,
        None => None,
    };
    Ok((page, bytes.ok_or_else(absent)?))
}

fn may_change(app: &App, actor: &Actor, reached: &Reached) -> bool {
    let target = policy::Target::Unit { path: &reached.unit.path };
    let may = app.policy.decide(actor, Action::MigrationRun, &target).allowed;
    may && reached.migration.state.may_map()
}

/// Puts right what was read wrongly on one page. A page that was tried already is tried again.
///
/// # Errors
/// [`AppError::Invalid`] for a date that is none; [`AppError::Conflict`] in a state in which nothing may be changed.
pub async fn correct(
    app: &App,
    actor: &Actor,
    id: MigrationId,
    page: OldPageId,
    typed: &Corrected,
) -> AppResult<OldPage> {
    let corrected = checked(app, typed)?;
    let corrected = &corrected;
    app.store
        .write(|tx| async move {
            let reached = hold(app, &tx, actor, id, Action::MigrationRun).await?;
            reached.require(MAP, "修改页面")?;
            let before = store::migration::page::lock(&tx, page).await?.filter(|page| page.migration == id);
            let before = before.ok_or_else(missing)?;
            let after = OldPage { corrected: corrected.clone(), tried_round: 0, trial_fault: None, ..before.clone() };
            store::migration::page::update(&tx, &after).await?;
            record::event("migration.correct", page, after.title_now())
                .unit(reached.unit.id)
                .before(&before.corrected)
                .after(serde_json::json!({ "address": after.address, "corrected": after.corrected }))
                .write(&tx, Some(actor))
                .await?;
            Ok(after)
        })
        .await
}

/// States in which pages may be changed.
const MAP: &[MigrationState] =
    &[MigrationState::Mapping, MigrationState::Tried, MigrationState::Reviewing, MigrationState::Live];

fn checked(app: &App, typed: &Corrected) -> AppResult<Corrected> {
    let given = |text: &Option<String>| text.as_deref().map(crate::edition::one_line).filter(|text| !text.is_empty());
    let corrected = Corrected {
        title: given(&typed.title),
        published: given(&typed.published),
        source: given(&typed.source),
        document_number: given(&typed.document_number),
    };
    if corrected.title.as_ref().is_some_and(|title| title.chars().count() > 200) {
        return Err(AppError::invalid("title", "标题请控制在 200 字以内。"));
    }
    if corrected.source.as_ref().is_some_and(|source| source.chars().count() > 200) {
        return Err(AppError::invalid("source", "来源请控制在 200 字以内。"));
    }
    match corrected.published.as_deref().map(parse_beijing) {
        Some(None) => Err(AppError::invalid("published", "发布时间应为 YYYY-MM-DD 或 YYYY-MM-DD HH:MM。")),
        Some(Some(at)) if at > app.now() => Err(AppError::invalid("published", "发布时间不能晚于现在。")),
        _ => Ok(corrected),
    }
}

/// Writes one source on every text that has none. Returns how many had none.
///
/// # Errors
/// [`AppError::Invalid`] without a source.
pub async fn fill_source(app: &App, actor: &Actor, id: MigrationId, source: &str) -> AppResult<u64> {
    let source = crate::edition::one_line(source);
    if source.is_empty() || source.chars().count() > 200 {
        return Err(AppError::invalid("source", "请填写来源（200 字以内）。"));
    }
    let source = &source;
    app.store
        .write(|tx| async move {
            let reached = hold(app, &tx, actor, id, Action::MigrationRun).await?;
            reached.require(MAP, "修改页面")?;
            let (mut after, mut filled) = (None, 0);
            loop {
                let pages = store::migration::page::after(&tx, id, TEXTS, after, 500).await?;
                let Some(last) = pages.last() else { break };
                after = Some(last.id);
                for page in pages.iter().filter(|page| page.source.is_none() && page.corrected.source.is_none()) {
                    let corrected = Corrected { source: Some(source.clone()), ..page.corrected.clone() };
                    let page = OldPage { corrected, tried_round: 0, trial_fault: None, ..page.clone() };
                    store::migration::page::update(&tx, &page).await?;
                    filled += 1;
                }
            }
            record::event("migration.fill_source", id, &reached.migration.name)
                .unit(reached.unit.id)
                .after(serde_json::json!({ "source": source, "pages": filled }))
                .write(&tx, Some(actor))
                .await?;
            Ok(filled)
        })
        .await
}

const TEXTS: &[domain::migration::OldPageKind] =
    &[domain::migration::OldPageKind::Article, domain::migration::OldPageKind::Guide];

/// Decides about single pages, whatever their column; [`Fate::Undecided`] hands them back to the rules.
///
/// # Errors
/// [`AppError::Invalid`] without a reason for leaving a page out, or for moving what is no text.
pub async fn decide_pages(
    app: &App,
    actor: &Actor,
    id: MigrationId,
    pages: &[OldPageId],
    fate: Fate,
    reason: &str,
) -> AppResult<u64> {
    let reason = reason.trim();
    if reason.chars().count() > 200 {
        return Err(AppError::invalid("reason", "原因请控制在 200 字以内。"));
    }
    if fate == Fate::Dropped && reason.is_empty() {
        return Err(AppError::invalid("reason", "不迁移的页面请说明原因：公众访问旧地址时会看到它。"));
    }
    if fate == Fate::Merged {
        return Err(AppError::invalid("fate", "合并由平台按跳转和重复内容判定。"));
    }
    let done = app
        .store
        .write(|tx| async move {
            let reached = hold(app, &tx, actor, id, Action::MigrationRun).await?;
            reached.require(MAP, "决定页面去向")?;
            let mut done = 0;
            for page in pages {
                let before = store::migration::page::lock(&tx, *page).await?.filter(|page| page.migration == id);
                let before = before.ok_or_else(missing)?;
                if fate == Fate::Moved && !before.kind.is_text() {
                    return Err(AppError::invalid(
                        "fate",
                        format!("“{}”不是内容页，不能作为信息迁移。", before.address),
                    ));
                }
                if fate == Fate::Archived && before.hash.is_none() {
                    return Err(AppError::invalid("fate", format!("“{}”没有采集到原件，不能归档。", before.address)));
                }
                let by = if fate == Fate::Undecided { DecidedBy::Rule } else { DecidedBy::Person };
                let after = OldPage {
                    fate,
                    fate_by: by,
                    fate_reason: reason.to_owned(),
                    merged_into: None,
                    decided_by: Some(actor.person),
                    ..before.clone()
                };
                store::migration::page::update(&tx, &after).await?;
                record::event("migration.decide_page", *page, after.title_now())
                    .unit(reached.unit.id)
                    .before(serde_json::json!({ "fate": before.fate, "reason": before.fate_reason }))
                    .after(serde_json::json!({ "address": after.address, "fate": fate, "reason": reason }))
                    .write(&tx, Some(actor))
                    .await?;
                done += 1;
            }
            Ok(done)
        })
        .await?;
    settle(app, id).await?;
    Ok(done)
}
