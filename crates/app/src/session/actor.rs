//! The acting person with all duties in force: own ones, and reviewing duties of absent people.

use domain::{
    actor::{Actor, HeldDuty, Origin},
    delegation::DELEGATED_DUTIES,
    ids::{PersonId, SessionId},
    person::Person,
};
use jiff::Timestamp;
use store::{Read, appointment::Held};

use crate::{App, AppError, AppResult};

/// Builds the actor of `person` at `now`. Duties at units out of use rest. A delegation hands over reviewing and
/// nothing else, and never to an administrator.
pub async fn actor_of(
    read: &Read,
    person: &Person,
    session: Option<SessionId>,
    origin: Origin,
    now: Timestamp,
) -> AppResult<Actor> {
    let home = store::person::unit_of(read, person.home_unit).await?;
    let absent = store::delegation::absent_for(read, person.id, now).await?;
    let people: Vec<PersonId> = absent.into_iter().chain([person.id]).collect();
    let held = store::appointment::in_force_of(read, &people).await?;
    let administrator = held.iter().any(|held| held.person == person.id && held.duty.is_administrator());
    let counts = |held: &Held| {
        held.unit_active && (held.person == person.id || (!administrator && DELEGATED_DUTIES.contains(&held.duty)))
    };
    Ok(Actor {
        person: person.id,
        login: person.login.clone(),
        name: person.name.clone(),
        home_unit: person.home_unit,
        home_unit_path: home.map(|unit| unit.path).unwrap_or_default(),
        duties: held
            .into_iter()
            .filter(counts)
            .map(|held| HeldDuty {
                unit: held.unit,
                unit_path: held.unit_path,
                duty: held.duty,
                on_behalf_of: Some(held.person).filter(|whose| *whose != person.id),
            })
            .collect(),
        session,
        origin,
    })
}

/// The actor with this login name, for commands that act in somebody's name (`--as LOGIN`). Whoever may run commands
/// on the server needs no password, but a disabled person can do nothing here either.
pub async fn actor_for_login(app: &App, login: &str, origin: Origin) -> AppResult<Actor> {
    let read = app.store.read();
    let person = store::person::by_login(&read, login.trim()).await?.filter(|person| person.active);
    let person = person.ok_or_else(|| AppError::NotFound(format!("登录名为“{}”的在用账号", login.trim())))?;
    actor_of(&read, &person, None, origin, app.now()).await
}
