//! Who interprets what (政策解读 ↔ 政策文件), by edition of the interpretation.

use domain::ids::{EditionId, ResourceId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};

use crate::{Read, Result, Tx};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "interpretation_link")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub edition: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub policy: Uuid,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Replaces the policies that an edition interprets.
///
/// # Errors
/// [`crate::StoreError::BrokenReference`] when one of them does not exist.
pub async fn replace(tx: &Tx, edition: EditionId, policies: &[ResourceId]) -> Result<()> {
    entity::Entity::delete_many().filter(entity::Column::Edition.eq(edition.0)).exec(tx).await?;
    let mut once: Vec<ResourceId> = policies.to_vec();
    once.sort();
    once.dedup();
    for policy in once {
        entity::Entity::insert(entity::ActiveModel { edition: Set(edition.0), policy: Set(policy.0) })
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// Editions (in any state) that interpret a policy.
pub async fn editions_interpreting(read: &Read, policy: ResourceId) -> Result<Vec<EditionId>> {
    let rows = entity::Entity::find().filter(entity::Column::Policy.eq(policy.0)).all(read).await?;
    Ok(rows.into_iter().map(|row| row.edition.into()).collect())
}
