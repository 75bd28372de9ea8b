//! What an actor may do to units somewhere, so that pages offer only what can succeed.

use std::collections::HashMap;

use domain::{actor::Actor, ids::UnitId};
use policy::{Action, Target};
use serde::Serialize;

use crate::{App, AppResult, authorise};

/// What the actor may do to units somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct UnitAbilities {
    /// Found units.
    pub create: bool,
    /// Import tables.
    pub import: bool,
    /// Export tables.
    pub export: bool,
}

/// What the actor may do to units at the places of the own duties.
pub fn abilities(app: &App, actor: &Actor) -> UnitAbilities {
    let may = |action| {
        actor
            .duties
            .iter()
            .any(|held| app.policy.decide(actor, action, &Target::Unit { path: &held.unit_path }).allowed)
    };
    UnitAbilities { create: may(Action::UnitCreate), import: may(Action::UnitImport), export: may(Action::UnitExport) }
}

/// Full names of units by key.
///
/// # Errors
/// [`crate::AppError::Forbidden`] for people without any duty.
pub async fn names(app: &App, actor: &Actor, ids: &[UnitId]) -> AppResult<HashMap<UnitId, String>> {
    authorise::require(app, actor, Action::UnitRead, &Target::Unit { path: &actor.home_unit_path })?;
    Ok(store::unit::names(&app.store.read(), ids).await?)
}

/// Words for the duties of coordinators, in the order of the notice.
pub fn coordinator_roles() -> &'static [&'static str] {
    &store::unit::COORDINATOR_ROLES
}
