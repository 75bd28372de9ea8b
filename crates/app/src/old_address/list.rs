//! The old addresses of a migration, most visited first.

use domain::{actor::Actor, ids::MigrationId};
use store::old_address::OldAddress;

use crate::{App, AppResult};

/// A page of the list, and how many there are.
///
/// # Errors
/// [`crate::AppError::NotFound`] for another office's migration.
pub async fn list(
    app: &App,
    actor: &Actor,
    id: MigrationId,
    words: Option<&str>,
    offset: u64,
    limit: u64,
) -> AppResult<(Vec<OldAddress>, u64)> {
    // Asks whether the actor may see it.
    crate::migration::show(app, actor, id).await?;
    Ok(store::old_address::of_migration(&app.store.read(), id, words, offset, limit).await?)
}
