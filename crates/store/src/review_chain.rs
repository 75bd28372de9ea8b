//! Review chains (审核链) as configured per unit, site and column.

use domain::{
    ids::{ReviewChainId, UnitId},
    review_chain::{ChainScope, ReviewChain},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set, entity::prelude::*};

use crate::{Read, Result, StoreError, Tx, columns};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "review_chain")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub name: String,
        pub scope_kind: String,
        pub scope_id: Uuid,
        pub unit: Uuid,
        pub steps: String,
        pub active: bool,
        pub lock_version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Adds a chain and retires the one that applied to the same scope: reviews under way keep their own steps.
pub async fn replace(tx: &Tx, chain: &ReviewChain) -> Result<()> {
    let (kind, id) = scope_parts(&chain.scope);
    entity::Entity::update_many()
        .col_expr(entity::Column::Active, Expr::value(false))
        .filter(entity::Column::ScopeKind.eq(kind))
        .filter(entity::Column::ScopeId.eq(id))
        .filter(entity::Column::Active.eq(true))
        .exec(tx)
        .await?;
    entity::Entity::insert(entity::ActiveModel {
        id: Set(chain.id.0),
        name: Set(chain.name.clone()),
        scope_kind: Set(kind.to_owned()),
        scope_id: Set(id),
        unit: Set(chain.unit.0),
        steps: Set(columns::to_json(&chain.steps)?),
        active: Set(true),
        lock_version: Set(1),
    })
    .exec_without_returning(tx)
    .await?;
    Ok(())
}

/// Retires a chain; its scope falls back to the next wider one.
pub async fn retire(tx: &Tx, id: ReviewChainId) -> Result<()> {
    entity::Entity::update_many()
        .col_expr(entity::Column::Active, Expr::value(false))
        .filter(entity::Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// The chain with this key.
pub async fn by_id(read: &Read, id: ReviewChainId) -> Result<Option<ReviewChain>> {
    entity::Entity::find_by_id(id.0).one(read).await?.map(from_row).transpose()
}

/// The chain in force for exactly this scope.
pub async fn in_force(read: &Read, scope: &ChainScope) -> Result<Option<ReviewChain>> {
    let (kind, id) = scope_parts(scope);
    entity::Entity::find()
        .filter(entity::Column::ScopeKind.eq(kind))
        .filter(entity::Column::ScopeId.eq(id))
        .filter(entity::Column::Active.eq(true))
        .limit(1)
        .one(read)
        .await?
        .map(from_row)
        .transpose()
}

/// Chains in force that belong to any of these units.
pub async fn of_units(read: &Read, units: &[UnitId]) -> Result<Vec<ReviewChain>> {
    let mut found = Vec::new();
    for chunk in columns::chunks_of_keys(units) {
        let rows = entity::Entity::find()
            .filter(entity::Column::Active.eq(true))
            .filter(entity::Column::Unit.is_in(chunk.iter().map(|unit| unit.0)))
            .order_by_asc(entity::Column::Name)
            .all(read)
            .await?;
        for row in rows {
            found.push(from_row(row)?);
        }
    }
    Ok(found)
}

fn scope_parts(scope: &ChainScope) -> (&'static str, Uuid) {
    match scope {
        ChainScope::Unit(id) => ("unit", id.0),
        ChainScope::Site(id) => ("site", id.0),
        ChainScope::Column(id) => ("column", id.0),
    }
}

fn from_row(row: entity::Model) -> Result<ReviewChain> {
    let scope = match row.scope_kind.as_str() {
        "unit" => ChainScope::Unit(row.scope_id.into()),
        "site" => ChainScope::Site(row.scope_id.into()),
        "column" => ChainScope::Column(row.scope_id.into()),
        other => return Err(StoreError::unreadable("review_chain", "scope_kind", other)),
    };
    Ok(ReviewChain {
        id: row.id.into(),
        name: row.name,
        scope,
        unit: row.unit.into(),
        steps: columns::from_json("review_chain", "steps", &row.steps)?,
        active: row.active,
        lock_version: row.lock_version,
    })
}
