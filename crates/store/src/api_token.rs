//! API tokens (接口令牌) of connected systems. The token itself is never stored, only its SHA-256.

use domain::ids::{ApiTokenId, PersonId, UnitId};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set, sea_query::Expr};

use crate::{Read, Result, Scope, Tx, columns};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "api_token")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub name: String,
        pub token_hash: String,
        pub unit: Uuid,
        pub unit_path: String,
        pub scopes: String,
        pub issued_by: Uuid,
        pub issued_at: DateTimeUtc,
        pub expires_at: DateTimeUtc,
        pub last_used_at: Option<DateTimeUtc>,
        pub revoked_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A token's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Key.
    pub id: ApiTokenId,
    /// What it is for.
    pub name: String,
    /// The unit whose system uses it.
    pub unit: UnitId,
    /// Materialised path of that unit.
    pub unit_path: String,
    /// What it may do, e.g. `library:read`.
    pub scopes: Vec<String>,
    /// Who issued it.
    pub issued_by: PersonId,
    /// When.
    pub issued_at: Timestamp,
    /// From when it is void.
    pub expires_at: Timestamp,
    /// Last use, to the minute.
    pub last_used_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

/// Adds a token's record.
pub async fn insert(tx: &Tx, token: &ApiToken, token_hash: &str) -> Result<()> {
    entity::Entity::insert(entity::ActiveModel {
        id: Set(token.id.0),
        name: Set(token.name.clone()),
        token_hash: Set(token_hash.to_owned()),
        unit: Set(token.unit.0),
        unit_path: Set(token.unit_path.clone()),
        scopes: Set(token.scopes.join(" ")),
        issued_by: Set(token.issued_by.0),
        issued_at: Set(columns::to_instant(token.issued_at)),
        expires_at: Set(columns::to_instant(token.expires_at)),
        last_used_at: Set(None),
        revoked_at: Set(None),
    })
    .exec_without_returning(tx)
    .await?;
    Ok(())
}

/// The token with this hash, whatever its state.
pub async fn by_hash(read: &Read, token_hash: &str) -> Result<Option<ApiToken>> {
    let row = entity::Entity::find().filter(entity::Column::TokenHash.eq(token_hash)).one(read).await?;
    Ok(row.map(from_row))
}

/// The token with this key.
pub async fn by_id(read: &Read, id: ApiTokenId) -> Result<Option<ApiToken>> {
    Ok(entity::Entity::find_by_id(id.0).one(read).await?.map(from_row))
}

/// Tokens of units within the scope, newest first.
pub async fn list(read: &Read, scope: &Scope) -> Result<Vec<ApiToken>> {
    let rows = entity::Entity::find()
        .filter(scope.condition(entity::Column::UnitPath))
        .order_by_desc(entity::Column::IssuedAt)
        .all(read)
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// Makes a token void from now on; a second time changes nothing.
pub async fn revoke(tx: &Tx, id: ApiTokenId) -> Result<()> {
    entity::Entity::update_many()
        .col_expr(entity::Column::RevokedAt, Expr::value(columns::to_instant(tx.now())))
        .filter(entity::Column::Id.eq(id.0))
        .filter(entity::Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Notes a use.
pub async fn touch(tx: &Tx, id: ApiTokenId) -> Result<()> {
    entity::Entity::update_many()
        .col_expr(entity::Column::LastUsedAt, Expr::value(columns::to_instant(tx.now())))
        .filter(entity::Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

fn from_row(row: entity::Model) -> ApiToken {
    ApiToken {
        id: row.id.into(),
        name: row.name,
        unit: row.unit.into(),
        unit_path: row.unit_path,
        scopes: row.scopes.split_whitespace().map(str::to_owned).collect(),
        issued_by: row.issued_by.into(),
        issued_at: columns::from_instant(row.issued_at),
        expires_at: columns::from_instant(row.expires_at),
        last_used_at: columns::from_optional_instant(row.last_used_at),
        revoked_at: columns::from_optional_instant(row.revoked_at),
    }
}
