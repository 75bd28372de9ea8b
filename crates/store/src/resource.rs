//! Resources (信息资源): identities in the unified library.

use domain::{
    ids::{ResourceId, UnitId},
    resource::{Resource, ResourceKind},
};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set, entity::prelude::*};

use crate::{Read, Result, StoreError, Tx, columns, counter};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "resource")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub serial: i64,
        pub kind: String,
        pub unit: Uuid,
        pub unit_path: String,
        pub address_month: String,
        pub origin_key: Option<String>,
        pub first_published_at: Option<DateTimeUtc>,
        pub created_by: Uuid,
        pub created_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A resource together with its unit's materialised path, which every permission question needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedResource {
    /// The resource.
    pub resource: Resource,
    /// Materialised path of the unit that answers for it.
    pub unit_path: String,
}

/// The serial that the next new resource gets. Locks the counter until the transaction ends.
pub async fn next_serial(tx: &Tx) -> Result<i64> {
    counter::next(tx, "resource").await
}

/// Adds a resource.
///
/// # Errors
/// [`StoreError::Duplicate`] of `resource(origin_key)` when the same record was imported before.
pub async fn insert(tx: &Tx, resource: &Resource, unit_path: &str) -> Result<()> {
    entity::Entity::insert(entity::ActiveModel {
        id: Set(resource.id.0),
        serial: Set(resource.serial),
        kind: Set(resource.kind.as_str().to_owned()),
        unit: Set(resource.unit.0),
        unit_path: Set(unit_path.to_owned()),
        address_month: Set(resource.address_month.clone()),
        origin_key: Set(resource.origin_key.clone()),
        first_published_at: Set(columns::to_optional_instant(resource.first_published_at)),
        created_by: Set(resource.created_by.0),
        created_at: Set(columns::to_instant(resource.created_at)),
    })
    .exec_without_returning(tx)
    .await?;
    Ok(())
}

/// The resource with this key.
pub async fn by_id(read: &Read, id: ResourceId) -> Result<Option<OwnedResource>> {
    entity::Entity::find_by_id(id.0).one(read).await?.map(from_row).transpose()
}

/// The resource with this key, its row locked until the transaction ends. Every verb that changes the state of an
/// edition locks the resource first, so that two of them follow one another.
pub async fn lock(tx: &Tx, id: ResourceId) -> Result<Option<OwnedResource>> {
    entity::Entity::find_by_id(id.0).lock_exclusive().one(tx).await?.map(from_row).transpose()
}

/// The resource with this serial (the number in its public address).
pub async fn by_serial(read: &Read, serial: i64) -> Result<Option<OwnedResource>> {
    entity::Entity::find().filter(entity::Column::Serial.eq(serial)).one(read).await?.map(from_row).transpose()
}

/// The resource that was imported under this key.
pub async fn by_origin_key(read: &Read, key: &str) -> Result<Option<OwnedResource>> {
    entity::Entity::find().filter(entity::Column::OriginKey.eq(key)).one(read).await?.map(from_row).transpose()
}

/// The resources with these keys, in no particular order.
pub async fn by_ids(read: &Read, ids: &[ResourceId]) -> Result<Vec<OwnedResource>> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in columns::chunks_of_keys(ids) {
        let keys = chunk.iter().map(|id| id.0);
        for row in entity::Entity::find().filter(entity::Column::Id.is_in(keys)).all(read).await? {
            found.push(from_row(row)?);
        }
    }
    Ok(found)
}

/// Notes the first publication; does nothing when one is noted already, for that moment is never altered.
pub async fn note_first_publication(tx: &Tx, id: ResourceId, at: Timestamp) -> Result<()> {
    entity::Entity::update_many()
        .col_expr(entity::Column::FirstPublishedAt, Expr::value(columns::to_instant(at)))
        .filter(entity::Column::Id.eq(id.0))
        .filter(entity::Column::FirstPublishedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Gives a resource another type; only for one of which nothing was admitted yet.
pub async fn set_kind(tx: &Tx, id: ResourceId, kind: ResourceKind) -> Result<()> {
    entity::Entity::update_many()
        .col_expr(entity::Column::Kind, Expr::value(kind.as_str()))
        .filter(entity::Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Moves every resource of one unit to another (merged units), or follows a unit whose path changed.
pub async fn follow_unit(tx: &Tx, from: UnitId, to: UnitId, to_path: &str) -> Result<u64> {
    let done = entity::Entity::update_many()
        .col_expr(entity::Column::Unit, Expr::value(to.0))
        .col_expr(entity::Column::UnitPath, Expr::value(to_path))
        .filter(entity::Column::Unit.eq(from.0))
        .exec(tx)
        .await?;
    Ok(done.rows_affected)
}

pub(crate) fn from_row(row: entity::Model) -> Result<OwnedResource> {
    Ok(OwnedResource {
        resource: Resource {
            id: row.id.into(),
            serial: row.serial,
            kind: ResourceKind::parse(&row.kind)
                .ok_or_else(|| StoreError::unreadable("resource", "kind", &row.kind))?,
            unit: row.unit.into(),
            address_month: row.address_month,
            origin_key: row.origin_key,
            first_published_at: columns::from_optional_instant(row.first_published_at),
            created_by: row.created_by.into(),
            created_at: columns::from_instant(row.created_at),
        },
        unit_path: row.unit_path,
    })
}
