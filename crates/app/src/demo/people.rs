//! The cast: accounts with their duties, made as the command line makes the first people of an instance.

use std::collections::HashMap;

use domain::{
    actor::{Actor, Origin},
    duty::Duty,
    ids::UnitId,
    review::ReviewStep,
    unit::Unit,
};
use futures::future::try_join_all;
use policy::{Action, Target};

use super::source::CastPerson;
use crate::{
    App, AppError, AppResult,
    person::{Bootstrap, InitialPassword, NewAccount, bootstrap},
    session, setting,
};

/// The password of everybody in the demo. It is printed and public; instances with real data have none of these people.
pub const PASSWORD: &str = "Shili-2021-45";

/// Everybody of the demo, able to act.
pub(super) struct Cast {
    actors: Vec<Actor>,
    units: HashMap<String, Unit>,
}

impl Cast {
    /// Makes all accounts; hashing their passwords is what takes time, so it happens side by side.
    pub(super) async fn hire(app: &App, people: &[CastPerson]) -> AppResult<Self> {
        let units: HashMap<String, Unit> =
            store::unit::all(&app.store.read()).await?.into_iter().map(|unit| (unit.code.clone(), unit)).collect();
        let wanted: Vec<Bootstrap> = people.iter().map(|person| account(person, &units)).collect::<AppResult<_>>()?;
        try_join_all(wanted.into_iter().map(|wanted| bootstrap(app, wanted))).await?;
        let mut actors = Vec::with_capacity(people.len());
        for person in people {
            actors.push(session::actor_for_login(app, &person.login, Origin::command()).await?);
        }
        let cast = Self { actors, units };
        cast.relax(app).await?;
        Ok(cast)
    }

    /// A demo is opened by whoever wants to look around, months after it was filled: no second factor, and passwords
    /// that last a year. The security administrator decides so, as everywhere.
    async fn relax(&self, app: &App) -> AppResult<()> {
        let values = [("login.admin_second_factor", "0"), ("password.max_age_days", "365")];
        let typed: Vec<(String, String)> = values.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
        setting::change(app, self.holding(Duty::SecurityAdmin)?, &typed).await?;
        Ok(())
    }

    /// The person with this login.
    pub(super) fn login(&self, login: &str) -> AppResult<&Actor> {
        let found = self.actors.iter().find(|actor| actor.login == login);
        found.ok_or_else(|| AppError::internal(format!("demo: nobody is called {login}")))
    }

    /// The unit with this code.
    pub(super) fn unit(&self, code: &str) -> AppResult<&Unit> {
        self.units.get(code).ok_or_else(|| AppError::internal(format!("demo: there is no unit {code}")))
    }

    /// The person whose duties allow this; the one nearest to the thing, when several do.
    pub(super) fn allowed(&self, app: &App, action: Action, target: &Target<'_>) -> AppResult<&Actor> {
        let may = self.actors.iter().filter(|actor| app.policy.decide(actor, action, target).allowed);
        may.max_by_key(|actor| actor.home_unit_path.len())
            .ok_or_else(|| AppError::internal(format!("demo: nobody may {action:?} {target:?}")))
    }

    /// Somebody who can decide this step and has no hand in the text.
    pub(super) fn reviewer(&self, step: &ReviewStep, writer: &Actor) -> AppResult<&Actor> {
        let able = |actor: &&Actor| actor.holds_at(step.duty, step.unit) && actor.person != writer.person;
        self.actors
            .iter()
            .find(able)
            .ok_or_else(|| AppError::internal(format!("demo: nobody can decide “{}” for {}", step.name, writer.login)))
    }

    fn holding(&self, duty: Duty) -> AppResult<&Actor> {
        let found = self.actors.iter().find(|actor| actor.holds(duty));
        found.ok_or_else(|| AppError::internal(format!("demo: nobody is {}", duty.as_str())))
    }
}

fn account(person: &CastPerson, units: &HashMap<String, Unit>) -> AppResult<Bootstrap> {
    let unit = |code: &str| -> AppResult<UnitId> {
        let found = units.get(code).map(|unit| unit.id);
        found.ok_or_else(|| AppError::internal(format!("demo: {} is at an unknown unit {code}", person.login)))
    };
    let duties = person
        .appointments
        .iter()
        .map(|appointment| {
            let duty = Duty::parse(&appointment.duty)
                .ok_or_else(|| AppError::internal(format!("demo: unknown duty {}", appointment.duty)))?;
            Ok((unit(&appointment.unit)?, duty))
        })
        .collect::<AppResult<Vec<_>>>()?;
    let home = person.appointments.first().map_or("nmg-bgt", |appointment| appointment.unit.as_str());
    let account =
        NewAccount { login: person.login.clone(), name: person.name.clone(), home_unit: unit(home)?, phone: None };
    Ok(Bootstrap { account, duties, password: InitialPassword::Demo(PASSWORD.to_owned()) })
}
