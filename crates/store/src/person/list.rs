//! Lists of people, within a scope.

use std::collections::HashMap;

use domain::{
    duty::Duty,
    ids::{PersonId, UnitId},
    person::Person,
};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait, prelude::Uuid,
};

use super::{entity, unit_part};
use crate::{
    Read, Result, Scope, appointment,
    columns::{contains_pattern, from_optional_instant, order_nulls_last, to_instant},
};

/// What to look for; empty fields do not restrict.
#[derive(Debug, Clone, Default)]
pub struct PersonFilter {
    /// Part of the login or display name.
    pub search: Option<String>,
    /// Home unit, exactly.
    pub unit: Option<UnitId>,
    /// Holds this duty now.
    pub duty: Option<Duty>,
    /// Only active, or only disabled people.
    pub active: Option<bool>,
    /// Only people locked at this moment.
    pub locked_at: Option<Timestamp>,
}

/// Columns a list can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PersonSort {
    /// Login name.
    #[default]
    Login,
    /// Display name.
    Name,
    /// Last successful login; who never logged in comes last.
    LastLogin,
    /// When the account was made.
    Created,
}

/// One line of a list.
#[derive(Debug, Clone, serde::Serialize)]
pub struct PersonRow {
    /// The person.
    pub person: Person,
    /// Name of the home unit.
    pub unit_name: String,
    /// Path of the home unit.
    pub unit_path: String,
    /// Last successful login.
    pub last_login_at: Option<Timestamp>,
    /// Duties in force, each with its unit and that unit's short name.
    pub duties: Vec<(Duty, UnitId, String)>,
}

/// People whose home unit lies in `scope`; the number of all matches comes with the page.
pub async fn list(
    read: &Read,
    scope: &Scope,
    filter: &PersonFilter,
    sort: (PersonSort, bool),
    offset: u64,
    limit: u64,
) -> Result<(Vec<PersonRow>, u64)> {
    let query = entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::HomeUnit.def())
        .filter(scope.condition(unit_part::Column::Path))
        .filter(condition(filter));
    let total = query.clone().count(read).await?;
    let order = if sort.1 { Order::Desc } else { Order::Asc };
    let query = match sort.0 {
        PersonSort::Login => query.order_by(entity::Column::Login, order),
        PersonSort::Name => query.order_by(entity::Column::Name, order),
        PersonSort::LastLogin => order_nulls_last(query, entity::Column::LastLoginAt, order),
        PersonSort::Created => query.order_by(entity::Column::CreatedAt, order),
    };
    let rows = query
        .order_by_asc(entity::Column::Id)
        .select_also(unit_part::Entity)
        .offset(offset)
        .limit(limit)
        .all(read)
        .await?;
    let ids: Vec<PersonId> = rows.iter().map(|(row, _)| row.id.into()).collect();
    let mut duties: HashMap<Uuid, Vec<(Duty, UnitId, String)>> = HashMap::new();
    for held in appointment::in_force_of(read, &ids).await? {
        duties.entry(held.person.0).or_default().push((held.duty, held.unit, held.unit_short_name));
    }
    let rows = rows.into_iter().map(|(row, unit)| PersonRow {
        unit_name: unit.as_ref().map(|unit| unit.name.clone()).unwrap_or_default(),
        unit_path: unit.map(|unit| unit.path).unwrap_or_default(),
        last_login_at: from_optional_instant(row.last_login_at),
        duties: duties.remove(&row.id).unwrap_or_default(),
        person: super::from_row(row),
    });
    Ok((rows.collect(), total))
}

fn condition(filter: &PersonFilter) -> Condition {
    let duty = filter.duty.map(|duty| entity::Column::Id.in_subquery(appointment::people_holding(duty)));
    Condition::all()
        .add_option(filter.search.as_ref().map(|text| entity::Column::SearchText.like(contains_pattern(text))))
        .add_option(filter.unit.map(|unit| entity::Column::HomeUnit.eq(unit.0)))
        .add_option(duty)
        .add_option(filter.active.map(|active| entity::Column::Active.eq(active)))
        .add_option(filter.locked_at.map(|now| entity::Column::LockedUntil.gt(to_instant(now))))
}

/// Units in use within `scope`, in the order of the tree (by path).
pub async fn units_in_use(read: &Read, scope: &Scope) -> Result<Vec<super::UnitPart>> {
    let rows = unit_part::Entity::find()
        .filter(scope.condition(unit_part::Column::Path))
        .filter(unit_part::Column::Status.eq(domain::unit::UnitStatus::Active.as_str()))
        .order_by_asc(unit_part::Column::Path)
        .all(read)
        .await?;
    Ok(rows.into_iter().map(super::unit_from_row).collect())
}

/// Active people who belong to one of `units` or hold a duty there, by name.
pub async fn colleagues(read: &Read, units: &[UnitId]) -> Result<Vec<Person>> {
    let keys: Vec<Uuid> = units.iter().map(|unit| unit.0).collect();
    let rows = entity::Entity::find()
        .filter(entity::Column::Active.eq(true))
        .filter(
            Condition::any()
                .add(entity::Column::HomeUnit.is_in(keys.clone()))
                .add(entity::Column::Id.in_subquery(appointment::people_at_units(keys))),
        )
        .order_by_asc(entity::Column::Name)
        .order_by_asc(entity::Column::Id)
        .all(read)
        .await?;
    Ok(rows.into_iter().map(super::from_row).collect())
}
