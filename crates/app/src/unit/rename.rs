//! New names for units. The old name stays in the history and still finds the unit.

use domain::{
    actor::Actor,
    ids::UnitId,
    unit::UnitStatus,
    unit_history::{UnitHistoryDetail, UnitHistoryKind},
};
use policy::Action;
use serde::{Deserialize, Serialize};

use super::{differences, directory::Directory, draft::Draft, follow_up, rules};
use crate::{App, AppError, AppResult, record};

/// What the form sends.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewName {
    /// Full name.
    pub name: String,
    /// Short name; the full name when blank.
    pub short_name: Option<String>,
    /// Document or reason.
    pub reason: Option<String>,
    /// The lock version that the person saw.
    pub lock_version: i64,
}

/// Renames a unit; the pages of the sites it sponsors are made anew.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Conflict`] when it was changed meanwhile or nothing is new,
/// [`AppError::Forbidden`].
pub async fn rename(app: &App, actor: &Actor, id: UnitId, new: &NewName) -> AppResult<()> {
    app.store
        .write(|tx| async move {
            store::unit::lock_tree(&tx).await?;
            let directory = Directory::load(&tx).await?;
            let before = directory.require(id)?;
            follow_up::require(app, actor, Action::UnitChange, before)?;
            follow_up::require_seen(before, new.lock_version)?;
            require_active(before)?;
            let mut after = Draft::from(before);
            after.name.clone_from(&new.name);
            after.short_name = new.short_name.clone().unwrap_or_default();
            rules::normalise(&mut after);
            let after = rules::check(after, &directory).map_err(AppError::Invalid)?;
            let changes = differences::between(Some(before), &after, &directory);
            if changes.is_empty() {
                return Err(AppError::invalid("name", "名称和简称都没有变化。"));
            }
            store::unit::update(&tx, &after).await?;
            if before.name != after.name {
                store::unit::remember_former_name(&tx, id, &before.name).await?;
                follow_up::rebuild_sites_of(&tx, &after, actor).await?;
            }
            let reason = new.reason.as_deref().and_then(follow_up::reason);
            let detail = UnitHistoryDetail { changes, reason, ..UnitHistoryDetail::default() };
            store::unit::append_history(&tx, id, UnitHistoryKind::Renamed, &detail, &actor.login).await?;
            follow_up::announce(&tx, id);
            record::event("unit.rename", id, &after.name)
                .unit(id)
                .before((&before.name, &before.short_name))
                .after((&after.name, &after.short_name))
                .write(&tx, Some(actor))
                .await
        })
        .await
}

/// Only units in use are changed: the others stand for what was.
pub(super) fn require_active(unit: &domain::unit::Unit) -> AppResult<()> {
    if unit.status == UnitStatus::Active {
        return Ok(());
    }
    Err(AppError::Conflict(format!("“{}”{}，不能再修改。", unit.name, unit.status.chinese())))
}
