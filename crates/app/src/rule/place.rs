//! Whose rules a person looks at: the region's or a league's.

use domain::{
    actor::Actor,
    division::DivisionLevel,
    duty::Duty,
    identifier::DivisionCode,
    ids::UnitId,
    unit::{Unit, UnitKind},
};
use policy::{Action, Target};
use serde::Serialize;

use crate::{App, AppError, AppResult, authorise};

/// A region or league whose rules a person may read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Six digits.
    pub code: DivisionCode,
    /// Name of the division.
    pub name: String,
    /// 自治区 or 盟市.
    pub level: &'static str,
}

/// The places whose rules the actor may read, the own one first: the own league with the region above it, and, for
/// those who oversee, every league below.
///
/// # Errors
/// [`AppError::Forbidden`] for people without any duty.
pub async fn places(app: &App, actor: &Actor) -> AppResult<Vec<Place>> {
    authorise::require(app, actor, Action::RuleRead, &Target::Platform)?;
    let read = app.store.read();
    let mut units: Vec<UnitId> = actor.duties.iter().map(|held| held.unit).collect();
    units.push(actor.home_unit);
    units.sort_unstable();
    units.dedup();
    let at: Vec<(UnitId, DivisionCode)> =
        store::unit::by_ids(&read, &units).await?.into_iter().map(|unit| (unit.id, unit.division)).collect();
    let oversees = |unit: UnitId| {
        let overseeing = [Duty::Supervisor, Duty::Observer, Duty::SystemAdmin];
        overseeing.iter().any(|duty| actor.holds_at(*duty, unit))
    };
    let visible = |code: &DivisionCode| {
        at.iter().any(|(unit, own)| code.contains(own) || (oversees(*unit) && own.contains(code)))
    };
    let mut found: Vec<Place> = store::division::all(&read)
        .await?
        .into_iter()
        .filter(|division| division.active && division.level != DivisionLevel::Banner && visible(&division.code))
        .map(|division| Place { code: division.code, name: division.name, level: division.level.chinese() })
        .collect();
    let home = at.iter().find(|(unit, _)| *unit == actor.home_unit).map(|(_, code)| league_of(code));
    found.sort_by_key(|place| (Some(&place.code) != home.as_ref(), place.code.clone()));
    Ok(found)
}

/// The place asked for, or the own one.
///
/// # Errors
/// [`AppError::NotFound`] when the actor may not know what holds there.
pub(super) fn chosen<'p>(places: &'p [Place], wanted: Option<&str>) -> AppResult<&'p Place> {
    let found = match wanted {
        Some(code) => places.iter().find(|place| place.code.as_str() == code),
        None => places.first(),
    };
    found.ok_or_else(|| AppError::NotFound("该地区的规则".to_owned()))
}

/// The competent office of exactly this division, which amends its rules and keeps its local days.
///
/// # Errors
/// [`AppError::Conflict`] when the division has none in use.
pub async fn office_of(read: &store::Read, division: &DivisionCode) -> AppResult<Unit> {
    let office = store::unit::competent_office(read, division).await?;
    office
        .filter(|office| office.division == *division && office.kind == UnitKind::GovernmentOffice)
        .ok_or_else(|| AppError::Conflict("该地区还没有登记政府办公厅（室），请先在“单位”里登记。".to_owned()))
}

/// The league of a banner, else the division itself: banners have no rules of their own.
fn league_of(code: &DivisionCode) -> DivisionCode {
    match code.level() {
        DivisionLevel::Banner => code.parent().unwrap_or_else(|| code.clone()),
        DivisionLevel::League | DivisionLevel::Region => code.clone(),
    }
}
