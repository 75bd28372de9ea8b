//! Policy values that were set; what was not set has the default of [`domain::setting::SETTING_RULES`].

use domain::{ids::PersonId, setting::Settings};
use jiff::Timestamp;
use sea_orm::{EntityTrait, QueryOrder, QuerySelect, Set};

use crate::{
    Read, Result, Tx,
    columns::{from_instant, to_instant},
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "setting")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub value: i64,
        pub changed_by: Option<Uuid>,
        pub changed_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A value that was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSetting {
    /// Key of the rule.
    pub key: String,
    /// Value.
    pub value: i64,
    /// By whom; `None` for the platform's own setting-up.
    pub changed_by: Option<PersonId>,
    /// When.
    pub changed_at: Timestamp,
}

/// The values in force.
pub async fn in_force(read: &Read) -> Result<Settings> {
    let stored = all(read).await?;
    Ok(Settings::from_stored(stored.into_iter().map(|setting| (setting.key, setting.value))))
}

/// All values that were set, by key.
pub async fn all(read: &Read) -> Result<Vec<StoredSetting>> {
    let rows = entity::Entity::find().order_by_asc(entity::Column::Key).all(read).await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// The value set for `key`, with the row locked until the transaction ends.
pub async fn lock(tx: &Tx, key: &str) -> Result<Option<StoredSetting>> {
    let row = entity::Entity::find_by_id(key).lock_exclusive().one(tx).await?;
    Ok(row.map(from_row))
}

/// Sets a value.
pub async fn set(tx: &Tx, key: &str, value: i64, by: Option<PersonId>) -> Result<()> {
    let row = entity::ActiveModel {
        key: Set(key.to_owned()),
        value: Set(value),
        changed_by: Set(by.map(|by| by.0)),
        changed_at: Set(to_instant(tx.now())),
    };
    let conflict = sea_orm::sea_query::OnConflict::column(entity::Column::Key)
        .update_columns([entity::Column::Value, entity::Column::ChangedBy, entity::Column::ChangedAt])
        .to_owned();
    entity::Entity::insert(row).on_conflict(conflict).exec_without_returning(tx).await?;
    Ok(())
}

fn from_row(row: entity::Model) -> StoredSetting {
    StoredSetting {
        key: row.key,
        value: row.value,
        changed_by: row.changed_by.map(Into::into),
        changed_at: from_instant(row.changed_at),
    }
}
