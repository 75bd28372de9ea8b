//! Stopping, going on, collecting again, giving up.

use domain::{actor::Actor, ids::MigrationId, migration::MigrationState};
use jobs::EnqueueOptions;
use policy::Action;

use super::{collect::CollectMigration, reach::hold, trial::TryMigration};
use crate::{App, AppError, AppResult, record};

const LOCAL: &str = "本次迁移的来源在运维人员的机器上，请运维人员用命令 zhengtong migrate collect 采集。";

/// Asks the platform to stop after what it is doing; what was collected stays.
///
/// # Errors
/// As every verb of this noun: another office's is not found; [`AppError::Conflict`] when nothing runs.
pub async fn stop(app: &App, actor: &Actor, id: MigrationId) -> AppResult<()> {
    app.store
        .write(|tx| async move {
            let reached = hold(app, &tx, actor, id, Action::MigrationRun).await?;
            reached.require(&[MigrationState::Collecting, MigrationState::Reading, MigrationState::Trying], "暂停")?;
            store::migration::project::set_stopping(&tx, id, true).await?;
            record::event("migration.stop", id, &reached.migration.name)
                .unit(reached.unit.id)
                .write(&tx, Some(actor))
                .await
        })
        .await
}

/// Goes on where it was stopped, or where it failed.
///
/// # Errors
/// As [`stop`].
pub async fn resume(app: &App, actor: &Actor, id: MigrationId) -> AppResult<()> {
    app.store
        .write(|tx| async move {
            let mut reached = hold(app, &tx, actor, id, Action::MigrationRun).await?;
            reached.require(&[MigrationState::Collecting, MigrationState::Reading, MigrationState::Trying], "继续")?;
            if is_local(&reached.migration) && reached.migration.state == MigrationState::Collecting {
                return Err(AppError::Conflict(LOCAL.into()));
            }
            reached.migration.stopping = false;
            reached.migration.fault = None;
            store::migration::project::update(&tx, &reached.migration).await?;
            enqueue(&tx, &reached.migration).await?;
            record::event("migration.resume", id, &reached.migration.name)
                .unit(reached.unit.id)
                .write(&tx, Some(actor))
                .await
        })
        .await
}

/// Collects again: only what is new or has changed is taken; what people decided stays.
///
/// # Errors
/// As [`stop`]; [`AppError::Conflict`] for a migration whose folder only the command line can read.
pub async fn collect_again(app: &App, actor: &Actor, id: MigrationId) -> AppResult<()> {
    app.store
        .write(|tx| async move {
            let mut reached = hold(app, &tx, actor, id, Action::MigrationRun).await?;
            begin_round(&mut reached)?;
            if is_local(&reached.migration) {
                return Err(AppError::Conflict(LOCAL.into()));
            }
            store::migration::project::update(&tx, &reached.migration).await?;
            enqueue(&tx, &reached.migration).await?;
            record::event("migration.collect_again", id, &reached.migration.name)
                .unit(reached.unit.id)
                .after(serde_json::json!({ "round": reached.migration.round }))
                .write(&tx, Some(actor))
                .await
        })
        .await
}

/// Counts the round up and sets the state back to collecting.
pub(super) fn begin_round(reached: &mut super::reach::Reached) -> AppResult<()> {
    use MigrationState::{Live, Mapping, Reviewing, Tried};
    reached.require(&[Mapping, Tried, Reviewing, Live], "再次采集")?;
    reached.migration.round += 1;
    reached.migration.state = MigrationState::Collecting;
    reached.migration.stopping = false;
    reached.migration.fault = None;
    Ok(())
}

/// Sets the state back to collecting, so that pages are read again by other rules; nothing is fetched again.
pub(super) fn reopen(reached: &mut super::reach::Reached) -> AppResult<()> {
    use MigrationState::{Live, Mapping, Reviewing, Tried};
    reached.require(&[Mapping, Tried, Reviewing, Live], "更改识别规则")?;
    reached.migration.state = MigrationState::Reading;
    reached.migration.stopping = false;
    reached.migration.fault = None;
    Ok(())
}

/// Read by a command on the operator's machine, not by the platform.
pub(super) fn is_local(migration: &domain::migration::Migration) -> bool {
    use domain::migration::SourceKind;
    let source = &migration.source;
    matches!(source.kind, SourceKind::Folder | SourceKind::Instance)
        || (source.kind == SourceKind::File && source.file_hash.is_none())
}

async fn enqueue(tx: &store::Tx, migration: &domain::migration::Migration) -> AppResult<()> {
    match migration.state {
        MigrationState::Trying => {
            jobs::enqueue(tx, &TryMigration { migration: migration.id }, EnqueueOptions::default()).await?;
        }
        _ => {
            jobs::enqueue(tx, &CollectMigration { migration: migration.id }, EnqueueOptions::default()).await?;
        }
    }
    Ok(())
}

/// Gives a migration up. Drafts that it made stay drafts of the unit; what was admitted stays admitted.
///
/// # Errors
/// [`AppError::Invalid`] without a reason; [`AppError::Conflict`] once it is live.
pub async fn abandon(app: &App, actor: &Actor, id: MigrationId, reason: &str) -> AppResult<()> {
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > 500 {
        return Err(AppError::invalid("reason", "请说明放弃的原因（500 字以内）。"));
    }
    app.store
        .write(|tx| async move {
            use MigrationState::{Collecting, Mapping, Reading, Reviewing, Tried, Trying};
            let mut reached = hold(app, &tx, actor, id, Action::MigrationRun).await?;
            reached.require(&[Collecting, Reading, Mapping, Trying, Tried, Reviewing], "放弃")?;
            let before = reached.migration.state;
            reached.migration.state = MigrationState::Abandoned;
            reached.migration.stopping = true;
            store::migration::project::update(&tx, &reached.migration).await?;
            record::event("migration.abandon", id, &reached.migration.name)
                .unit(reached.unit.id)
                .before(serde_json::json!({ "state": before }))
                .after(serde_json::json!({ "reason": reason }))
                .write(&tx, Some(actor))
                .await
        })
        .await
}
