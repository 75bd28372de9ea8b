//! Comparing source and target (核对): counts by column and month, and spot checks by name.

use std::collections::BTreeMap;

use domain::{
    actor::Actor,
    ids::{MigrationId, OldPageId, PersonId},
    migration::{Fate, MigrationState},
    time::beijing,
};
use policy::Action;
use serde::Serialize;
use store::migration::spot_check::SpotCheck;

use super::reach::{hold, missing, reach};
use crate::{App, AppError, AppResult, names, record};

/// Pages read at a time.
const HANDFUL: u64 = 500;

/// Source and target of one old column.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ComparedColumn {
    /// Key of the old column.
    pub key: String,
    /// Name of the new one.
    pub target: String,
    /// Texts of the old column.
    pub source: u64,
    /// Those that move.
    pub moving: u64,
    /// Those that became drafts or more.
    pub brought_in: u64,
    /// Those that did not, although they move.
    pub stuck: u64,
    /// Those that go elsewhere: merged, archived, dropped, undecided.
    pub elsewhere: u64,
    /// By month `YYYY-MM` (empty = without a date): moving, brought in.
    pub months: BTreeMap<String, (u64, u64)>,
}

impl ComparedColumn {
    /// Months in which the counts differ.
    pub fn different(&self) -> Vec<(String, u64, u64)> {
        self.months
            .iter()
            .filter(|(_, (moving, brought_in))| moving != brought_in)
            .map(|(month, (moving, brought_in))| (month.clone(), *moving, *brought_in))
            .collect()
    }
}

/// Source and target, column by column.
///
/// # Errors
/// [`AppError::NotFound`] for another office's migration.
pub async fn compare(app: &App, actor: &Actor, id: MigrationId) -> AppResult<Vec<ComparedColumn>> {
    let read = app.store.read();
    let reached = reach(app, &read, actor, id, Action::MigrationRead).await?;
    let names: BTreeMap<_, _> = store::column::of_site(&read, reached.site.id)
        .await?
        .into_iter()
        .map(|column| (column.id, column.name))
        .collect();
    let mut compared: BTreeMap<String, ComparedColumn> = store::migration::column::of(&read, id)
        .await?
        .into_iter()
        .map(|column| {
            let target = column.target.and_then(|target| names.get(&target).cloned()).unwrap_or_default();
            (column.key.clone(), ComparedColumn { key: column.key, target, ..ComparedColumn::default() })
        })
        .collect();
    let mut after = None;
    loop {
        let pages = store::migration::page::after(&read, id, &[], after, HANDFUL).await?;
        let Some(last) = pages.last() else { break };
        after = Some(last.id);
        for page in pages.iter().filter(|page| page.kind.is_text()) {
            let row = compared
                .entry(page.column_key.clone())
                .or_insert_with(|| ComparedColumn { key: page.column_key.clone(), ..ComparedColumn::default() });
            row.source += 1;
            if page.fate != Fate::Moved {
                row.elsewhere += 1;
                continue;
            }
            row.moving += 1;
            let month = page
                .corrected
                .published
                .as_deref()
                .and_then(domain::time::parse_beijing)
                .or(page.published_at)
                .map(|at| at.to_zoned(beijing()).strftime("%Y-%m").to_string())
                .unwrap_or_default();
            let sums = row.months.entry(month).or_default();
            sums.0 += 1;
            if page.edition.is_some() {
                row.brought_in += 1;
                sums.1 += 1;
            } else {
                row.stuck += 1;
            }
        }
    }
    Ok(compared.into_values().filter(|row| row.source > 0).collect())
}

/// Notes that a person compared a page with its original.
///
/// # Errors
/// [`AppError::Invalid`] when it differs and nobody says how; [`AppError::Conflict`] before there is a draft.
pub async fn check(
    app: &App,
    actor: &Actor,
    id: MigrationId,
    page: OldPageId,
    agrees: bool,
    note: &str,
) -> AppResult<SpotCheck> {
    let note = note.trim();
    if !agrees && note.is_empty() {
        return Err(AppError::invalid("note", "请说明与原页面有什么不同。"));
    }
    if note.chars().count() > 500 {
        return Err(AppError::invalid("note", "说明请控制在 500 字以内。"));
    }
    app.store
        .write(|tx| async move {
            let reached = hold(app, &tx, actor, id, Action::MigrationRead).await?;
            if reached.migration.state == MigrationState::Abandoned {
                reached.require(&[], "抽查")?;
            }
            let page = store::migration::page::by_id(&tx, page).await?.filter(|page| page.migration == id);
            let page = page.ok_or_else(missing)?;
            if page.edition.is_none() {
                return Err(AppError::Conflict("这个页面还没有试迁移，没有可以比较的稿件。".into()));
            }
            let check = SpotCheck {
                id: tx.ids().fresh(),
                migration: id,
                page: page.id,
                edition: page.edition,
                agrees,
                note: note.to_owned(),
                checked_by: actor.person,
                checked_at: tx.now(),
            };
            store::migration::spot_check::insert(&tx, &check).await?;
            record::event("migration.check", page.id, page.title_now())
                .unit(reached.unit.id)
                .after(&check)
                .write(&tx, Some(actor))
                .await?;
            Ok(check)
        })
        .await
}

/// One comparison with the names that people know.
#[derive(Debug, Clone, Serialize)]
pub struct CheckRow {
    /// The comparison.
    pub check: SpotCheck,
    /// Title of the page.
    pub title: String,
    /// Who compared.
    pub checked_by: String,
}

/// Every comparison, newest first.
///
/// # Errors
/// [`AppError::NotFound`] for another office's migration.
pub async fn checks(app: &App, actor: &Actor, id: MigrationId) -> AppResult<Vec<CheckRow>> {
    let read = app.store.read();
    reach(app, &read, actor, id, Action::MigrationRead).await?;
    let checks = store::migration::spot_check::of(&read, id).await?;
    let people = names::people(app, checks.iter().map(|check| check.checked_by).collect::<Vec<PersonId>>()).await?;
    let mut rows = Vec::with_capacity(checks.len());
    for check in checks {
        let page = store::migration::page::by_id(&read, check.page).await?;
        rows.push(CheckRow {
            title: page.map(|page| page.title_now().to_owned()).unwrap_or_default(),
            checked_by: people.get(&check.checked_by).cloned().unwrap_or_default(),
            check,
        });
    }
    Ok(rows)
}
