//! Login sessions. The token is never stored, only its SHA-256.

use domain::{
    ids::{PersonId, SessionId},
    person::Person,
};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait, Set, entity::prelude::Expr,
};

use crate::{
    Read, Result, StoreError, Tx,
    columns::{from_instant, from_optional_instant, to_instant},
    person::{entity as person_entity, from_row as person_from_row},
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "session")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub token_hash: String,
        pub person: Uuid,
        pub address: String,
        pub user_agent: String,
        pub second_factor_passed: bool,
        pub created_at: DateTimeUtc,
        pub last_seen_at: DateTimeUtc,
        pub revoked_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(
            belongs_to = "crate::person::entity::Entity",
            from = "Column::Person",
            to = "crate::person::entity::Column::Id"
        )]
        Person,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// One login.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Session {
    /// Key.
    pub id: SessionId,
    /// Who.
    pub person: PersonId,
    /// From where.
    pub address: String,
    /// With what, as the browser says.
    pub user_agent: String,
    /// The second factor was given in this session.
    pub second_factor_passed: bool,
    /// When it began.
    pub created_at: Timestamp,
    /// Last request, exact to a minute.
    pub last_seen_at: Timestamp,
    /// When it was ended.
    pub revoked_at: Option<Timestamp>,
}

/// Begins a session whose token has this hash.
pub async fn insert(tx: &Tx, session: &Session, token_hash: &str) -> Result<()> {
    entity::Entity::insert(entity::ActiveModel {
        id: Set(session.id.0),
        token_hash: Set(token_hash.to_owned()),
        person: Set(session.person.0),
        address: Set(session.address.clone()),
        user_agent: Set(session.user_agent.clone()),
        second_factor_passed: Set(session.second_factor_passed),
        created_at: Set(to_instant(session.created_at)),
        last_seen_at: Set(to_instant(session.last_seen_at)),
        revoked_at: Set(None),
    })
    .exec_without_returning(tx)
    .await?;
    Ok(())
}

/// The session with this token and its person, unless it was revoked.
pub async fn by_token(read: &Read, token_hash: &str) -> Result<Option<(Session, Person)>> {
    let row = entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::Person.def())
        .select_also(person_entity::Entity)
        .filter(entity::Column::TokenHash.eq(token_hash))
        .filter(entity::Column::RevokedAt.is_null())
        .one(read)
        .await?;
    let Some((session, person)) = row else { return Ok(None) };
    let person = person.ok_or(StoreError::Missing { what: "person" })?;
    Ok(Some((from_row(session), person_from_row(person))))
}

/// The session with this key, revoked or not.
pub async fn by_id(read: &Read, id: SessionId) -> Result<Option<Session>> {
    Ok(entity::Entity::find_by_id(id.0).one(read).await?.map(from_row))
}

/// Sessions of a person that were not revoked and were seen since `since`, newest first.
pub async fn open_of(read: &Read, person: PersonId, since: Timestamp) -> Result<Vec<Session>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Person.eq(person.0))
        .filter(entity::Column::RevokedAt.is_null())
        .filter(entity::Column::LastSeenAt.gte(to_instant(since)))
        .order_by_desc(entity::Column::LastSeenAt)
        .order_by_desc(entity::Column::Id)
        .all(read)
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// Gives the session another token; the old one is worth nothing from then on.
pub async fn change_token(tx: &Tx, id: SessionId, token_hash: &str, second_factor_passed: bool) -> Result<()> {
    entity::Entity::update_many()
        .col_expr(entity::Column::TokenHash, Expr::value(token_hash))
        .col_expr(entity::Column::SecondFactorPassed, Expr::value(second_factor_passed))
        .col_expr(entity::Column::LastSeenAt, Expr::value(to_instant(tx.now())))
        .filter(entity::Column::Id.eq(id.0))
        .filter(entity::Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Notes a request at the time of the transaction.
pub async fn touch(tx: &Tx, id: SessionId) -> Result<()> {
    entity::Entity::update_many()
        .col_expr(entity::Column::LastSeenAt, Expr::value(to_instant(tx.now())))
        .filter(entity::Column::Id.eq(id.0))
        .filter(entity::Column::LastSeenAt.lt(to_instant(tx.now())))
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends a session; `false` when it had ended already.
pub async fn revoke(tx: &Tx, id: SessionId) -> Result<bool> {
    let outcome = entity::Entity::update_many()
        .col_expr(entity::Column::RevokedAt, Expr::value(to_instant(tx.now())))
        .filter(entity::Column::Id.eq(id.0))
        .filter(entity::Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Ends all sessions of a person but `except`; returns how many.
pub async fn revoke_all_of(tx: &Tx, person: PersonId, except: Option<SessionId>) -> Result<u64> {
    let mut update = entity::Entity::update_many()
        .col_expr(entity::Column::RevokedAt, Expr::value(to_instant(tx.now())))
        .filter(entity::Column::Person.eq(person.0))
        .filter(entity::Column::RevokedAt.is_null());
    if let Some(except) = except {
        update = update.filter(entity::Column::Id.ne(except.0));
    }
    Ok(update.exec(tx).await?.rows_affected)
}

/// Forgets sessions that nobody has used since `before`; audit events keep what matters of them.
pub async fn delete_older(tx: &Tx, before: Timestamp) -> Result<u64> {
    let outcome =
        entity::Entity::delete_many().filter(entity::Column::LastSeenAt.lt(to_instant(before))).exec(tx).await?;
    Ok(outcome.rows_affected)
}

fn from_row(row: entity::Model) -> Session {
    Session {
        id: row.id.into(),
        person: row.person.into(),
        address: row.address,
        user_agent: row.user_agent,
        second_factor_passed: row.second_factor_passed,
        created_at: from_instant(row.created_at),
        last_seen_at: from_instant(row.last_seen_at),
        revoked_at: from_optional_instant(row.revoked_at),
    }
}
