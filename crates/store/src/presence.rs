//! Who is editing an edition right now (“某某正在编辑”).

use domain::ids::{EditionId, PersonId};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set, sea_query::OnConflict};

use crate::{Read, Result, Tx, columns};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "presence")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub edition: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub person: Uuid,
        pub seen_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Notes that a person has the edition open now.
pub async fn touch(tx: &Tx, edition: EditionId, person: PersonId) -> Result<()> {
    let row = entity::ActiveModel {
        edition: Set(edition.0),
        person: Set(person.0),
        seen_at: Set(columns::to_instant(tx.now())),
    };
    entity::Entity::insert(row)
        .on_conflict(
            OnConflict::columns([entity::Column::Edition, entity::Column::Person])
                .update_column(entity::Column::SeenAt)
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Persons who had the edition open at or after `since`.
pub async fn since(read: &Read, edition: EditionId, since: Timestamp) -> Result<Vec<PersonId>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Edition.eq(edition.0))
        .filter(entity::Column::SeenAt.gte(columns::to_instant(since)))
        .all(read)
        .await?;
    Ok(rows.into_iter().map(|row| row.person.into()).collect())
}
