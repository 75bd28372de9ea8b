//! What happened to a unit.

use domain::{actor::Actor, ids::UnitId, unit_history::UnitHistory};
use policy::Action;

use super::follow_up;
use crate::{App, AppError, AppResult};

/// Everything that happened to a unit, newest first.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Forbidden`].
pub async fn history(app: &App, actor: &Actor, id: UnitId) -> AppResult<Vec<UnitHistory>> {
    let read = app.store.read();
    let unit = store::unit::by_id(&read, id).await?.ok_or_else(|| AppError::NotFound("单位".into()))?;
    follow_up::require(app, actor, Action::UnitRead, &unit)?;
    Ok(store::unit::history(&read, id).await?)
}
