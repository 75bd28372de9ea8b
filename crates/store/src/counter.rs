//! Counters whose values follow the commits: resource serials and the cursor of the change feed.

use sea_orm::{EntityTrait, QuerySelect, Set};

use crate::{Result, StoreError, Tx};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "counter")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub value: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The next value of `name`. The row stays locked until the transaction ends, so a reader that has seen value n has
/// seen everything below n; a rolled-back transaction leaves no gap.
pub async fn next(tx: &Tx, name: &'static str) -> Result<i64> {
    take(tx, name, 1).await
}

/// Reserves `how_many` values and returns the first.
pub async fn take(tx: &Tx, name: &'static str, how_many: i64) -> Result<i64> {
    let row = entity::Entity::find_by_id(name)
        .lock_exclusive()
        .one(tx)
        .await?
        .ok_or_else(|| StoreError::unreadable("counter", "name", format!("no counter {name:?}")))?;
    entity::Entity::update(entity::ActiveModel { name: Set(row.name), value: Set(row.value + how_many) })
        .exec(tx)
        .await?;
    Ok(row.value + 1)
}
