//! Old addresses that the platform answers for (旧地址): each leads to the new page, shows the archived original, or says
//! why nothing stands there any more.

use domain::ids::{ColumnId, MigrationId, OldAddressId, ResourceId, SiteId};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set,
    sea_query::{Alias, Expr, ExprTrait, OnConflict},
};
use serde::Serialize;

use crate::{
    Read, Result, StoreError, Tx,
    columns::{from_count, from_optional_instant, to_instant, to_optional_instant},
    migration::page::address_key,
};

const TABLE: &str = "old_address";

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "old_address")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub site: Uuid,
        pub migration: Uuid,
        pub host: String,
        pub path: String,
        pub address_key: String,
        pub title: String,
        pub answer: String,
        pub resource: Option<Uuid>,
        pub site_column: Option<Uuid>,
        pub file_name: Option<String>,
        pub hash: Option<String>,
        pub media_type: Option<String>,
        pub reason: String,
        pub collected_at: Option<DateTimeUtc>,
        pub hits: i64,
        pub last_hit_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Where an old address leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum OldAnswer {
    /// 301 to the page of a resource, or to one of its files.
    Resource(ResourceId, Option<String>),
    /// 301 to a column; `None` = the home page.
    Column(Option<ColumnId>),
    /// The archived original, by the SHA-256 of its bytes, with its media type.
    Archived(String, String),
    /// 410 with the reason.
    Gone,
}

/// One old address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OldAddress {
    /// Key.
    pub id: OldAddressId,
    /// The site that answers.
    pub site: SiteId,
    /// The migration that took it over.
    pub migration: MigrationId,
    /// Host name.
    pub host: String,
    /// Path with query, beginning with `/`.
    pub path: String,
    /// Title of the old page.
    pub title: String,
    /// Where it leads.
    pub answer: OldAnswer,
    /// Why, in plain Chinese.
    pub reason: String,
    /// When the original was collected.
    pub collected_at: Option<Timestamp>,
    /// How often it was asked for since it was taken over.
    pub hits: u64,
    /// When last.
    pub last_hit_at: Option<Timestamp>,
}

/// Takes addresses over, or changes what they answer; their hits stay. An address that another migration took over
/// of the same site goes to the
/// newer one; one of another site stays there.
pub async fn keep(tx: &Tx, addresses: &[OldAddress]) -> Result<()> {
    for chunk in addresses.chunks(1_000) {
        let rows = chunk.iter().map(to_row);
        let replace = OnConflict::column(entity::Column::AddressKey)
            .update_columns([
                entity::Column::Site,
                entity::Column::Migration,
                entity::Column::Title,
                entity::Column::Answer,
                entity::Column::Resource,
                entity::Column::SiteColumn,
                entity::Column::FileName,
                entity::Column::Hash,
                entity::Column::MediaType,
                entity::Column::Reason,
                entity::Column::CollectedAt,
            ])
            // Two sites may have gone live in the same moment: what one answers for, no other takes away.
            .action_and_where(
                Expr::col((entity::Entity, entity::Column::Site))
                    .eq(Expr::col((Alias::new("excluded"), entity::Column::Site))),
            )
            .to_owned();
        entity::Entity::insert_many(rows).on_conflict(replace).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// What an address of a host answers.
pub async fn find(read: &Read, host: &str, path: &str) -> Result<Option<OldAddress>> {
    let row = entity::Entity::find().filter(entity::Column::AddressKey.eq(key_of(host, path))).one(read).await?;
    row.map(from_row).transpose()
}

/// Adds to the counts of addresses that were asked for.
pub async fn add_hits(tx: &Tx, hits: &[(OldAddressId, u64)]) -> Result<()> {
    for (id, more) in hits {
        let more = i64::try_from(*more).unwrap_or(i64::MAX);
        entity::Entity::update_many()
            .col_expr(entity::Column::Hits, Expr::col(entity::Column::Hits).add(more))
            .col_expr(entity::Column::LastHitAt, Expr::value(to_instant(tx.now())))
            .filter(entity::Column::Id.eq(id.0))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Addresses that a migration took over, most asked for first, and how many there are.
pub async fn of_migration(
    read: &Read,
    migration: MigrationId,
    words: Option<&str>,
    offset: u64,
    limit: u64,
) -> Result<(Vec<OldAddress>, u64)> {
    let mut query = entity::Entity::find().filter(entity::Column::Migration.eq(migration.0));
    if let Some(words) = words {
        query = query.filter(Expr::col(entity::Column::Path).like(crate::columns::contains_pattern(words)));
    }
    let total = query.clone().count(read).await?;
    let rows = query
        .order_by_desc(entity::Column::Hits)
        .order_by_asc(entity::Column::Host)
        .order_by_asc(entity::Column::Path)
        .offset(offset)
        .limit(limit)
        .all(read)
        .await?;
    Ok((rows.into_iter().map(from_row).collect::<Result<_>>()?, total))
}

fn key_of(host: &str, path: &str) -> String {
    address_key(&format!("{host}{path}"))
}

fn to_row(one: &OldAddress) -> entity::ActiveModel {
    let (answer, resource, column, file_name, hash, media_type) = match &one.answer {
        OldAnswer::Resource(resource, file) => ("moved", Some(resource.0), None, file.clone(), None, None),
        OldAnswer::Column(column) => ("moved", None, column.map(|column| column.0), None, None, None),
        OldAnswer::Archived(hash, media) => ("archived", None, None, None, Some(hash.clone()), Some(media.clone())),
        OldAnswer::Gone => ("gone", None, None, None, None, None),
    };
    entity::ActiveModel {
        id: Set(one.id.0),
        site: Set(one.site.0),
        migration: Set(one.migration.0),
        host: Set(one.host.clone()),
        path: Set(one.path.clone()),
        address_key: Set(key_of(&one.host, &one.path)),
        title: Set(one.title.clone()),
        answer: Set(answer.to_owned()),
        resource: Set(resource),
        site_column: Set(column),
        file_name: Set(file_name),
        hash: Set(hash),
        media_type: Set(media_type),
        reason: Set(one.reason.clone()),
        collected_at: Set(to_optional_instant(one.collected_at)),
        hits: Set(i64::try_from(one.hits).unwrap_or(i64::MAX)),
        last_hit_at: Set(to_optional_instant(one.last_hit_at)),
    }
}

fn from_row(row: entity::Model) -> Result<OldAddress> {
    let answer = match (row.answer.as_str(), row.resource, row.hash) {
        ("moved", Some(resource), _) => OldAnswer::Resource(resource.into(), row.file_name),
        ("moved", None, _) => OldAnswer::Column(row.site_column.map(Into::into)),
        ("archived", _, Some(hash)) => OldAnswer::Archived(hash, row.media_type.unwrap_or_default()),
        ("gone", ..) => OldAnswer::Gone,
        (other, ..) => return Err(StoreError::unreadable(TABLE, "answer", other)),
    };
    Ok(OldAddress {
        id: row.id.into(),
        site: row.site.into(),
        migration: row.migration.into(),
        host: row.host,
        path: row.path,
        title: row.title,
        answer,
        reason: row.reason,
        collected_at: from_optional_instant(row.collected_at),
        hits: from_count(row.hits),
        last_hit_at: from_optional_instant(row.last_hit_at),
    })
}
