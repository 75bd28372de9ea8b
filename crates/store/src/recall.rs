//! Rows of recalls (撤回) and of the receipts owed for each place.

mod newest;

pub use newest::{Progress, newest, progress};

use std::collections::BTreeMap;

use domain::{
    ids::{EditionId, RecallId, ResourceId, SiteId},
    recall::{Recall, RecallReceipt},
};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set, entity::prelude::*};

use crate::{
    Read, Result, Tx,
    columns::{chunks_of_keys, from_instant, from_optional_instant, insert_all, to_instant, to_optional_instant},
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "recall")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub resource: Uuid,
        pub edition: Uuid,
        pub reason: String,
        pub public_notice: String,
        pub recalled_by: Uuid,
        pub recalled_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod receipt {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "recall_receipt")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub recall: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub site: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub path: String,
        pub place: String,
        pub cleared_at: Option<DateTimeUtc>,
        pub release_number: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Adds a recall with its receipts.
pub async fn insert(tx: &Tx, recall: &Recall, receipts: &[RecallReceipt]) -> Result<()> {
    entity::Entity::insert(entity::ActiveModel {
        id: Set(recall.id.0),
        resource: Set(recall.resource.0),
        edition: Set(recall.edition.0),
        reason: Set(recall.reason.clone()),
        public_notice: Set(recall.public_notice.clone()),
        recalled_by: Set(recall.recalled_by.0),
        recalled_at: Set(to_instant(recall.recalled_at)),
    })
    .exec_without_returning(tx)
    .await?;
    let rows = receipts
        .iter()
        .map(|owed| receipt::ActiveModel {
            recall: Set(owed.recall.0),
            site: Set(owed.site.0),
            path: Set(owed.path.clone()),
            place: Set(owed.place.clone()),
            cleared_at: Set(to_optional_instant(owed.cleared_at)),
            release_number: Set(owed.release_number),
        })
        .collect();
    insert_all::<receipt::Entity, _>(tx, rows).await
}

/// The recall with this key.
pub async fn by_id(read: &Read, id: RecallId) -> Result<Option<Recall>> {
    Ok(entity::Entity::find_by_id(id.0).one(read).await?.map(from_row))
}

/// Recalls of one resource, newest first.
pub async fn of_resource(read: &Read, resource: ResourceId) -> Result<Vec<Recall>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Resource.eq(resource.0))
        .order_by_desc(entity::Column::RecalledAt)
        .order_by_desc(entity::Column::Id)
        .all(read)
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// The newest recall of each of these resources.
pub async fn newest_of(read: &Read, resources: &[ResourceId]) -> Result<BTreeMap<ResourceId, Recall>> {
    let keys: Vec<Uuid> = resources.iter().map(|id| id.0).collect();
    let mut found = BTreeMap::new();
    for chunk in chunks_of_keys(&keys) {
        let rows = entity::Entity::find()
            .filter(entity::Column::Resource.is_in(chunk.iter().copied()))
            .order_by_asc(entity::Column::RecalledAt)
            .order_by_asc(entity::Column::Id)
            .all(read)
            .await?;
        found.extend(rows.into_iter().map(from_row).map(|recall| (recall.resource, recall)));
    }
    Ok(found)
}

/// The receipts of a recall, by site and path.
pub async fn receipts(read: &Read, recall: RecallId) -> Result<Vec<RecallReceipt>> {
    let rows = receipt::Entity::find()
        .filter(receipt::Column::Recall.eq(recall.0))
        .order_by_asc(receipt::Column::Site)
        .order_by_asc(receipt::Column::Path)
        .all(read)
        .await?;
    Ok(rows.into_iter().map(from_receipt).collect())
}

/// Receipts still owed by a site, each with the edition that must no longer show.
pub async fn owed_by(read: &Read, site: SiteId) -> Result<Vec<(EditionId, RecallReceipt)>> {
    let rows = receipt::Entity::find()
        .filter(receipt::Column::Site.eq(site.0))
        .filter(receipt::Column::ClearedAt.is_null())
        .all(read)
        .await?;
    let keys: Vec<Uuid> = rows.iter().map(|row| row.recall).collect();
    let mut edition_of = BTreeMap::new();
    for chunk in chunks_of_keys(&keys) {
        let recalls = entity::Entity::find().filter(entity::Column::Id.is_in(chunk.iter().copied())).all(read).await?;
        edition_of.extend(recalls.into_iter().map(|row| (row.id, EditionId::from(row.edition))));
    }
    Ok(rows.into_iter().filter_map(|row| Some((*edition_of.get(&row.recall)?, from_receipt(row)))).collect())
}

/// Signs receipts: the place no longer shows the resource since `at`, by release `number`.
pub async fn clear(tx: &Tx, owed: &[RecallReceipt], at: Timestamp, number: i64) -> Result<()> {
    for one in owed {
        receipt::Entity::update_many()
            .col_expr(receipt::Column::ClearedAt, Expr::value(to_instant(at)))
            .col_expr(receipt::Column::ReleaseNumber, Expr::value(number))
            .filter(receipt::Column::Recall.eq(one.recall.0))
            .filter(receipt::Column::Site.eq(one.site.0))
            .filter(receipt::Column::Path.eq(one.path.as_str()))
            .exec(tx)
            .await?;
    }
    Ok(())
}

fn from_row(row: entity::Model) -> Recall {
    Recall {
        id: row.id.into(),
        resource: row.resource.into(),
        edition: row.edition.into(),
        reason: row.reason,
        public_notice: row.public_notice,
        recalled_by: row.recalled_by.into(),
        recalled_at: from_instant(row.recalled_at),
    }
}

fn from_receipt(row: receipt::Model) -> RecallReceipt {
    RecallReceipt {
        recall: row.recall.into(),
        site: row.site.into(),
        path: row.path,
        place: row.place,
        cleared_at: from_optional_instant(row.cleared_at),
        release_number: row.release_number,
    }
}
