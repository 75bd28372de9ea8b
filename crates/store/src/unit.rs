//! Rows of units (单位): the tree whose paths are the scopes of everything else.
//!
//! Every verb that changes the shape of the tree calls [`lock_tree`] first, so that two of them follow one another and
//! no cycle can arise. Every verb that copies a unit's path, or hangs something on a unit, reads it with [`hold`].

use std::collections::HashMap;

use domain::{
    identifier::OrganCode,
    ids::UnitId,
    unit::{Unit, UnitKind, UnitStatus},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set, prelude::Uuid,
};

use crate::{Read, Result, Scope, StoreError, Tx, columns};

mod history;
mod overseers;
mod references;
mod search;
mod subtree;

pub use history::{append_history, history};
pub use overseers::{COORDINATOR_ROLES, competent_office, coordinators};
pub use references::{UnitReferences, count_references, hand_over, known_columns};
pub use search::{UnitFilter, search};
pub use subtree::{list_below, move_subtree};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub code: String,
        pub name: String,
        pub short_name: String,
        pub kind: String,
        pub division: String,
        pub parent: Option<Uuid>,
        pub path: String,
        pub administrative_sign: Option<String>,
        pub coordinator_role: Option<String>,
        pub organ_code: Option<String>,
        pub document_prefix: Option<String>,
        pub status: String,
        pub merged_into: Option<Uuid>,
        pub search_text: String,
        pub former_names: String,
        pub lock_version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The unit with this key.
pub async fn by_id(read: &Read, id: UnitId) -> Result<Option<Unit>> {
    entity::Entity::find_by_id(id.0).one(read).await?.map(from_row).transpose()
}

/// The units with these keys, in no particular order.
pub async fn by_ids(read: &Read, ids: &[UnitId]) -> Result<Vec<Unit>> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in columns::chunks_of_keys(ids) {
        let keys = chunk.iter().map(|id| id.0);
        for row in entity::Entity::find().filter(entity::Column::Id.is_in(keys)).all(read).await? {
            found.push(from_row(row)?);
        }
    }
    Ok(found)
}

/// The unit with this stable short code.
pub async fn by_code(read: &Read, code: &str) -> Result<Option<Unit>> {
    entity::Entity::find().filter(entity::Column::Code.eq(code)).one(read).await?.map(from_row).transpose()
}

/// Materialised path of the unit. To copy it into a row of another table read it with [`hold`] instead.
pub async fn path_of(read: &Read, id: UnitId) -> Result<Option<String>> {
    Ok(by_id(read, id).await?.map(|unit| unit.path))
}

/// Full names by key; keys that name no unit are left out.
pub async fn names(read: &Read, ids: &[UnitId]) -> Result<HashMap<UnitId, String>> {
    let mut names = HashMap::with_capacity(ids.len());
    for chunk in columns::chunks_of_keys(ids) {
        let rows: Vec<(Uuid, String)> = entity::Entity::find()
            .select_only()
            .columns([entity::Column::Id, entity::Column::Name])
            .filter(entity::Column::Id.is_in(chunk.iter().map(|id| id.0)))
            .into_tuple()
            .all(read)
            .await?;
        names.extend(rows.into_iter().map(|(id, name)| (UnitId(id), name)));
    }
    Ok(names)
}

/// Every unit, each after the unit above it.
pub async fn all(read: &Read) -> Result<Vec<Unit>> {
    list(read, &Scope::everything()).await
}

/// Every unit in a scope, each after the unit above it; siblings by code.
pub async fn list(read: &Read, scope: &Scope) -> Result<Vec<Unit>> {
    let rows = entity::Entity::find()
        .filter(scope.condition(entity::Column::Path))
        .order_by_asc(entity::Column::Code)
        .all(read)
        .await?;
    let mut units: Vec<Unit> = rows.into_iter().map(from_row).collect::<Result<_>>()?;
    // The sort is stable, so siblings stay in the order of their codes.
    units.sort_by_key(|unit| unit.path.len());
    Ok(units)
}

/// The unit at the top; `None` in an empty instance.
pub async fn root(read: &Read) -> Result<Option<Unit>> {
    entity::Entity::find().filter(entity::Column::Parent.is_null()).one(read).await?.map(from_row).transpose()
}

/// The units directly below one, by code; merged and inactive ones included.
pub async fn children(read: &Read, id: UnitId) -> Result<Vec<Unit>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Parent.eq(id.0))
        .order_by_asc(entity::Column::Code)
        .all(read)
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// How many units there are.
pub async fn count(read: &Read) -> Result<u64> {
    Ok(entity::Entity::find().count(read).await?)
}

/// Holds the shape of the whole tree until the transaction ends: nothing is added, moved, merged or put out of use
/// meanwhile. Locks the row of the root; an empty instance has none, and nobody to race with.
pub async fn lock_tree(tx: &Tx) -> Result<()> {
    entity::Entity::find().filter(entity::Column::Parent.is_null()).lock_exclusive().one(tx).await?;
    Ok(())
}

