//! Rows of placements (使用): which resource stands in which column, and where in its list.
//!
//! Lists are ordered by `(sort_at, id)`; the rank of a placement is the number of live ones before it.

mod board;

pub use board::{awaiting_hour, counts_by_column, counts_of_sites};

use domain::{
    ids::{ColumnId, PlacementId, ResourceId, SiteId},
    placement::{Placement, PlacementState},
};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select, Set};

use crate::{
    Read, Result, StoreError, Tx,
    columns::{
        chunks_of_keys, from_instant, from_optional_instant, insert_all, require_one_row, to_instant,
        to_optional_instant,
    },
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "placement")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub resource: Uuid,
        pub site: Uuid,
        pub site_column: Uuid,
        pub state: String,
        pub pinned: bool,
        pub sort_at: Option<DateTimeUtc>,
        pub publish_at: Option<DateTimeUtc>,
        pub live_at: Option<DateTimeUtc>,
        pub expires_at: Option<DateTimeUtc>,
        pub placed_by: Uuid,
        pub placed_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Adds placements.
///
/// # Errors
/// [`StoreError::Duplicate`] when the resource already is proposed, scheduled or live in that column.
pub async fn insert(tx: &Tx, placements: &[Placement]) -> Result<()> {
    insert_all::<entity::Entity, _>(tx, placements.iter().map(to_row).collect()).await
}

/// Saves state, order and times of a placement; the caller holds its lock.
pub async fn update(tx: &Tx, placement: &Placement) -> Result<()> {
    let mut row = to_row(placement);
    row.id = sea_orm::ActiveValue::NotSet;
    let outcome = entity::Entity::update_many().set(row).filter(entity::Column::Id.eq(placement.id.0)).exec(tx).await?;
    require_one_row("placement", outcome.rows_affected)
}

/// The placement with this key.
pub async fn by_id(read: &Read, id: PlacementId) -> Result<Option<Placement>> {
    entity::Entity::find_by_id(id.0).one(read).await?.map(from_row).transpose()
}

/// Reads a placement and keeps others from changing it until the transaction ends.
pub async fn lock(tx: &Tx, id: PlacementId) -> Result<Option<Placement>> {
    entity::Entity::find_by_id(id.0).lock_exclusive().one(tx).await?.map(from_row).transpose()
}

/// All placements of a resource, oldest first.
pub async fn of_resource(read: &Read, resource: ResourceId) -> Result<Vec<Placement>> {
    all(of(resource), read).await
}

/// All placements of a resource, locked until the transaction ends.
pub async fn lock_of_resource(tx: &Tx, resource: ResourceId) -> Result<Vec<Placement>> {
    all(of(resource).lock_exclusive(), tx).await
}

/// Placements of these resources on one site, in any state, oldest first.
pub async fn on_site(read: &Read, site: SiteId, resources: &[ResourceId]) -> Result<Vec<Placement>> {
    let keys: Vec<_> = resources.iter().map(|id| id.0).collect();
    let mut found = Vec::new();
    for chunk in chunks_of_keys(&keys) {
        // Asked by resource alone: with the site in the question SQLite reads all placements of the site.
        let query = entity::Entity::find()
            .filter(entity::Column::Resource.is_in(chunk.iter().copied()))
            .order_by_asc(entity::Column::PlacedAt)
            .order_by_asc(entity::Column::Id);
        found.extend(all(query, read).await?.into_iter().filter(|placement| placement.site == site));
    }
    Ok(found)
}

/// Placements of a column in one state, newest first, for the console.
pub async fn in_column(
    read: &Read,
    column: ColumnId,
    state: PlacementState,
    offset: u64,
    limit: u64,
) -> Result<Vec<Placement>> {
    let query = entity::Entity::find()
        .filter(entity::Column::SiteColumn.eq(column.0))
        .filter(entity::Column::State.eq(state.as_str()));
    let query = crate::columns::order_nulls_first(query, entity::Column::SortAt, sea_orm::Order::Desc)
        .order_by_desc(entity::Column::Id)
        .offset(offset)
        .limit(limit);
    all(query, read).await
}

