//! A unit as people describe it in a form or a table: its codes are still text, and may be wrong.

use domain::{
    identifier::{DivisionCode, OrganCode},
    ids::UnitId,
    unit::{Unit, UnitKind, UnitStatus},
};

/// Everything about a unit that is meant to be; [`super::rules::check`] makes the unit of it.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) id: UnitId,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) short_name: String,
    pub(super) kind: UnitKind,
    pub(super) division: String,
    pub(super) parent: Option<UnitId>,
    pub(super) path: String,
    pub(super) administrative_sign: Option<String>,
    pub(super) coordinator_role: Option<String>,
    pub(super) organ_code: Option<String>,
    pub(super) document_prefix: Option<String>,
    pub(super) status: UnitStatus,
    pub(super) merged_into: Option<UnitId>,
    pub(super) lock_version: i64,
}

impl From<&Unit> for Draft {
    /// The unit as it stands, to be changed.
    fn from(unit: &Unit) -> Self {
        Self {
            id: unit.id,
            code: unit.code.clone(),
            name: unit.name.clone(),
            short_name: unit.short_name.clone(),
            kind: unit.kind,
            division: unit.division.to_string(),
            parent: unit.parent,
            path: unit.path.clone(),
            administrative_sign: unit.administrative_sign.clone(),
            coordinator_role: unit.coordinator_role.clone(),
            organ_code: unit.organ_code.as_ref().map(OrganCode::to_string),
            document_prefix: unit.document_prefix.clone(),
            status: unit.status,
            merged_into: unit.merged_into,
            lock_version: unit.lock_version,
        }
    }
}

impl Draft {
    /// The unit, once its codes have been read.
    pub(super) fn into_unit(self, division: DivisionCode, organ_code: Option<OrganCode>) -> Unit {
        Unit {
            id: self.id,
            code: self.code,
            name: self.name,
            short_name: self.short_name,
            kind: self.kind,
            division,
            parent: self.parent,
            path: self.path,
            administrative_sign: self.administrative_sign,
            coordinator_role: self.coordinator_role,
            organ_code,
            document_prefix: self.document_prefix,
            status: self.status,
            merged_into: self.merged_into,
            lock_version: self.lock_version,
        }
    }
}
