//! Spot checks (抽查): a person compared a page with its original.

use domain::ids::{EditionId, MigrationId, OldPageId, PersonId, SpotCheckId};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde::Serialize;

use crate::{
    Read, Result, Tx,
    columns::{from_instant, to_instant},
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "spot_check")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub migration: Uuid,
        pub page: Uuid,
        pub edition: Option<Uuid>,
        pub agrees: bool,
        pub note: String,
        pub checked_by: Uuid,
        pub checked_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpotCheck {
    /// Key.
    pub id: SpotCheckId,
    /// The migration.
    pub migration: MigrationId,
    /// The old page.
    pub page: OldPageId,
    /// The edition it was compared with.
    pub edition: Option<EditionId>,
    /// Both say the same.
    pub agrees: bool,
    /// What differs.
    pub note: String,
    /// Who compared.
    pub checked_by: PersonId,
    /// When.
    pub checked_at: Timestamp,
}

/// Notes a comparison.
pub async fn insert(tx: &Tx, one: &SpotCheck) -> Result<()> {
    let row = entity::ActiveModel {
        id: Set(one.id.0),
        migration: Set(one.migration.0),
        page: Set(one.page.0),
        edition: Set(one.edition.map(|edition| edition.0)),
        agrees: Set(one.agrees),
        note: Set(one.note.clone()),
        checked_by: Set(one.checked_by.0),
        checked_at: Set(to_instant(one.checked_at)),
    };
    entity::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Comparisons of a migration, newest first.
pub async fn of(read: &Read, migration: MigrationId) -> Result<Vec<SpotCheck>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Migration.eq(migration.0))
        .order_by_desc(entity::Column::CheckedAt)
        .order_by_desc(entity::Column::Id)
        .all(read)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| SpotCheck {
            id: row.id.into(),
            migration: row.migration.into(),
            page: row.page.into(),
            edition: row.edition.map(Into::into),
            agrees: row.agrees,
            note: row.note,
            checked_by: row.checked_by.into(),
            checked_at: from_instant(row.checked_at),
        })
        .collect())
}
