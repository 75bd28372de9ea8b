//! 查看人员: the people whose units the caller administers.

use domain::actor::Actor;
use policy::{Action, Target};
use store::Scope;
use store::person::{PersonFilter, PersonRow, PersonSort, UnitPart};

use crate::{App, AppError, AppResult};

/// One page of a list.
#[derive(Debug, Clone, Default)]
pub struct PersonQuery {
    /// What to look for.
    pub filter: PersonFilter,
    /// Order.
    pub sort: PersonSort,
    /// Descending.
    pub descending: bool,
    /// Rows to skip.
    pub offset: u64,
    /// Rows wanted.
    pub limit: u64,
}

/// People within the caller's reach, with the number of all that match.
pub async fn list(app: &App, actor: &Actor, query: &PersonQuery) -> AppResult<(Vec<PersonRow>, u64)> {
    let scope = Scope::below(paths(app, actor, Action::PersonRead, |path| Target::Person {
        home_unit_path: path,
        is_self: false,
    })?);
    let sort = (query.sort, query.descending);
    Ok(store::person::list(&app.store.read(), &scope, &query.filter, sort, query.offset, query.limit).await?)
}

/// What a list of units is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitChoice {
    /// Narrowing the list of people.
    Filter,
    /// Somebody's home unit.
    Home,
    /// The place of a duty.
    Appointment,
}

/// Units in use that the caller may choose for this purpose, in the order of the tree.
pub async fn units_for_choice(app: &App, actor: &Actor, purpose: UnitChoice) -> AppResult<Vec<UnitPart>> {
    let scope = Scope::below(match purpose {
        UnitChoice::Filter => {
            paths(app, actor, Action::PersonRead, |path| Target::Person { home_unit_path: path, is_self: false })?
        }
        UnitChoice::Home => paths(app, actor, Action::PersonCreate, |path| Target::Unit { path })?,
        UnitChoice::Appointment => paths(app, actor, Action::AppointmentGrant, |path| Target::Unit { path })?,
    });
    Ok(store::person::units_in_use(&app.store.read(), &scope).await?)
}

/// May the caller make accounts anywhere? For showing the button.
pub fn may_create(app: &App, actor: &Actor) -> bool {
    paths(app, actor, Action::PersonCreate, |path| Target::Unit { path }).is_ok()
}

/// The places from which the policies let the caller do this; refused when there is none.
fn paths<'a>(
    app: &App,
    actor: &'a Actor,
    action: Action,
    target: impl Fn(&'a str) -> Target<'a>,
) -> AppResult<Vec<String>> {
    let mut paths: Vec<String> = Vec::new();
    for held in &actor.duties {
        if app.policy.decide(actor, action, &target(&held.unit_path)).allowed {
            paths.push(held.unit_path.clone());
        }
    }
    paths.sort();
    paths.dedup();
    if paths.is_empty() {
        return Err(AppError::Forbidden(format!("您没有“{}”的权限。", action.chinese())));
    }
    Ok(paths)
}
