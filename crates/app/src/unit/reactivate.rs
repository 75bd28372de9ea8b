//! Putting a unit back into use.

use domain::{
    actor::Actor,
    ids::UnitId,
    unit::UnitStatus,
    unit_history::{UnitHistoryDetail, UnitHistoryKind},
};
use policy::Action;

use super::{directory::Directory, draft::Draft, follow_up, rules};
use crate::{App, AppError, AppResult, record};

/// Puts an inactive unit back into use, if it still fits among the others.
///
/// # Errors
/// [`AppError::Conflict`] for units that are not inactive, or that no longer fit (the reason is told);
/// [`AppError::Forbidden`].
pub async fn reactivate(app: &App, actor: &Actor, id: UnitId, lock_version: i64, reason: &str) -> AppResult<()> {
    app.store
        .write(|tx| async move {
            store::unit::lock_tree(&tx).await?;
            let directory = Directory::load(&tx).await?;
            let unit = directory.require(id)?;
            follow_up::require(app, actor, Action::UnitDeactivate, unit)?;
            follow_up::require_seen(unit, lock_version)?;
            match unit.status {
                UnitStatus::Inactive => {}
                UnitStatus::Active => return Err(AppError::Conflict(format!("“{}”正在使用。", unit.name))),
                UnitStatus::Merged => {
                    let into = directory.name_of(unit.merged_into);
                    let message = format!("“{}”已并入“{into}”，不能恢复使用。如需重新设立，请新建单位。", unit.name);
                    return Err(AppError::Conflict(message));
                }
            }
            let mut after = unit.clone();
            after.status = UnitStatus::Active;
            if let Err(problems) = rules::check(Draft::from(&after), &directory) {
                let reasons: Vec<String> = problems.into_iter().map(|problem| problem.message).collect();
                return Err(AppError::Conflict(format!("“{}”还不能恢复使用：{}", unit.name, reasons.join(""))));
            }
            store::unit::update(&tx, &after).await?;
            let detail = UnitHistoryDetail { reason: follow_up::reason(reason), ..UnitHistoryDetail::default() };
            store::unit::append_history(&tx, id, UnitHistoryKind::Reactivated, &detail, &actor.login).await?;
            follow_up::announce(&tx, id);
            record::event("unit.reactivate", id, &unit.name)
                .unit(id)
                .before(unit.status)
                .after(after.status)
                .write(&tx, Some(actor))
                .await
        })
        .await
}
