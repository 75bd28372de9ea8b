//! Old columns, set against new ones.

use domain::{
    ids::MigrationId,
    migration::{ColumnDecision, OldColumn},
    resource::ResourceKind,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set, sea_query::OnConflict};

use crate::{Read, Result, StoreError, Tx};

const TABLE: &str = "old_column";

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "old_column")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub migration: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub column_key: String,
        pub name: String,
        pub decision: String,
        pub target: Option<Uuid>,
        pub kind: String,
        pub confidence: i64,
        pub reason: String,
        pub decided_by: Option<Uuid>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The old columns of a migration, by key.
pub async fn of(read: &Read, migration: MigrationId) -> Result<Vec<OldColumn>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Migration.eq(migration.0))
        .order_by_asc(entity::Column::ColumnKey)
        .all(read)
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// Keeps what is said of a column, in place of what was said before.
pub async fn keep(tx: &Tx, column: &OldColumn) -> Result<()> {
    let row = entity::ActiveModel {
        migration: Set(column.migration.0),
        column_key: Set(column.key.clone()),
        name: Set(column.name.clone()),
        decision: Set(column.decision.as_str().to_owned()),
        target: Set(column.target.map(|target| target.0)),
        kind: Set(column.kind.as_str().to_owned()),
        confidence: Set(column.confidence),
        reason: Set(column.reason.clone()),
        decided_by: Set(column.decided_by.map(|person| person.0)),
    };
    let replace = OnConflict::columns([entity::Column::Migration, entity::Column::ColumnKey])
        .update_columns([
            entity::Column::Name,
            entity::Column::Decision,
            entity::Column::Target,
            entity::Column::Kind,
            entity::Column::Confidence,
            entity::Column::Reason,
            entity::Column::DecidedBy,
        ])
        .to_owned();
    entity::Entity::insert(row).on_conflict(replace).exec_without_returning(tx).await?;
    Ok(())
}

fn from_row(row: entity::Model) -> Result<OldColumn> {
    Ok(OldColumn {
        migration: row.migration.into(),
        key: row.column_key,
        name: row.name,
        decision: ColumnDecision::parse(&row.decision)
            .ok_or_else(|| StoreError::unreadable(TABLE, "decision", &row.decision))?,
        target: row.target.map(Into::into),
        kind: ResourceKind::parse(&row.kind).ok_or_else(|| StoreError::unreadable(TABLE, "kind", &row.kind))?,
        confidence: row.confidence,
        reason: row.reason,
        decided_by: row.decided_by.map(Into::into),
    })
}
