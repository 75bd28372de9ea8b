//! One person with everything the caller may see and do.

use std::collections::HashMap;

use domain::{
    actor::Actor,
    delegation::Delegation,
    ids::{AppointmentId, PersonId, UnitId},
    person::Person,
};
use jiff::Timestamp;
use policy::{Action, Target};
use serde::Serialize;
use store::appointment::Held;

use super::visible;
use crate::{App, AppResult, session::SessionView};

/// Which buttons make sense; the verbs check again.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Permissions {
    /// 修改
    pub change: bool,
    /// 停用、启用
    pub disable: bool,
    /// 重置口令
    pub reset_password: bool,
    /// 任职、解除任职
    pub appoint: bool,
    /// 重置二次验证
    pub reset_second_factor: bool,
    /// 注销会话
    pub revoke_sessions: bool,
}

/// An appointment as people read it.
#[derive(Debug, Clone, Serialize)]
pub struct AppointmentView {
    /// Key.
    pub id: AppointmentId,
    /// Stable word of the duty.
    pub duty: &'static str,
    /// Chinese word of the duty.
    pub duty_name: &'static str,
    /// Where.
    pub unit: UnitId,
    /// Name of the unit.
    pub unit_name: String,
    /// The unit is in use.
    pub unit_active: bool,
    /// Since when.
    pub granted_at: Timestamp,
    /// By whom; 命令行 for the first administrators.
    pub granted_by: String,
    /// Until when.
    pub ended_at: Option<Timestamp>,
    /// Ended by whom.
    pub ended_by: Option<String>,
}

/// One person in full.
#[derive(Debug, Clone, Serialize)]
pub struct PersonDetail {
    /// The person.
    pub person: Person,
    /// Name of the home unit.
    pub unit_name: String,
    /// Locked at this moment.
    pub locked: bool,
    /// Duties, those in force first.
    pub appointments: Vec<AppointmentView>,
    /// Open sessions; empty when the caller may not end them.
    pub sessions: Vec<SessionView>,
    /// Delegations that hold or will hold.
    pub delegations: Vec<Delegation>,
    /// What the caller may do.
    pub permissions: Permissions,
}

/// Loads a person that `actor` may see.
pub async fn get(app: &App, actor: &Actor, id: PersonId) -> AppResult<PersonDetail> {
    let (person, path) = visible(app, actor, id).await?;
    let read = app.store.read();
    let target = Target::Person { home_unit_path: &path, is_self: actor.person == id };
    let may = |action| app.policy.decide(actor, action, &target).allowed;
    let permissions = Permissions {
        change: may(Action::PersonChange),
        disable: may(Action::PersonDisable) && actor.person != id,
        reset_password: may(Action::PersonResetPassword) && actor.person != id,
        appoint: may(Action::AppointmentGrant) && actor.person != id,
        reset_second_factor: may(Action::SecondFactorReset) && actor.person != id && person.second_factor,
        revoke_sessions: may(Action::SessionRevoke),
    };
    let sessions = match permissions.revoke_sessions {
        true => crate::session::open_sessions(app, id, actor.session).await?,
        false => Vec::new(),
    };
    let unit_name = store::person::unit_of(&read, person.home_unit).await?.map(|unit| unit.name).unwrap_or_default();
    Ok(PersonDetail {
        unit_name,
        locked: store::person::is_locked(&person, app.now()),
        appointments: appointments(app, id).await?,
        sessions,
        delegations: store::delegation::current_or_coming(&read, id, app.now()).await?,
        permissions,
        person,
    })
}

/// All appointments of a person with the names of those who gave and ended them.
pub(crate) async fn appointments(app: &App, id: PersonId) -> AppResult<Vec<AppointmentView>> {
    let read = app.store.read();
    let all = store::appointment::all_of(&read, id).await?;
    let ids: Vec<PersonId> = all.iter().flat_map(|held| [held.granted_by, held.ended_by]).flatten().collect();
    let names: HashMap<PersonId, String> =
        store::person::by_ids(&read, &ids).await?.into_iter().map(|person| (person.id, person.name)).collect();
    Ok(all.into_iter().map(|held| view(held, &names)).collect())
}

fn view(held: Held, names: &HashMap<PersonId, String>) -> AppointmentView {
    let name =
        |id: Option<PersonId>| id.map_or_else(|| "命令行".to_owned(), |id| names.get(&id).cloned().unwrap_or_default());
    AppointmentView {
        id: held.id,
        duty: held.duty.as_str(),
        duty_name: held.duty.chinese(),
        unit: held.unit,
        unit_name: held.unit_name,
        unit_active: held.unit_active,
        granted_at: held.granted_at,
        granted_by: name(held.granted_by),
        ended_by: held.ended_at.map(|_| name(held.ended_by)),
        ended_at: held.ended_at,
    }
}
