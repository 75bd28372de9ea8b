//! Writing a plan that a person has confirmed: all of it in one transaction.

use domain::{
    actor::Actor,
    unit::{Unit, unit_path},
    unit_history::{UnitHistoryDetail, UnitHistoryKind},
};
use serde::Serialize;
use serde_json::json;

use super::{
    ImportLine, LineOutcome,
    plan::{self, Step},
    plan_is_outdated, require_importer, table,
};
use crate::{
    App, AppError, AppResult, record,
    unit::{differences, directory::Directory, follow_up},
};

/// What an import did.
#[derive(Debug, Clone, Serialize)]
pub struct ImportOutcome {
    /// New units.
    pub created: usize,
    /// Units that changed.
    pub changed: usize,
    /// Lines that were rejected, with their reasons.
    pub rejected: Vec<ImportLine>,
}

/// Imports what [`super::preview_import`] showed under this fingerprint; rejected lines stay out.
///
/// # Errors
/// [`AppError::Conflict`] when the plan is no longer the one that was shown, or nothing is left to do; otherwise as for
/// the preview.
pub async fn import_csv(app: &App, actor: &Actor, text: &str, fingerprint: &str) -> AppResult<ImportOutcome> {
    require_importer(app, actor)?;
    let table = &table::read(text)?;
    app.store
        .write(|tx| async move {
            store::unit::lock_tree(&tx).await?;
            let directory = Directory::load(&tx).await?;
            let plan = plan::plan(app, actor, table, directory.clone(), tx.ids());
            if plan.preview.fingerprint != fingerprint {
                return Err(plan_is_outdated());
            }
            if plan.steps.is_empty() {
                return Err(AppError::Conflict("没有可以导入的行：请按未导入原因修改后重新上传。".into()));
            }
            let mut names = directory;
            for step in &plan.steps {
                match step {
                    Step::Create(unit) => create(&tx, actor, unit, &mut names).await?,
                    Step::Change(before, after) => change(&tx, actor, before, after, &mut names).await?,
                }
            }
            let preview = plan.preview;
            record::event("unit.import", "units.csv", "单位表导入")
                .after(json!({
                    "created": codes(&preview.lines, LineOutcome::Created),
                    "changed": codes(&preview.lines, LineOutcome::Changed),
                    "same": preview.same,
                    "rejected": preview.rejected,
                }))
                .write(&tx, Some(actor))
                .await?;
            Ok(ImportOutcome {
                created: preview.created,
                changed: preview.changed,
                rejected: preview.lines.into_iter().filter(|line| line.outcome == LineOutcome::Rejected).collect(),
            })
        })
        .await
}

async fn create(tx: &store::Tx, actor: &Actor, unit: &Unit, names: &mut Directory) -> AppResult<()> {
    let mut unit = unit.clone();
    // The superior may have been added or moved by an earlier line.
    let parent = match unit.parent {
        Some(parent) => store::unit::path_of(tx, parent).await?.unwrap_or_default(),
        None => String::new(),
    };
    unit.path = unit_path(&parent, unit.id);
    store::unit::insert(tx, &unit).await?;
    names.put(unit.clone());
    let detail = UnitHistoryDetail {
        changes: differences::between(None, &unit, names),
        reason: Some("从表格导入".into()),
        other: None,
    };
    store::unit::append_history(tx, unit.id, UnitHistoryKind::Created, &detail, &actor.login).await?;
    follow_up::announce(tx, unit.id);
    Ok(())
}

async fn change(tx: &store::Tx, actor: &Actor, before: &Unit, after: &Unit, names: &mut Directory) -> AppResult<()> {
    let missing = || AppError::NotFound("单位".into());
    // Paths may have changed by an earlier line: read the row again and change only what this line changes.
    let mut now = store::unit::by_id(tx, after.id).await?.ok_or_else(missing)?;
    let changes = differences::between(Some(before), after, names);
    let mut kind = UnitHistoryKind::Changed;
    if before.parent != after.parent
        && let Some(parent) = after.parent
    {
        let parent = store::unit::by_id(tx, parent).await?.ok_or_else(missing)?;
        store::unit::move_subtree(tx, &now, &parent).await?;
        now = store::unit::by_id(tx, after.id).await?.ok_or_else(missing)?;
        kind = UnitHistoryKind::Moved;
    }
    let saved = Unit { path: now.path, lock_version: now.lock_version, ..after.clone() };
    store::unit::update(tx, &saved).await?;
    if before.name != after.name {
        kind = UnitHistoryKind::Renamed;
        store::unit::remember_former_name(tx, after.id, &before.name).await?;
        follow_up::rebuild_sites_of(tx, &saved, actor).await?;
    }
    names.put(saved);
    let detail = UnitHistoryDetail { changes, reason: Some("从表格导入".into()), other: None };
    store::unit::append_history(tx, after.id, kind, &detail, &actor.login).await?;
    follow_up::announce(tx, after.id);
    Ok(())
}

fn codes(lines: &[ImportLine], outcome: LineOutcome) -> Vec<&str> {
    lines.iter().filter(|line| line.outcome == outcome).map(|line| line.code.as_str()).collect()
}
