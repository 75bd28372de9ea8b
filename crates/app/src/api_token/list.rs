//! Tokens within the actor's reach.

use domain::{actor::Actor, duty::Duty, unit::Unit};
use store::{Scope, api_token::ApiToken};

use crate::{App, AppError, AppResult};

/// Tokens of the units that the actor is security administrator over, newest first.
///
/// # Errors
/// [`AppError::Forbidden`] for everybody else.
pub async fn list(app: &App, actor: &Actor) -> AppResult<Vec<ApiToken>> {
    let paths = actor.paths_of(&[Duty::SecurityAdmin]);
    if paths.is_empty() {
        return Err(AppError::Forbidden("接口令牌由安全管理员管理。".into()));
    }
    Ok(store::api_token::list(&app.store.read(), &Scope::below(paths)).await?)
}

/// Units that the actor may issue tokens for.
///
/// # Errors
/// As [`list`].
pub async fn units_in_reach(app: &App, actor: &Actor) -> AppResult<Vec<Unit>> {
    let paths = actor.paths_of(&[Duty::SecurityAdmin]);
    if paths.is_empty() {
        return Err(AppError::Forbidden("接口令牌由安全管理员管理。".into()));
    }
    let scope = Scope::below(paths);
    let units = store::unit::all(&app.store.read()).await?;
    Ok(units.into_iter().filter(|unit| scope.includes(&unit.path)).collect())
}
