//! All units and divisions at one moment, for rules that look across the tree (224 units at first, some thousands at
//! most: reading them all is a few milliseconds).

use std::collections::HashMap;

use domain::{
    division::Division,
    identifier::DivisionCode,
    ids::UnitId,
    unit::{Unit, UnitStatus},
};

use crate::{AppError, AppResult};

/// Units and divisions by their keys.
#[derive(Clone)]
pub(super) struct Directory {
    units: HashMap<UnitId, Unit>,
    codes: HashMap<String, UnitId>,
    divisions: HashMap<DivisionCode, Division>,
}

impl Directory {
    /// Reads everything.
    pub(super) async fn load(read: &store::Read) -> AppResult<Self> {
        Ok(Self::new(store::unit::all(read).await?, store::division::all(read).await?))
    }

    /// From known units and divisions.
    pub(super) fn new(units: Vec<Unit>, divisions: Vec<Division>) -> Self {
        Self {
            codes: units.iter().map(|unit| (unit.code.clone(), unit.id)).collect(),
            units: units.into_iter().map(|unit| (unit.id, unit)).collect(),
            divisions: divisions.into_iter().map(|division| (division.code.clone(), division)).collect(),
        }
    }

    /// The unit with this key; the person is told when there is none.
    pub(super) fn require(&self, id: UnitId) -> AppResult<&Unit> {
        self.units.get(&id).ok_or_else(|| AppError::NotFound("单位".into()))
    }

    /// The unit with this key.
    pub(super) fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.get(&id)
    }

    /// The unit with this code, in whatever state.
    pub(super) fn by_code(&self, code: &str) -> Option<&Unit> {
        self.codes.get(code).and_then(|id| self.units.get(id))
    }

    /// The division with this code.
    pub(super) fn division(&self, code: &DivisionCode) -> Option<&Division> {
        self.divisions.get(code)
    }

    /// Active units other than `except`.
    pub(super) fn active_others(&self, except: UnitId) -> impl Iterator<Item = &Unit> {
        self.units.values().filter(move |unit| unit.status == UnitStatus::Active && unit.id != except)
    }

    /// Units directly below one, in whatever state, by code.
    pub(super) fn children(&self, id: UnitId) -> Vec<&Unit> {
        let mut children: Vec<&Unit> = self.units.values().filter(|unit| unit.parent == Some(id)).collect();
        children.sort_by(|a, b| a.code.cmp(&b.code));
        children
    }

    /// True when `unit` is `top` or lies anywhere below it.
    pub(super) fn is_inside(&self, unit: UnitId, top: UnitId) -> bool {
        let mut next = Some(unit);
        // No chain is longer than there are units; the bound also ends on damaged data.
        for _ in 0..=self.units.len() {
            match next {
                Some(id) if id == top => return true,
                Some(id) => next = self.units.get(&id).and_then(|unit| unit.parent),
                None => return false,
            }
        }
        true
    }

    /// True when division `inner` is `outer` or lies inside it.
    pub(super) fn division_contains(&self, outer: &DivisionCode, inner: &DivisionCode) -> bool {
        let mut next = Some(inner);
        for _ in 0..8 {
            match next {
                Some(code) if code == outer => return true,
                Some(code) => next = self.divisions.get(code).and_then(|division| division.parent.as_ref()),
                None => return false,
            }
        }
        false
    }

    /// Puts a unit as it will be, so that the next question sees it.
    pub(super) fn put(&mut self, unit: Unit) {
        self.codes.insert(unit.code.clone(), unit.id);
        self.units.insert(unit.id, unit);
    }

    /// Name of a unit for people; a dash when there is none.
    pub(super) fn name_of(&self, id: Option<UnitId>) -> String {
        id.and_then(|id| self.units.get(&id)).map_or_else(String::new, |unit| unit.name.clone())
    }

    /// Name of a division for people; the code when it is not known.
    pub(super) fn division_name(&self, code: &DivisionCode) -> String {
        self.divisions.get(code).map_or_else(|| code.to_string(), |division| division.name.clone())
    }
}
