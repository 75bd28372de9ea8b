//! One unit with everything people want to know about it.

use domain::{
    actor::Actor,
    division::Division,
    duty::Duty,
    identifier::DomainName,
    ids::{PersonId, SiteId, UnitId},
    site::SiteState,
    unit::{Unit, UnitStatus},
    unit_history::UnitHistory,
};
use policy::{Action, Target};
use serde::Serialize;

use super::follow_up;
use crate::{App, AppError, AppResult};

/// A unit by key and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitRef {
    /// Key.
    pub id: UnitId,
    /// Full name.
    pub name: String,
}

/// A person with a duty at the unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DutyHolder {
    /// Who.
    pub person: PersonId,
    /// Display name.
    pub name: String,
    /// Login name.
    pub login: String,
    /// What.
    pub duty: Duty,
    /// The word for the duty.
    pub duty_name: &'static str,
}

/// A site that the unit sponsors or operates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SiteOfUnit {
    /// Key.
    pub id: SiteId,
    /// Name.
    pub name: String,
    /// Host name.
    pub domain: DomainName,
    /// State.
    pub state: SiteState,
    /// True when the unit sponsors it, false when it only operates it.
    pub sponsors: bool,
}

/// What the actor may do to the unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct UnitPermissions {
    /// Add a unit below.
    pub create: bool,
    /// Rename, change facts.
    pub change: bool,
    /// Move below another.
    pub move_to: bool,
    /// Merge into another.
    pub merge: bool,
    /// Put out of use, or back.
    pub deactivate: bool,
}

/// Everything about one unit.
#[derive(Debug, Clone, Serialize)]
pub struct UnitPage {
    /// The unit.
    pub unit: Unit,
    /// Its division, unless unknown.
    pub division: Option<Division>,
    /// Units above, the root first.
    pub above: Vec<UnitRef>,
    /// Units directly below, in whatever state: those of the same division first, as in the tree.
    pub children: Vec<Unit>,
    /// The competent office (主管单位) of its division; for that office itself, the one of the division above.
    pub competent_office: Option<UnitRef>,
    /// Coordinators with their roles.
    pub coordinators: Vec<(String, UnitRef)>,
    /// The unit that took it over.
    pub merged_into: Option<UnitRef>,
    /// People with duties; `None` when the actor may not see them.
    pub people: Option<Vec<DutyHolder>>,
    /// Sites it sponsors or operates.
    pub sites: Vec<SiteOfUnit>,
    /// Newest first.
    pub history: Vec<UnitHistory>,
    /// What the actor may do.
    pub may: UnitPermissions,
}

/// Everything about one unit.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Forbidden`].
pub async fn get(app: &App, actor: &Actor, id: UnitId) -> AppResult<UnitPage> {
    let read = app.store.snapshot().await?;
    let unit = store::unit::by_id(&read, id).await?.ok_or_else(|| AppError::NotFound("单位".into()))?;
    follow_up::require(app, actor, Action::UnitRead, &unit)?;
    let may = |action| app.policy.decide(actor, action, &Target::Unit { path: &unit.path }).allowed;
    let people = if may(Action::PersonRead) { Some(duty_holders(&read, id).await?) } else { None };
    let merged_into = match unit.merged_into {
        Some(id) => store::unit::by_id(&read, id).await?.map(reference),
        None => None,
    };
    let coordinators = store::unit::coordinators(&read, &unit.division).await?;
    Ok(UnitPage {
        division: store::division::by_code(&read, &unit.division).await?,
        above: above(&read, &unit).await?,
        children: children(&read, &unit).await?,
        competent_office: competent_office(&read, &unit).await?,
        coordinators: coordinators.into_iter().map(|(role, unit)| (role.to_owned(), reference(unit))).collect(),
        merged_into,
        people,
        sites: sites(&read, id).await?,
        history: store::unit::history(&read, id).await?,
        may: UnitPermissions {
            create: unit.status == UnitStatus::Active && may(Action::UnitCreate),
            change: unit.status == UnitStatus::Active && may(Action::UnitChange),
            move_to: unit.status == UnitStatus::Active && unit.parent.is_some() && may(Action::UnitMove),
            merge: unit.status != UnitStatus::Merged && unit.parent.is_some() && may(Action::UnitMerge),
            deactivate: unit.status != UnitStatus::Merged && unit.parent.is_some() && may(Action::UnitDeactivate),
        },
        unit,
    })
}

/// People with duties in force at a unit, in the order of the duties.
pub(super) async fn duty_holders(read: &store::Read, unit: UnitId) -> AppResult<Vec<DutyHolder>> {
    let mut holders = Vec::new();
    for duty in Duty::ALL {
        for person in store::appointment::people_at(read, unit, duty).await? {
            let (id, name, login) = (person.id, person.name, person.login);
            holders.push(DutyHolder { person: id, name, login, duty, duty_name: duty.chinese() });
        }
    }
    Ok(holders)
}

async fn children(read: &store::Read, unit: &Unit) -> AppResult<Vec<Unit>> {
    let mut children = store::unit::children(read, unit.id).await?;
    children.sort_by(|a, b| super::tree::order(unit, a).cmp(&super::tree::order(unit, b)));
    Ok(children)
}

async fn above(read: &store::Read, unit: &Unit) -> AppResult<Vec<UnitRef>> {
    let ids: Vec<UnitId> = unit.path.split('/').filter_map(|id| id.parse().ok()).filter(|id| *id != unit.id).collect();
    let names = store::unit::names(read, &ids).await?;
    Ok(ids.into_iter().filter_map(|id| names.get(&id).map(|name| UnitRef { id, name: name.clone() })).collect())
}

async fn competent_office(read: &store::Read, unit: &Unit) -> AppResult<Option<UnitRef>> {
    let office = store::unit::competent_office(read, &unit.division).await?;
    if office.as_ref().is_none_or(|office| office.id != unit.id) {
        return Ok(office.map(reference));
    }
    let division = store::division::by_code(read, &unit.division).await?;
    match division.and_then(|division| division.parent) {
        Some(parent) => Ok(store::unit::competent_office(read, &parent).await?.map(reference)),
        None => Ok(None),
    }
}

async fn sites(read: &store::Read, unit: UnitId) -> AppResult<Vec<SiteOfUnit>> {
    let all = store::site::list(read, &store::Scope::everything()).await?;
    Ok(all
        .into_iter()
        .filter(|site| site.sponsor == unit || site.operator == Some(unit))
        .map(|site| SiteOfUnit {
            id: site.id,
            name: site.name,
            domain: site.domain,
            state: site.state,
            sponsors: site.sponsor == unit,
        })
        .collect())
}

fn reference(unit: Unit) -> UnitRef {
    UnitRef { id: unit.id, name: unit.name }
}
