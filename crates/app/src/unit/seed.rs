//! Fills an empty instance with the divisions and the units that ship with the binary (`data/*.csv`).

use std::collections::{HashMap, HashSet};

use domain::{
    division::Division,
    identifier::{DivisionCode, OrganCode},
    ids::UnitId,
    unit::{Unit, UnitKind, UnitStatus, unit_path},
    unit_history::{UnitHistoryDetail, UnitHistoryKind},
};
use serde::{Deserialize, Serialize};

use crate::{App, AppError, AppResult, division, record};

const FILE: &str = include_str!("../../data/units.csv");

#[derive(Deserialize)]
struct Line {
    code: String,
    name: String,
    short_name: String,
    kind: UnitKind,
    division: DivisionCode,
    parent: String,
    administrative_sign: Option<String>,
    coordinator_role: Option<String>,
    organ_code: Option<OrganCode>,
    document_prefix: Option<String>,
}

/// What was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Seeded {
    /// Divisions added: those that were not there yet.
    pub divisions: usize,
    /// Units added; 0 when there were some already.
    pub units: usize,
}

/// Adds the embedded divisions that are missing and, on an instance without any unit, the embedded units; running it
/// again changes nothing. One audit event tells what was added.
///
/// # Errors
/// What the database can say.
pub async fn seed(app: &App) -> AppResult<Seeded> {
    app.store
        .write(|tx| async move {
            // Nodes that start together follow one another: taking no value of a counter only locks it.
            store::counter::take(&tx, "resource", 0).await?;
            let mut seeded = Seeded { divisions: 0, units: 0 };
            let known: HashSet<DivisionCode> =
                store::division::all(&tx).await?.into_iter().map(|division| division.code).collect();
            let missing: Vec<Division> =
                division::embedded()?.into_iter().filter(|division| !known.contains(&division.code)).collect();
            store::division::insert_all(&tx, &missing).await?;
            seeded.divisions = missing.len();
            if store::unit::count(&tx).await? == 0 {
                let units = embedded(|| tx.ids().fresh())?;
                store::unit::insert_all(&tx, &units).await?;
                let detail =
                    UnitHistoryDetail { reason: Some("平台初始数据".into()), ..UnitHistoryDetail::default() };
                for unit in &units {
                    store::unit::append_history(&tx, unit.id, UnitHistoryKind::Created, &detail, "system").await?;
                }
                seeded.units = units.len();
            }
            if seeded != (Seeded { divisions: 0, units: 0 }) {
                record::event("unit.seed", "units.csv", "初始区划和单位").after(seeded).write(&tx, None).await?;
            }
            Ok(seeded)
        })
        .await
}

/// The embedded units, each after the unit above it.
fn embedded(fresh: impl Fn() -> UnitId) -> AppResult<Vec<Unit>> {
    let wrong = |problem: String| AppError::internal(format!("units.csv: {problem}"));
    let mut units: Vec<Unit> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for line in csv::Reader::from_reader(FILE.as_bytes()).deserialize::<Line>() {
        let line = line.map_err(|error| wrong(error.to_string()))?;
        let parent = match line.parent.as_str() {
            "" => None,
            code => Some(&units[*places.get(code).ok_or_else(|| wrong(format!("no parent {code}")))?]),
        };
        let id = fresh();
        let unit = Unit {
            id,
            path: unit_path(parent.map_or("", |parent| &parent.path), id),
            parent: parent.map(|parent| parent.id),
            code: line.code,
            name: line.name,
            short_name: line.short_name,
            kind: line.kind,
            division: line.division,
            administrative_sign: line.administrative_sign,
            coordinator_role: line.coordinator_role,
            organ_code: line.organ_code,
            document_prefix: line.document_prefix,
            status: UnitStatus::Active,
            merged_into: None,
            lock_version: 1,
        };
        places.insert(unit.code.clone(), units.len());
        units.push(unit);
    }
    Ok(units)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use uuid::Uuid;

    use super::{super::directory::Directory, super::draft::Draft, super::rules, *};

    fn units() -> Vec<Unit> {
        let next = Cell::new(0u128);
        embedded(|| {
            next.set(next.get() + 1);
            UnitId(Uuid::from_u128(next.get()))
        })
        .unwrap()
    }

    #[test]
    fn the_embedded_units_obey_the_rules_for_units() {
        let units = units();
        let directory = Directory::new(units.clone(), division::embedded().unwrap());
        for unit in &units {
            let mut tidy = Draft::from(unit);
            rules::normalise(&mut tidy);
            assert_eq!(rules::check(tidy, &directory).as_ref(), Ok(unit), "{}", unit.code);
        }
    }

    #[test]
    fn there_are_116_divisions_and_each_has_one_government_office() {
        let (units, divisions) = (units(), division::embedded().unwrap());
        assert_eq!(divisions.len(), 1 + 12 + 103);
        for division in &divisions {
            let offices = units
                .iter()
                .filter(|unit| unit.kind == UnitKind::GovernmentOffice && unit.division == division.code)
                .count();
            assert_eq!(offices, 1, "{}", division.name);
        }
    }
}
