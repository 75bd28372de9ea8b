//! Changes that the next release of a site must show. The transaction that makes the release deletes exactly the
//! rows it has read, so nothing that comes in meanwhile is lost.

use std::collections::BTreeMap;

use domain::ids::{ColumnId, PersonId, ResourceId, SiteId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set, entity::prelude::Uuid};

use crate::{
    Read, Result, StoreError, Tx,
    columns::{chunks_of_keys, from_count, insert_all, to_instant},
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "pending_change")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub site: Uuid,
        pub kind: String,
        pub subject: Option<Uuid>,
        pub made_by: Option<Uuid>,
        pub noted_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What changed on a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Changed {
    /// A resource: its text, or where it stands.
    Resource(ResourceId),
    /// A column's own facts.
    Column(ColumnId),
    /// Everything: settings, navigation, theme.
    Site,
}

/// A noted change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingChange {
    /// Key of the row.
    pub id: Uuid,
    /// What changed.
    pub changed: Changed,
    /// Who caused it; `None` for the platform's own jobs.
    pub made_by: Option<PersonId>,
}

/// Notes changes of a site.
pub async fn note(tx: &Tx, site: SiteId, changes: &[Changed], made_by: Option<PersonId>) -> Result<()> {
    let rows = changes
        .iter()
        .map(|changed| {
            let (kind, subject) = match changed {
                Changed::Resource(id) => ("resource", Some(id.0)),
                Changed::Column(id) => ("column", Some(id.0)),
                Changed::Site => ("site", None),
            };
            entity::ActiveModel {
                id: Set(tx.ids().uuid()),
                site: Set(site.0),
                kind: Set(kind.to_owned()),
                subject: Set(subject),
                made_by: Set(made_by.map(|person| person.0)),
                noted_at: Set(to_instant(tx.now())),
            }
        })
        .collect();
    insert_all::<entity::Entity, _>(tx, rows).await
}

/// What the next release of a site must show, oldest first.
pub async fn of_site(read: &Read, site: SiteId) -> Result<Vec<PendingChange>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Site.eq(site.0))
        .order_by_asc(entity::Column::NotedAt)
        .order_by_asc(entity::Column::Id)
        .all(read)
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// How many changes wait on each site; sites without any are left out.
pub async fn counts(read: &Read) -> Result<BTreeMap<SiteId, u64>> {
    let rows: Vec<(Uuid, i64)> = entity::Entity::find()
        .select_only()
        .column(entity::Column::Site)
        .column_as(entity::Column::Id.count(), "number")
        .group_by(entity::Column::Site)
        .into_tuple()
        .all(read)
        .await?;
    Ok(rows.into_iter().map(|(site, number)| (site.into(), from_count(number))).collect())
}

/// Forgets changes that a release shows.
pub async fn delete(tx: &Tx, ids: &[Uuid]) -> Result<()> {
    for chunk in chunks_of_keys(ids) {
        entity::Entity::delete_many().filter(entity::Column::Id.is_in(chunk.iter().copied())).exec(tx).await?;
    }
    Ok(())
}

fn from_row(row: entity::Model) -> Result<PendingChange> {
    let changed = match (row.kind.as_str(), row.subject) {
        ("resource", Some(id)) => Changed::Resource(id.into()),
        ("column", Some(id)) => Changed::Column(id.into()),
        ("site", _) => Changed::Site,
        _ => return Err(StoreError::unreadable("pending_change", "kind", &row.kind)),
    };
    Ok(PendingChange { id: row.id, changed, made_by: row.made_by.map(Into::into) })
}
