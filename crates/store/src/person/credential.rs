//! What proves that somebody is a person: password, second factor, recovery codes, counted failures.

use domain::{ids::PersonId, person::Person};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set, entity::prelude::Expr,
};

use super::entity;
use crate::{
    Read, Result, Tx,
    columns::{insert_all, to_instant, to_optional_instant},
};

/// A person with everything that a login is checked against. Never leaves the verbs.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The person.
    pub person: Person,
    /// argon2id, as a PHC string.
    pub password_hash: String,
    /// Failures since the last success.
    pub failed_logins: i64,
    /// Base32 secret of the second factor; only counts when `person.second_factor`.
    pub totp_secret: Option<String>,
    /// Number of the last time step accepted, so that no code is accepted twice.
    pub totp_last_step: Option<i64>,
}

mod history {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "password_history")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub person: Uuid,
        pub password_hash: String,
        pub set_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod recovery {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "recovery_code")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub person: Uuid,
        pub code_hash: String,
        pub used_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Credentials by login name, for the first look at a login; decisions are taken under [`super::lock`].
pub async fn credentials_by_login(read: &Read, login: &str) -> Result<Option<Credentials>> {
    Ok(entity::Entity::find().filter(entity::Column::Login.eq(login)).one(read).await?.map(from_row))
}

/// Sets a password; the old one stays only in the history.
pub async fn set_password(tx: &Tx, id: PersonId, password_hash: &str, must_change: bool) -> Result<()> {
    entity::Entity::update_many()
        .col_expr(entity::Column::PasswordHash, Expr::value(password_hash))
        .col_expr(entity::Column::PasswordChangedAt, Expr::value(to_instant(tx.now())))
        .col_expr(entity::Column::MustChangePassword, Expr::value(must_change))
        .filter(entity::Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Remembers a hash so that the password cannot come back soon.
pub async fn add_password_to_history(tx: &Tx, id: PersonId, password_hash: &str) -> Result<()> {
    history::Entity::insert(history::ActiveModel {
        id: Set(tx.ids().uuid()),
        person: Set(id.0),
        password_hash: Set(password_hash.to_owned()),
        set_at: Set(to_instant(tx.now())),
    })
    .exec_without_returning(tx)
    .await?;
    Ok(())
}

/// The last `count` passwords, newest first.
pub async fn last_password_hashes(read: &Read, id: PersonId, count: u64) -> Result<Vec<String>> {
    let rows = history::Entity::find()
        .filter(history::Column::Person.eq(id.0))
        .order_by_desc(history::Column::SetAt)
        .order_by_desc(history::Column::Id)
        .limit(count)
        .all(read)
        .await?;
    Ok(rows.into_iter().map(|row| row.password_hash).collect())
}

/// Sets the failure counter and the lock; `logged_in` also notes the time of a success.
pub async fn set_login_state(
    tx: &Tx,
    id: PersonId,
    failed_logins: i64,
    locked_until: Option<Timestamp>,
    logged_in: bool,
) -> Result<()> {
    let mut update = entity::Entity::update_many()
        .col_expr(entity::Column::FailedLogins, Expr::value(failed_logins))
        .col_expr(entity::Column::LockedUntil, Expr::value(to_optional_instant(locked_until)));
    if logged_in {
        update = update.col_expr(entity::Column::LastLoginAt, Expr::value(to_instant(tx.now())));
    }
    update.filter(entity::Column::Id.eq(id.0)).exec(tx).await?;
    Ok(())
}

/// Stores a secret that still has to be confirmed (`confirmed: false`), confirms it, or removes it (`None`).
pub async fn set_second_factor(tx: &Tx, id: PersonId, secret: Option<&str>, confirmed: bool) -> Result<()> {
    let confirmed_at = (confirmed && secret.is_some()).then(|| to_instant(tx.now()));
    entity::Entity::update_many()
        .col_expr(entity::Column::TotpSecret, Expr::value(secret.map(str::to_owned)))
        .col_expr(entity::Column::TotpConfirmedAt, Expr::value(confirmed_at))
        .col_expr(entity::Column::TotpLastStep, Expr::value(None::<i64>))
        .filter(entity::Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Notes the time step of an accepted code.
pub async fn set_second_factor_step(tx: &Tx, id: PersonId, step: i64) -> Result<()> {
    entity::Entity::update_many()
        .col_expr(entity::Column::TotpLastStep, Expr::value(step))
        .filter(entity::Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Replaces all recovery codes of a person; none is left when `hashes` is empty.
pub async fn replace_recovery_codes(tx: &Tx, id: PersonId, hashes: &[String]) -> Result<()> {
    recovery::Entity::delete_many().filter(recovery::Column::Person.eq(id.0)).exec(tx).await?;
    let rows = hashes
        .iter()
        .map(|hash| recovery::ActiveModel {
            id: Set(tx.ids().uuid()),
            person: Set(id.0),
            code_hash: Set(hash.clone()),
            used_at: Set(None),
        })
        .collect();
    insert_all(tx, rows).await
}

/// Uses up a recovery code; `false` when there is no such unused code.
pub async fn use_recovery_code(tx: &Tx, id: PersonId, hash: &str) -> Result<bool> {
    let outcome = recovery::Entity::update_many()
        .col_expr(recovery::Column::UsedAt, Expr::value(to_instant(tx.now())))
        .filter(recovery::Column::Person.eq(id.0))
        .filter(recovery::Column::CodeHash.eq(hash))
        .filter(recovery::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(outcome.rows_affected > 0)
}

/// How many recovery codes are left.
pub async fn unused_recovery_codes(read: &Read, id: PersonId) -> Result<u64> {
    Ok(recovery::Entity::find()
        .filter(recovery::Column::Person.eq(id.0))
        .filter(recovery::Column::UsedAt.is_null())
        .count(read)
        .await?)
}

pub(super) fn from_row(row: entity::Model) -> Credentials {
    Credentials {
        password_hash: row.password_hash.clone(),
        failed_logins: row.failed_logins,
        totp_secret: row.totp_secret.clone(),
        totp_last_step: row.totp_last_step,
        person: super::from_row(row),
    }
}
