//! The units as a table that can be changed in office software and imported again.

use std::collections::HashMap;

use domain::{
    actor::Actor,
    identifier::{DivisionCode, OrganCode},
    ids::UnitId,
    unit::Unit,
};
use policy::{Action, Target};

use super::{UnitQuery, csv_text, import::COLUMNS, search};
use crate::{App, AppResult, record};

/// The units that match and that the actor may export, parents before children, as CSV text with a byte-order mark.
/// An import of the same text changes nothing.
///
/// # Errors
/// [`crate::AppError::Forbidden`] when the actor may not export any unit.
pub async fn export_csv(app: &App, actor: &Actor, query: &UnitQuery) -> AppResult<String> {
    let all = store::unit::all(&app.store.read()).await?;
    let allowed =
        |unit: &Unit| app.policy.decide(actor, Action::UnitExport, &Target::Unit { path: &unit.path }).allowed;
    if !all.iter().any(allowed) {
        crate::authorise::require(app, actor, Action::UnitExport, &Target::Platform)?;
    }
    let mut units: Vec<Unit> = search(app, actor, query).await?.into_iter().filter(allowed).collect();
    units.sort_by_key(|unit| unit.path.len());
    let divisions: HashMap<DivisionCode, String> = store::division::all(&app.store.read())
        .await?
        .into_iter()
        .map(|division| (division.code, division.name))
        .collect();
    let codes: HashMap<UnitId, &str> = all.iter().map(|unit| (unit.id, unit.code.as_str())).collect();
    let mut rows = vec![COLUMNS.iter().map(|column| column.title).collect::<Vec<_>>()];
    rows.extend(units.iter().map(|unit| cells(unit, &codes, &divisions)));
    let text = csv_text::write(rows)?;
    let count = units.len();
    app.store
        .write(|tx| async move {
            record::event("unit.export", "units.csv", "单位表").after(count).write(&tx, Some(actor)).await
        })
        .await?;
    Ok(text)
}

/// One line, in the order of [`COLUMNS`].
fn cells<'u>(
    unit: &'u Unit,
    codes: &HashMap<UnitId, &'u str>,
    divisions: &'u HashMap<DivisionCode, String>,
) -> Vec<&'u str> {
    vec![
        &unit.code,
        &unit.name,
        &unit.short_name,
        unit.kind.chinese(),
        unit.division.as_str(),
        divisions.get(&unit.division).map_or("", String::as_str),
        unit.parent.and_then(|parent| codes.get(&parent).copied()).unwrap_or(""),
        unit.administrative_sign.as_deref().unwrap_or(""),
        unit.coordinator_role.as_deref().unwrap_or(""),
        unit.organ_code.as_ref().map_or("", OrganCode::as_str),
        unit.document_prefix.as_deref().unwrap_or(""),
        unit.status.chinese(),
    ]
}
