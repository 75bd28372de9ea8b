//! Collecting from what lies on the operator's machine: a file of any size, or a folder. Called by the command line.

use domain::{
    actor::Actor,
    ids::MigrationId,
    migration::{Migration, MigrationState},
};
use extract::source::{Item, Items};
use policy::Action;
use tokio::sync::mpsc;

use super::{
    collect::{collected, pour, take_items},
    control::{begin_round, is_local},
    reach::hold,
};
use crate::{App, AppError, AppResult, record};

/// Collects what `open` gives, reads and assesses it. A migration that was collected before begins a new round: only what
/// changed is taken.
///
/// # Errors
/// [`AppError::Conflict`] for a migration whose source the platform reads itself.
pub async fn collect_local(
    app: &App,
    actor: &Actor,
    id: MigrationId,
    open: impl FnOnce(&mut dyn FnMut(Items<'_>)) + Send + 'static,
) -> AppResult<()> {
    let migration = begin_here(app, actor, id).await?;
    let outcome = take_items(app, &migration, move |send: &mpsc::Sender<Item>| {
        open(&mut |items| pour(items, send));
    })
    .await;
    collected(app, id, outcome).await
}

/// Opens a round that this process collects itself.
pub(super) async fn begin_here(app: &App, actor: &Actor, id: MigrationId) -> AppResult<Migration> {
    app.store
        .write(|tx| async move {
            let mut reached = hold(app, &tx, actor, id, Action::MigrationRun).await?;
            if !is_local(&reached.migration) {
                return Err(AppError::Conflict("本次迁移由平台自己采集，请用“继续”或“再次采集”。".into()));
            }
            if reached.migration.state != MigrationState::Collecting {
                begin_round(&mut reached)?;
            }
            reached.migration.stopping = false;
            reached.migration.fault = None;
            reached.migration.lock_version = store::migration::project::update(&tx, &reached.migration).await?;
            record::event("migration.collect_local", id, &reached.migration.name)
                .unit(reached.unit.id)
                .after(serde_json::json!({ "round": reached.migration.round, "source": reached.migration.source }))
                .write(&tx, Some(actor))
                .await?;
            Ok(reached.migration)
        })
        .await
}
