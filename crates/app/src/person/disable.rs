//! 停用、启用人员. A disabled person is out at once: sessions end, delegated duties rest, nothing is deleted.

use domain::{actor::Actor, ids::PersonId};
use policy::Action;

use super::{refuse_if_last, visible_and};
use crate::{App, AppError, AppResult, record};

/// Disables an account, with the reason that the audit trail keeps.
pub async fn disable(app: &App, actor: &Actor, id: PersonId, reason: &str) -> AppResult<()> {
    let (person, _) = visible_and(app, actor, id, Action::PersonDisable).await?;
    if id == actor.person {
        return Err(AppError::Conflict("不能停用自己的账号，请由另一名系统管理员办理。".into()));
    }
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(AppError::invalid("reason", "请填写停用原因，例如：调离、退休。"));
    }
    let person = &person;
    app.store
        .write(|tx| async move {
            let now = store::person::lock(&tx, id).await?.ok_or_else(|| AppError::NotFound("人员".into()))?.person;
            if !now.active {
                return Err(AppError::Conflict("该账号已经停用。".into()));
            }
            for held in store::appointment::in_force_of(&tx, &[id]).await? {
                refuse_if_last(&tx, id, held.duty).await?;
            }
            store::person::set_active(&tx, id, false).await?;
            let sessions = store::session::revoke_all_of(&tx, id, None).await?;
            record::event("person.disable", id, person.name.clone())
                .unit(person.home_unit)
                .before(serde_json::json!({ "active": true }))
                .after(serde_json::json!({ "active": false, "reason": reason, "sessions_ended": sessions }))
                .write(&tx, Some(actor))
                .await
        })
        .await
}

/// Enables an account again; its appointments hold again too, so look at them first.
pub async fn enable(app: &App, actor: &Actor, id: PersonId) -> AppResult<()> {
    let (person, _) = visible_and(app, actor, id, Action::PersonDisable).await?;
    let person = &person;
    app.store
        .write(|tx| async move {
            let now = store::person::lock(&tx, id).await?.ok_or_else(|| AppError::NotFound("人员".into()))?.person;
            if now.active {
                return Err(AppError::Conflict("该账号正在使用，无需启用。".into()));
            }
            store::person::set_active(&tx, id, true).await?;
            record::event("person.enable", id, person.name.clone())
                .unit(person.home_unit)
                .before(serde_json::json!({ "active": false }))
                .after(serde_json::json!({ "active": true }))
                .write(&tx, Some(actor))
                .await
        })
        .await
}
