//! Signing off (完成): the sums balance, every old address answers.

use domain::{actor::Actor, ids::MigrationId, migration::MigrationState};
use policy::Action;

use super::reach::hold;
use crate::{App, AppError, AppResult, record};

/// Signs the migration off.
///
/// # Errors
/// [`AppError::Conflict`] before it is live, or while the sums do not balance.
pub async fn finish(app: &App, actor: &Actor, id: MigrationId) -> AppResult<()> {
    app.store
        .write(|tx| async move {
            let mut reached = hold(app, &tx, actor, id, Action::MigrationGoLive).await?;
            reached.require(&[MigrationState::Live], "完成")?;
            let balance = store::migration::page::balance(&tx, id).await?;
            let objections = balance.objections();
            if !objections.is_empty() {
                return Err(AppError::Conflict(objections.join("")));
            }
            reached.migration.state = MigrationState::Completed;
            reached.migration.completed_at = Some(tx.now());
            store::migration::project::update(&tx, &reached.migration).await?;
            record::event("migration.complete", id, &reached.migration.name)
                .unit(reached.unit.id)
                .after(&balance)
                .write(&tx, Some(actor))
                .await
        })
        .await
}