/// The unit with this key, its row locked against other writers until the transaction ends.
pub async fn lock(tx: &Tx, id: UnitId) -> Result<Option<Unit>> {
    entity::Entity::find_by_id(id.0).lock_exclusive().one(tx).await?.map(from_row).transpose()
}

/// The unit with this key, kept as it is (path, status) until the transaction ends, without hindering others who hold
/// it too. Whoever copies its path or hangs something on it (resource, appointment, site) reads it this way, so that
/// a move or a deactivation at the same time comes wholly before or wholly after.
pub async fn hold(tx: &Tx, id: UnitId) -> Result<Option<Unit>> {
    entity::Entity::find_by_id(id.0).lock_shared().one(tx).await?.map(from_row).transpose()
}

/// Adds a unit.
///
/// # Errors
/// [`StoreError::Duplicate`] of `unit(code)` when the code was ever used.
pub async fn insert(tx: &Tx, unit: &Unit) -> Result<()> {
    entity::Entity::insert(new_row(unit)).exec_without_returning(tx).await?;
    Ok(())
}

/// Adds many units; each must come after the unit above it.
///
/// # Errors
/// As for [`insert`].
pub async fn insert_all(tx: &Tx, units: &[Unit]) -> Result<()> {
    columns::insert_all::<entity::Entity, _>(tx, units.iter().map(new_row).collect()).await
}

/// Saves every field if nobody else did since the unit was read; the new lock version is returned. The path is saved
/// as it stands: to move a unit use [`move_subtree`].
///
/// # Errors
/// [`StoreError::Conflict`] when `unit.lock_version` is no longer the stored one.
pub async fn update(tx: &Tx, unit: &Unit) -> Result<i64> {
    let mut row = to_row(unit);
    row.lock_version = Set(unit.lock_version + 1);
    let done = entity::Entity::update_many()
        .set(row)
        .filter(entity::Column::Id.eq(unit.id.0))
        .filter(entity::Column::LockVersion.eq(unit.lock_version))
        .exec(tx)
        .await?;
    columns::require_one_row("unit", done.rows_affected)?;
    Ok(unit.lock_version + 1)
}

/// Lets the unit be found by a name that it, or a unit merged into it, once had. The row must be locked.
pub async fn remember_former_name(tx: &Tx, id: UnitId, name: &str) -> Result<()> {
    let Some(row) = entity::Entity::find_by_id(id.0).one(tx).await? else {
        return Err(StoreError::Missing { what: "unit" });
    };
    let mut names: Vec<&str> =
        row.former_names.split('\n').filter(|known| !known.is_empty() && *known != name).collect();
    names.push(name);
    let joined = columns::folded(&names.join("\n"));
    entity::Entity::update_many()
        .col_expr(entity::Column::FormerNames, sea_orm::sea_query::Expr::value(joined))
        .filter(entity::Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Condition for active units.
fn is_active() -> Condition {
    Condition::all().add(entity::Column::Status.eq(UnitStatus::Active.as_str()))
}

fn new_row(unit: &Unit) -> entity::ActiveModel {
    entity::ActiveModel { former_names: Set(String::new()), ..to_row(unit) }
}

fn to_row(unit: &Unit) -> entity::ActiveModel {
    let words = [unit.name.as_str(), &unit.short_name, &unit.code, unit.administrative_sign.as_deref().unwrap_or("")];
    entity::ActiveModel {
        id: Set(unit.id.0),
        code: Set(unit.code.clone()),
        name: Set(unit.name.clone()),
        short_name: Set(unit.short_name.clone()),
        kind: Set(unit.kind.as_str().to_owned()),
        division: Set(unit.division.to_string()),
        parent: Set(unit.parent.map(|id| id.0)),
        path: Set(unit.path.clone()),
        administrative_sign: Set(unit.administrative_sign.clone()),
        coordinator_role: Set(unit.coordinator_role.clone()),
        organ_code: Set(unit.organ_code.as_ref().map(OrganCode::to_string)),
        document_prefix: Set(unit.document_prefix.clone()),
        status: Set(unit.status.as_str().to_owned()),
        merged_into: Set(unit.merged_into.map(|id| id.0)),
        search_text: Set(columns::folded(&words.join("\n"))),
        former_names: sea_orm::ActiveValue::NotSet,
        lock_version: Set(unit.lock_version),
    }
}

pub(crate) fn from_row(row: entity::Model) -> Result<Unit> {
    Ok(Unit {
        id: row.id.into(),
        code: row.code,
        name: row.name,
        short_name: row.short_name,
        kind: UnitKind::parse(&row.kind).ok_or_else(|| StoreError::unreadable("unit", "kind", &row.kind))?,
        division: columns::from_identifier("unit", row.id, "division", &row.division)?,
        parent: row.parent.map(Into::into),
        path: row.path,
        administrative_sign: row.administrative_sign,
        coordinator_role: row.coordinator_role,
        organ_code: columns::from_optional_identifier("unit", row.id, "organ_code", row.organ_code.as_deref())?,
        document_prefix: row.document_prefix,
        status: UnitStatus::parse(&row.status).ok_or_else(|| StoreError::unreadable("unit", "status", &row.status))?,
        merged_into: row.merged_into.map(Into::into),
        lock_version: row.lock_version,
    })
}
