//! 重置二次验证: for somebody who lost the phone and the recovery codes.

use domain::{actor::Actor, ids::PersonId};
use policy::Action;

use super::visible_and;
use crate::{App, AppError, AppResult, record};

/// Removes the second factor and ends all sessions; the person enrols anew at the next login if it is required.
pub async fn reset_second_factor(app: &App, actor: &Actor, id: PersonId) -> AppResult<()> {
    let (person, _) = visible_and(app, actor, id, Action::SecondFactorReset).await?;
    if id == actor.person {
        return Err(AppError::Conflict("更换自己的二次验证请到“个人资料”，或请另一名安全管理员办理。".into()));
    }
    let person = &person;
    app.store
        .write(|tx| async move {
            let now = store::person::lock(&tx, id).await?.ok_or_else(|| AppError::NotFound("人员".into()))?.person;
            if !now.second_factor {
                return Err(AppError::Conflict("该人员没有设置二次验证，无需重置。".into()));
            }
            store::person::set_second_factor(&tx, id, None, false).await?;
            store::person::replace_recovery_codes(&tx, id, &[]).await?;
            store::session::revoke_all_of(&tx, id, None).await?;
            record::event("second_factor.reset", id, person.name.clone())
                .unit(person.home_unit)
                .before(serde_json::json!({ "second_factor": true }))
                .after(serde_json::json!({ "second_factor": false }))
                .write(&tx, Some(actor))
                .await
        })
        .await
}
