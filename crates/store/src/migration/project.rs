//! Migrations.

use domain::{
    ids::{MigrationId, SiteId},
    migration::{Migration, MigrationState},
};
use sea_orm::{
    ActiveValue::Unchanged, ColumnTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait, Set, sea_query::Expr,
};

use crate::{
    Read, Result, Scope, StoreError, Tx,
    columns::{
        from_instant, from_json, from_optional_instant, require_one_row, to_instant, to_json, to_optional_instant,
    },
    unit,
};

const TABLE: &str = "migration";

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "migration")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit: Uuid,
        pub site: Uuid,
        pub name: String,
        pub source: String,
        pub hosts: String,
        pub state: String,
        pub round: i64,
        pub rules: Option<String>,
        pub stopping: bool,
        pub fault: Option<String>,
        pub started_by: Uuid,
        pub created_at: DateTimeUtc,
        pub live_at: Option<DateTimeUtc>,
        pub completed_at: Option<DateTimeUtc>,
        pub lock_version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(
            belongs_to = "crate::unit::entity::Entity",
            from = "Column::Unit",
            to = "crate::unit::entity::Column::Id"
        )]
        Unit,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Adds a migration.
pub async fn insert(tx: &Tx, one: &Migration) -> Result<()> {
    let mut row = to_row(one)?;
    row.id = Set(one.id.0);
    row.lock_version = Set(one.lock_version);
    entity::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Saves a migration and returns its new lock version.
///
/// # Errors
/// [`StoreError::Conflict`] when somebody else was faster.
pub async fn update(tx: &Tx, one: &Migration) -> Result<i64> {
    let mut row = to_row(one)?;
    row.lock_version = Set(one.lock_version + 1);
    let done = entity::Entity::update_many()
        .set(row)
        .filter(entity::Column::Id.eq(one.id.0))
        .filter(entity::Column::LockVersion.eq(one.lock_version))
        .exec(tx)
        .await?;
    require_one_row(TABLE, done.rows_affected)?;
    Ok(one.lock_version + 1)
}

/// Asks a running migration to stop, or takes that back, without a question of versions.
pub async fn set_stopping(tx: &Tx, id: MigrationId, stopping: bool) -> Result<()> {
    entity::Entity::update_many()
        .col_expr(entity::Column::Stopping, Expr::value(stopping))
        .filter(entity::Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// The migration with this key.
pub async fn by_id(read: &Read, id: MigrationId) -> Result<Option<Migration>> {
    entity::Entity::find_by_id(id.0).one(read).await?.map(from_row).transpose()
}

/// [`by_id`], held until the transaction ends.
pub async fn lock(tx: &Tx, id: MigrationId) -> Result<Option<Migration>> {
    entity::Entity::find_by_id(id.0).lock_exclusive().one(tx).await?.map(from_row).transpose()
}

/// Migrations of the units in scope, newest first, and how many there are.
pub async fn list(read: &Read, scope: &Scope, offset: u64, limit: u64) -> Result<(Vec<Migration>, u64)> {
    let query = entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::Unit.def())
        .filter(scope.condition(unit::entity::Column::Path));
    let total = query.clone().count(read).await?;
    let rows = query
        .order_by_desc(entity::Column::CreatedAt)
        .order_by_desc(entity::Column::Id)
        .offset(offset)
        .limit(limit)
        .all(read)
        .await?;
    Ok((rows.into_iter().map(from_row).collect::<Result<_>>()?, total))
}

/// Migrations into a site, newest first.
pub async fn of_site(read: &Read, site: SiteId) -> Result<Vec<Migration>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Site.eq(site.0))
        .order_by_desc(entity::Column::CreatedAt)
        .all(read)
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// Hosts whose addresses were taken over, with the site that answers for them.
pub async fn live_hosts(read: &Read) -> Result<Vec<(String, SiteId)>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::LiveAt.is_not_null())
        .order_by_asc(entity::Column::LiveAt)
        .order_by_asc(entity::Column::Id)
        .all(read)
        .await?;
    let mut hosts = Vec::new();
    for row in rows {
        let migration = from_row(row)?;
        hosts.extend(migration.hosts.into_iter().map(|host| (host, migration.site)));
    }
    Ok(hosts)
}

fn to_row(one: &Migration) -> Result<entity::ActiveModel> {
    Ok(entity::ActiveModel {
        id: Unchanged(one.id.0),
        unit: Set(one.unit.0),
        site: Set(one.site.0),
        name: Set(one.name.clone()),
        source: Set(to_json(&one.source)?),
        hosts: Set(to_json(&one.hosts)?),
        state: Set(one.state.as_str().to_owned()),
        round: Set(one.round),
        rules: Set(one.rules.clone()),
        stopping: Set(one.stopping),
        fault: Set(one.fault.clone()),
        started_by: Set(one.started_by.0),
        created_at: Set(to_instant(one.created_at)),
        live_at: Set(to_optional_instant(one.live_at)),
        completed_at: Set(to_optional_instant(one.completed_at)),
        lock_version: Unchanged(one.lock_version),
    })
}

fn from_row(row: entity::Model) -> Result<Migration> {
    Ok(Migration {
        id: row.id.into(),
        unit: row.unit.into(),
        site: row.site.into(),
        name: row.name,
        source: from_json(TABLE, "source", &row.source)?,
        hosts: from_json(TABLE, "hosts", &row.hosts)?,
        state: MigrationState::parse(&row.state).ok_or_else(|| StoreError::unreadable(TABLE, "state", &row.state))?,
        round: row.round,
        rules: row.rules,
        stopping: row.stopping,
        fault: row.fault,
        started_by: row.started_by.into(),
        created_at: from_instant(row.created_at),
        live_at: from_optional_instant(row.live_at),
        completed_at: from_optional_instant(row.completed_at),
        lock_version: row.lock_version,
    })
}