/// How many live placements a column has.
pub async fn live_count(read: &Read, column: ColumnId) -> Result<u64> {
    Ok(live_in(column).count(read).await?)
}

/// Rank of the place `(sort_at, id)` in a column's list: the number of live placements before it.
pub async fn rank(read: &Read, column: ColumnId, sort_at: Timestamp, id: PlacementId) -> Result<u64> {
    let sort_at = to_instant(sort_at);
    let before = Condition::any()
        .add(entity::Column::SortAt.lt(sort_at))
        .add(Condition::all().add(entity::Column::SortAt.eq(sort_at)).add(entity::Column::Id.lt(id.0)));
    Ok(live_in(column).filter(before).count(read).await?)
}

/// Scheduled placements whose hour has come, the longest waiting first.
pub async fn due(read: &Read, now: Timestamp, limit: u64) -> Result<Vec<Placement>> {
    let query = entity::Entity::find()
        .filter(entity::Column::State.eq(PlacementState::Scheduled.as_str()))
        .filter(entity::Column::PublishAt.lte(to_instant(now)))
        .order_by_asc(entity::Column::PublishAt)
        .order_by_asc(entity::Column::Id)
        .limit(limit);
    all(query, read).await
}

/// Live placements whose 有效期 has passed.
pub async fn expired(read: &Read, now: Timestamp, limit: u64) -> Result<Vec<Placement>> {
    let query = entity::Entity::find()
        .filter(entity::Column::State.eq(PlacementState::Live.as_str()))
        .filter(entity::Column::ExpiresAt.lte(to_instant(now)))
        .order_by_asc(entity::Column::ExpiresAt)
        .order_by_asc(entity::Column::Id)
        .limit(limit);
    all(query, read).await
}

fn of(resource: ResourceId) -> Select<entity::Entity> {
    entity::Entity::find()
        .filter(entity::Column::Resource.eq(resource.0))
        .order_by_asc(entity::Column::PlacedAt)
        .order_by_asc(entity::Column::Id)
}

fn live_in(column: ColumnId) -> Select<entity::Entity> {
    entity::Entity::find()
        .filter(entity::Column::SiteColumn.eq(column.0))
        .filter(entity::Column::State.eq(PlacementState::Live.as_str()))
}

async fn all(query: Select<entity::Entity>, read: &Read) -> Result<Vec<Placement>> {
    query.all(read).await?.into_iter().map(from_row).collect()
}

fn to_row(placement: &Placement) -> entity::ActiveModel {
    entity::ActiveModel {
        id: Set(placement.id.0),
        resource: Set(placement.resource.0),
        site: Set(placement.site.0),
        site_column: Set(placement.column.0),
        state: Set(placement.state.as_str().to_owned()),
        pinned: Set(placement.pinned),
        sort_at: Set(to_optional_instant(placement.sort_at)),
        publish_at: Set(to_optional_instant(placement.publish_at)),
        live_at: Set(to_optional_instant(placement.live_at)),
        expires_at: Set(to_optional_instant(placement.expires_at)),
        placed_by: Set(placement.placed_by.0),
        placed_at: Set(to_instant(placement.placed_at)),
    }
}

fn from_row(row: entity::Model) -> Result<Placement> {
    Ok(Placement {
        id: row.id.into(),
        resource: row.resource.into(),
        site: row.site.into(),
        column: row.site_column.into(),
        state: PlacementState::parse(&row.state)
            .ok_or_else(|| StoreError::unreadable("placement", "state", &row.state))?,
        pinned: row.pinned,
        sort_at: from_optional_instant(row.sort_at),
        publish_at: from_optional_instant(row.publish_at),
        live_at: from_optional_instant(row.live_at),
        expires_at: from_optional_instant(row.expires_at),
        placed_by: row.placed_by.into(),
        placed_at: from_instant(row.placed_at),
    })
}
