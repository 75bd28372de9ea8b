//! 解除任职: ends a duty; it stays in the history.

use domain::{actor::Actor, ids::AppointmentId};
use policy::{Action, Target};

use crate::{App, AppError, AppResult, authorise, person, record};

/// Ends an appointment. It has effect at once: duties are read anew at each request.
pub async fn end(app: &App, actor: &Actor, id: AppointmentId) -> AppResult<()> {
    let not_found = || AppError::NotFound("任职".to_owned());
    let held = &store::appointment::by_id(&app.store.read(), id).await?.ok_or_else(not_found)?;
    let (subject, _) = &person::visible(app, actor, held.person).await?;
    authorise::require(app, actor, Action::AppointmentEnd, &Target::Unit { path: &held.unit_path })?;
    if held.person == actor.person {
        return Err(AppError::Conflict("不能解除自己的任职，请由另一名安全管理员办理。".into()));
    }
    app.store
        .write(|tx| async move {
            store::person::lock(&tx, held.person).await?.ok_or_else(not_found)?;
            person::refuse_if_last(&tx, held.person, held.duty).await?;
            if !store::appointment::end(&tx, id, Some(actor.person)).await? {
                return Err(AppError::Conflict("该任职已经解除。".into()));
            }
            record::event("appointment.end", id, format!("{} 免 {}", subject.name, held.duty.chinese()))
                .unit(held.unit)
                .before(serde_json::json!({
                    "person": held.person, "login": subject.login, "unit": held.unit, "unit_name": held.unit_name,
                    "duty": held.duty.as_str(),
                }))
                .write(&tx, Some(actor))
                .await
        })
        .await
}
