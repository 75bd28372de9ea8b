//! People (人员): accounts are made and kept by the system administrator, who can give nobody a duty; duties are given
//! by the security administrator ([`crate::appointment`]), who can make no account (GB/T 22239-2019, 三权分立).

mod bootstrap;
mod change;
mod create;
mod disable;
mod get;
pub(crate) mod input;
mod list;
pub mod one_time;
pub mod password;
mod reset_password;
mod reset_second_factor;

use domain::{actor::Actor, ids::PersonId, person::Person};
use policy::{Action, Target};

use crate::{App, AppError, AppResult, authorise};

pub use bootstrap::{Bootstrap, InitialPassword, bootstrap, reset_password_from_command_line};
pub use change::change;
pub use create::{Created, create};
pub use disable::{disable, enable};
pub(crate) use get::appointments;
pub use get::{AppointmentView, Permissions, PersonDetail, get};
pub use input::{AccountChange, NewAccount};
pub use list::{PersonQuery, UnitChoice, list, may_create, units_for_choice};
pub use reset_password::reset_password;
pub use reset_second_factor::reset_second_factor;
pub use store::person::{PersonFilter, PersonRow, PersonSort};

/// What the audit trail keeps of a person: never a hash or a secret.
pub(crate) fn for_audit(person: &Person) -> serde_json::Value {
    serde_json::json!({
        "login": person.login,
        "name": person.name,
        "home_unit": person.home_unit,
        "phone": person.phone,
        "active": person.active,
    })
}

/// The person and the path of the home unit, when `actor` may see them; otherwise not found.
pub(crate) async fn visible(app: &App, actor: &Actor, id: PersonId) -> AppResult<(Person, String)> {
    let read = app.store.read();
    let not_found = || AppError::NotFound("人员".to_owned());
    let person = store::person::by_id(&read, id).await?.ok_or_else(not_found)?;
    let unit = store::person::unit_of(&read, person.home_unit).await?.ok_or_else(not_found)?;
    let target = Target::Person { home_unit_path: &unit.path, is_self: actor.person == id };
    authorise::visible(app, actor, Action::PersonRead, &target, "人员")?;
    Ok((person, unit.path))
}

/// [`visible`], and then the actor must be allowed `action` as well.
pub(crate) async fn visible_and(app: &App, actor: &Actor, id: PersonId, action: Action) -> AppResult<(Person, String)> {
    let (person, path) = visible(app, actor, id).await?;
    let target = Target::Person { home_unit_path: &path, is_self: actor.person == id };
    authorise::require(app, actor, action, &target)?;
    Ok((person, path))
}

/// Refuses to take an administrator's duty away from the last active person who holds it: nobody could give it back.
pub(crate) async fn refuse_if_last(tx: &store::Tx, person: PersonId, duty: domain::duty::Duty) -> AppResult<()> {
    if !duty.is_administrator() || !store::appointment::lock_others_holding(tx, duty, person).await?.is_empty() {
        return Ok(());
    }
    Err(AppError::Conflict(format!(
        "这是最后一名在任的{}，停用或解除后将无人能履行该职责。请先由另一人任{}，再办理。",
        duty.chinese(),
        duty.chinese()
    )))
}
