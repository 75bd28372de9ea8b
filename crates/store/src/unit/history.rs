//! The history of a unit (沿革): appended to, never altered.

use domain::{
    ids::UnitId,
    unit_history::{UnitHistory, UnitHistoryDetail, UnitHistoryKind},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::{Read, Result, StoreError, Tx, columns};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit_history")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit: Uuid,
        pub at: DateTimeUtc,
        pub kind: String,
        pub detail: String,
        pub by_login: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Appends an entry at the time of the transaction.
pub async fn append_history(
    tx: &Tx,
    unit: UnitId,
    kind: UnitHistoryKind,
    detail: &UnitHistoryDetail,
    by_login: &str,
) -> Result<()> {
    entity::Entity::insert(entity::ActiveModel {
        id: Set(tx.ids().uuid()),
        unit: Set(unit.0),
        at: Set(columns::to_instant(tx.now())),
        kind: Set(kind.as_str().to_owned()),
        detail: Set(columns::to_json(detail)?),
        by_login: Set(by_login.to_owned()),
    })
    .exec_without_returning(tx)
    .await?;
    Ok(())
}

/// Everything that happened to a unit, newest first.
pub async fn history(read: &Read, unit: UnitId) -> Result<Vec<UnitHistory>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Unit.eq(unit.0))
        .order_by_desc(entity::Column::At)
        .order_by_desc(entity::Column::Id)
        .all(read)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(UnitHistory {
                unit: row.unit.into(),
                at: columns::from_instant(row.at),
                kind: UnitHistoryKind::parse(&row.kind)
                    .ok_or_else(|| StoreError::unreadable("unit_history", "kind", &row.kind))?,
                detail: columns::from_json::<UnitHistoryDetail>("unit_history", "detail", &row.detail)?,
                by_login: row.by_login,
            })
        })
        .collect()
}
