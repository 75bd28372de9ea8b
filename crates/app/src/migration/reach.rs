//! Reaching a migration: another office's does not exist.

use domain::{
    actor::Actor,
    ids::MigrationId,
    migration::{Migration, MigrationState},
    site::Site,
    unit::Unit,
};
use policy::{Action, Target};
use store::Read;

use crate::{App, AppError, AppResult, authorise};

/// A migration with its site and the unit that answers for it.
#[derive(Debug, Clone)]
pub struct Reached {
    /// The migration.
    pub migration: Migration,
    /// The site that it goes into.
    pub site: Site,
    /// The sponsor of the site.
    pub unit: Unit,
}

/// The refusal that says nothing.
pub(super) fn missing() -> AppError {
    AppError::NotFound("网站迁移".into())
}

/// The migration, if the actor may see it, and may take `action` on it.
///
/// # Errors
/// [`AppError::NotFound`] for another office's, [`AppError::Forbidden`] for those who only read it.
pub(super) async fn reach(
    app: &App,
    read: &Read,
    actor: &Actor,
    id: MigrationId,
    action: Action,
) -> AppResult<Reached> {
    let migration = store::migration::project::by_id(read, id).await?.ok_or_else(missing)?;
    let reached = surroundings(read, migration).await?;
    permitted(app, actor, &reached.unit, action)?;
    Ok(reached)
}

/// [`reach`] with the row held until the transaction ends.
///
/// # Errors
/// As [`reach`].
pub(super) async fn hold(
    app: &App,
    tx: &store::Tx,
    actor: &Actor,
    id: MigrationId,
    action: Action,
) -> AppResult<Reached> {
    let migration = store::migration::project::lock(tx, id).await?.ok_or_else(missing)?;
    let reached = surroundings(tx, migration).await?;
    permitted(app, actor, &reached.unit, action)?;
    Ok(reached)
}

fn permitted(app: &App, actor: &Actor, unit: &Unit, action: Action) -> AppResult<()> {
    let target = Target::Unit { path: &unit.path };
    authorise::visible(app, actor, Action::MigrationRead, &target, "网站迁移")?;
    authorise::require(app, actor, action, &target)
}

/// Site and unit of a migration.
pub(super) async fn surroundings(read: &Read, migration: Migration) -> AppResult<Reached> {
    let site = store::site::by_id(read, migration.site).await?.ok_or_else(missing)?;
    let unit = store::unit::by_id(read, migration.unit).await?.ok_or_else(missing)?;
    Ok(Reached { migration, site, unit })
}

impl Reached {
    /// Demands one of these states.
    ///
    /// # Errors
    /// [`AppError::Conflict`] naming the present one.
    pub(super) fn require(&self, states: &[MigrationState], what: &str) -> AppResult<()> {
        if states.contains(&self.migration.state) {
            return Ok(());
        }
        Err(AppError::Conflict(format!(
            "本次迁移目前为“{}”，不能{what}。请刷新查看最新状态。",
            self.migration.state.chinese()
        )))
    }
}
