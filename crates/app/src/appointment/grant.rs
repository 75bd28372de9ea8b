//! 任职: gives a person a duty at a unit.

use domain::{
    actor::Actor,
    duty::{self, Duty},
    ids::{AppointmentId, PersonId, UnitId},
    person::Appointment,
};
use policy::{Action, Target};
use serde::{Deserialize, Serialize};

use crate::{App, AppError, AppResult, authorise, person::visible, record, unit::hold_in_use};

/// Form of an appointment.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct NewAppointment {
    /// Where.
    pub unit: UnitId,
    /// Which duty.
    pub duty: Duty,
}

/// Gives `person` a duty. Two administrators who appoint the same person at once meet at the lock on the person, so
/// that the three administrators stay three persons.
pub async fn grant(app: &App, actor: &Actor, person: PersonId, new: NewAppointment) -> AppResult<AppointmentId> {
    let (subject, _) = visible(app, actor, person).await?;
    let subject = &subject;
    let id = app.ids.fresh();
    app.store
        .write(|tx| async move {
            let unit = hold_in_use(&tx, "unit", new.unit).await?;
            authorise::require(app, actor, Action::AppointmentGrant, &Target::Unit { path: &unit.path })?;
            if person == actor.person {
                return Err(AppError::Conflict("不能给自己任职，请由另一名安全管理员办理。".into()));
            }
            let now = store::person::lock(&tx, person).await?.ok_or_else(|| AppError::NotFound("人员".into()))?.person;
            if !now.active {
                return Err(AppError::Conflict("该账号已停用，不能任职。请先请系统管理员启用。".into()));
            }
            let held = store::appointment::in_force_of(&tx, &[person]).await?;
            if held.iter().any(|held| held.duty == new.duty && held.unit == new.unit) {
                return Err(AppError::Conflict(format!("该人员已在“{}”任“{}”。", unit.name, new.duty.chinese())));
            }
            let duties: Vec<Duty> = held.iter().map(|held| held.duty).collect();
            if let Some(objection) = duty::conflict(&duties, new.duty) {
                return Err(AppError::Conflict(objection));
            }
            refuse_administrator_with_delegations(&tx, person, new.duty).await?;
            let appointment = Appointment {
                id,
                person,
                unit: new.unit,
                duty: new.duty,
                granted_at: tx.now(),
                granted_by: Some(actor.person),
                ended_at: None,
            };
            store::appointment::insert(&tx, &appointment).await?;
            record::event("appointment.grant", id, format!("{} 任 {}", subject.name, new.duty.chinese()))
                .unit(new.unit)
                .after(serde_json::json!({
                    "person": person, "login": subject.login, "unit": new.unit, "unit_name": unit.name,
                    "duty": new.duty.as_str(),
                }))
                .write(&tx, Some(actor))
                .await
        })
        .await?;
    Ok(id)
}

/// Who stands in for a reviewer takes part in publishing; an administrator may not.
async fn refuse_administrator_with_delegations(tx: &store::Tx, person: PersonId, wanted: Duty) -> AppResult<()> {
    let delegations = store::delegation::current_or_coming(tx, person, tx.now()).await?;
    if !wanted.is_administrator() || delegations.is_empty() {
        return Ok(());
    }
    Err(AppError::Conflict(format!(
        "该人员有未结束的委托代办，不能任“{}”：管理员不得参与信息发布。请先由委托人撤销委托。",
        wanted.chinese()
    )))
}
