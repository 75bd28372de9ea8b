//! Index numbers (索引号): issued per organ and year, never reused (regulations §7.6).

use domain::{identifier::OrganCode, ids::ResourceId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::{Read, Result, Tx, columns};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "index_number")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub organ: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub year: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub serial: i64,
        pub number: String,
        pub resource: Uuid,
        pub issued_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The greatest serial issued for an organ and year; 0 when none was. Call it with the change feed's counter or the
/// unit's row locked: the primary key refuses a double issue in any case.
pub async fn last_serial(read: &Read, organ: &OrganCode, year: i16) -> Result<i64> {
    let row = entity::Entity::find()
        .filter(entity::Column::Organ.eq(organ.as_str()))
        .filter(entity::Column::Year.eq(i64::from(year)))
        .order_by_desc(entity::Column::Serial)
        .limit(1)
        .one(read)
        .await?;
    Ok(row.map_or(0, |row| row.serial))
}

/// The number issued for a resource, if any.
pub async fn of_resource(read: &Read, resource: ResourceId) -> Result<Option<String>> {
    let row = entity::Entity::find().filter(entity::Column::Resource.eq(resource.0)).one(read).await?;
    Ok(row.map(|row| row.number))
}

/// Which resource bears this number.
pub async fn holder(read: &Read, number: &str) -> Result<Option<ResourceId>> {
    let row = entity::Entity::find().filter(entity::Column::Number.eq(number)).one(read).await?;
    Ok(row.map(|row| row.resource.into()))
}

/// Notes that `number` (with these parts) belongs to `resource`, for ever.
///
/// # Errors
/// [`crate::StoreError::Duplicate`] when the number or the serial is taken.
pub async fn insert(
    tx: &Tx,
    organ: &OrganCode,
    year: i16,
    serial: i64,
    number: &str,
    resource: ResourceId,
) -> Result<()> {
    entity::Entity::insert(entity::ActiveModel {
        organ: Set(organ.to_string()),
        year: Set(year.into()),
        serial: Set(serial),
        number: Set(number.to_owned()),
        resource: Set(resource.0),
        issued_at: Set(columns::to_instant(tx.now())),
    })
    .exec_without_returning(tx)
    .await?;
    Ok(())
}
