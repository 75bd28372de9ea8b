//! Finding units.

use domain::{
    identifier::DivisionCode,
    unit::{Unit, UnitKind, UnitStatus},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{entity, from_row};
use crate::{Read, Result, Scope, columns};

/// What to look for; everything left out matches everything.
#[derive(Debug, Clone, Default)]
pub struct UnitFilter {
    /// Part of the name, short name, code, administrative sign or of a former name.
    pub text: Option<String>,
    /// Divisions, any of them.
    pub divisions: Option<Vec<DivisionCode>>,
    /// What it is.
    pub kind: Option<UnitKind>,
    /// Its state.
    pub status: Option<UnitStatus>,
}

/// The units in a scope that match, by code, at most `limit`.
pub async fn search(read: &Read, scope: &Scope, filter: &UnitFilter, limit: u64) -> Result<Vec<Unit>> {
    let mut condition = scope.condition(entity::Column::Path);
    for word in filter.text.as_deref().unwrap_or("").split_whitespace() {
        let known = Condition::any()
            .add(entity::Column::SearchText.like(columns::contains_pattern(word)))
            .add(entity::Column::FormerNames.like(columns::contains_pattern(word)));
        condition = Condition::all().add(condition).add(known);
    }
    let mut query = entity::Entity::find().filter(condition);
    if let Some(divisions) = &filter.divisions {
        query = query.filter(entity::Column::Division.is_in(divisions.iter().map(DivisionCode::as_str)));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(entity::Column::Kind.eq(kind.as_str()));
    }
    if let Some(status) = filter.status {
        query = query.filter(entity::Column::Status.eq(status.as_str()));
    }
    let rows = query.order_by_asc(entity::Column::Code).limit(limit).all(read).await?;
    rows.into_iter().map(from_row).collect()
}
