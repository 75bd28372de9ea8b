//! Moving a unit, with everything below it, below another unit.

use domain::{
    actor::Actor,
    ids::UnitId,
    unit_history::{FieldChange, UnitHistoryDetail, UnitHistoryKind},
};
use policy::Action;
use serde_json::json;

use super::{directory::Directory, follow_up, rename::require_active, rules};
use crate::{App, AppError, AppResult, record};

/// Puts `id` below `parent`. Paths of the whole subtree and every copy of them change in the same transaction, so
/// scopes are right from one moment to the next. Returns the number of units that moved.
///
/// # Errors
/// [`AppError::Invalid`] when the new place is impossible (inside the unit itself, another division, not in use);
/// [`AppError::Conflict`] when the unit was changed meanwhile; [`AppError::Forbidden`] unless the actor administers
/// both the unit and its new superior.
pub async fn move_to(
    app: &App,
    actor: &Actor,
    id: UnitId,
    parent: UnitId,
    lock_version: i64,
    reason: &str,
) -> AppResult<usize> {
    app.store
        .write(|tx| async move {
            store::unit::lock_tree(&tx).await?;
            let directory = Directory::load(&tx).await?;
            let unit = directory.require(id)?;
            follow_up::require(app, actor, Action::UnitMove, unit)?;
            follow_up::require_seen(unit, lock_version)?;
            require_active(unit)?;
            let new_parent =
                directory.unit(parent).ok_or_else(|| AppError::invalid("parent", "上级单位不存在，请重新选择。"))?;
            follow_up::require(app, actor, Action::UnitMove, new_parent)?;
            if unit.parent.is_none() {
                return Err(AppError::Conflict("自治区政府办公厅是单位树的根，不能调整隶属。".into()));
            }
            if unit.parent == Some(parent) {
                return Err(AppError::invalid("parent", format!("上级单位已经是“{}”。", new_parent.name)));
            }
            if let Some(message) = rules::parent_objection(unit, new_parent, &directory) {
                return Err(AppError::invalid("parent", message));
            }
            let moved = store::unit::list_below(&tx, unit).await?.len();
            let path = store::unit::move_subtree(&tx, unit, new_parent).await?;
            let changes = vec![FieldChange {
                label: "上级单位".into(),
                before: directory.name_of(unit.parent),
                after: new_parent.name.clone(),
            }];
            let detail = UnitHistoryDetail { changes, reason: follow_up::reason(reason), other: None };
            store::unit::append_history(&tx, id, UnitHistoryKind::Moved, &detail, &actor.login).await?;
            follow_up::announce(&tx, id);
            record::event("unit.move", id, &unit.name)
                .unit(id)
                .before(json!({ "parent": unit.parent, "path": unit.path }))
                .after(json!({ "parent": parent, "path": path, "units_moved": moved }))
                .write(&tx, Some(actor))
                .await?;
            Ok(moved)
        })
        .await
}
