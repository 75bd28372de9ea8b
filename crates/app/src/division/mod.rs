//! Divisions (行政区划): facts that every instance starts with.

mod seed_data;

use domain::{actor::Actor, division::Division};
use policy::{Action, Target};

use crate::{App, AppResult, authorise};

pub(crate) use seed_data::embedded;

/// Every division, each after the one above it. Whoever may see the tree of units may see the divisions.
///
/// # Errors
/// [`crate::AppError::Forbidden`] for people without any duty.
pub async fn list(app: &App, actor: &Actor) -> AppResult<Vec<Division>> {
    authorise::require(app, actor, Action::UnitRead, &Target::Unit { path: &actor.home_unit_path })?;
    Ok(store::division::all(&app.store.read()).await?)
}
