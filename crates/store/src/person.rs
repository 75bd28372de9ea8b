//! People: accounts, their credentials, and lists of them.

mod credential;
mod list;

use domain::{
    ids::{PersonId, UnitId},
    person::Person,
};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect, Set, entity::prelude::Expr};

use crate::{
    Read, Result, Tx,
    columns::{folded, from_instant, from_optional_instant, require_one_row, to_instant},
};

pub use credential::{
    Credentials, add_password_to_history, credentials_by_login, last_password_hashes, replace_recovery_codes,
    set_login_state, set_password, set_second_factor, set_second_factor_step, unused_recovery_codes, use_recovery_code,
};
pub use list::{PersonFilter, PersonRow, PersonSort, colleagues, list, units_in_use};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "person")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub login: String,
        pub name: String,
        pub home_unit: Uuid,
        pub phone: Option<String>,
        pub search_text: String,
        pub active: bool,
        pub password_hash: String,
        pub password_changed_at: DateTimeUtc,
        pub must_change_password: bool,
        pub failed_logins: i64,
        pub locked_until: Option<DateTimeUtc>,
        pub totp_secret: Option<String>,
        pub totp_confirmed_at: Option<DateTimeUtc>,
        pub totp_last_step: Option<i64>,
        pub last_login_at: Option<DateTimeUtc>,
        pub created_at: DateTimeUtc,
        pub lock_version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(
            belongs_to = "crate::person::unit_part::Entity",
            from = "Column::HomeUnit",
            to = "crate::person::unit_part::Column::Id"
        )]
        HomeUnit,
    }

    impl Related<crate::person::unit_part::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::HomeUnit.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The few columns of `unit` that people's queries join.
pub(crate) mod unit_part {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub name: String,
        pub short_name: String,
        pub path: String,
        pub status: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a new account starts with.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Key.
    pub id: PersonId,
    /// Login name.
    pub login: String,
    /// Name shown to colleagues.
    pub name: String,
    /// Unit the person belongs to.
    pub home_unit: UnitId,
    /// Office telephone.
    pub phone: Option<String>,
    /// argon2id, as a PHC string.
    pub password_hash: String,
    /// The password must be changed before anything else.
    pub must_change_password: bool,
}

/// Adds an account.
///
/// # Errors
/// [`crate::StoreError::Duplicate`] of `person(login)` when the login name was ever used.
pub async fn insert(tx: &Tx, new: &NewPerson) -> Result<()> {
    let now = to_instant(tx.now());
    entity::Entity::insert(entity::ActiveModel {
        id: Set(new.id.0),
        login: Set(new.login.clone()),
        name: Set(new.name.clone()),
        home_unit: Set(new.home_unit.0),
        phone: Set(new.phone.clone()),
        search_text: Set(search_text(&new.login, &new.name)),
        active: Set(true),
        password_hash: Set(new.password_hash.clone()),
        password_changed_at: Set(now),
        must_change_password: Set(new.must_change_password),
        failed_logins: Set(0),
        locked_until: Set(None),
        totp_secret: Set(None),
        totp_confirmed_at: Set(None),
        totp_last_step: Set(None),
        last_login_at: Set(None),
        created_at: Set(now),
        lock_version: Set(1),
    })
    .exec_without_returning(tx)
    .await?;
    Ok(())
}

/// The person with this key.
pub async fn by_id(read: &Read, id: PersonId) -> Result<Option<Person>> {
    Ok(entity::Entity::find_by_id(id.0).one(read).await?.map(from_row))
}

/// The person with this login name.
pub async fn by_login(read: &Read, login: &str) -> Result<Option<Person>> {
    Ok(entity::Entity::find().filter(entity::Column::Login.eq(login)).one(read).await?.map(from_row))
}

/// The people with these keys, in no particular order.
pub async fn by_ids(read: &Read, ids: &[PersonId]) -> Result<Vec<Person>> {
    let mut people = Vec::with_capacity(ids.len());
    for chunk in crate::columns::chunks_of_keys(ids) {
        let keys = chunk.iter().map(|id| id.0);
        let rows = entity::Entity::find().filter(entity::Column::Id.is_in(keys)).all(read).await?;
        people.extend(rows.into_iter().map(from_row));
    }
    Ok(people)
}

/// The person and the credentials, with the row locked until the transaction ends. Every decision about duties,
/// passwords and failures of one person takes this lock first, so two of them never cross.
pub async fn lock(tx: &Tx, id: PersonId) -> Result<Option<Credentials>> {
    let row = entity::Entity::find_by_id(id.0).lock_exclusive().one(tx).await?;
    Ok(row.map(credential::from_row))
}

/// Saves name, telephone and home unit of a person read with `person.lock_version`.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when somebody else saved it since.
pub async fn update(tx: &Tx, person: &Person) -> Result<()> {
    let outcome = entity::Entity::update_many()
        .col_expr(entity::Column::Name, Expr::value(person.name.clone()))
        .col_expr(entity::Column::Phone, Expr::value(person.phone.clone()))
        .col_expr(entity::Column::HomeUnit, Expr::value(person.home_unit.0))
        .col_expr(entity::Column::SearchText, Expr::value(search_text(&person.login, &person.name)))
        .col_expr(entity::Column::LockVersion, Expr::col(entity::Column::LockVersion).add(1))
        .filter(entity::Column::Id.eq(person.id.0))
        .filter(entity::Column::LockVersion.eq(person.lock_version))
        .exec(tx)
        .await?;
    require_one_row("person", outcome.rows_affected)
}

/// Disables or enables an account.
pub async fn set_active(tx: &Tx, id: PersonId, active: bool) -> Result<()> {
    entity::Entity::update_many()
        .col_expr(entity::Column::Active, Expr::value(active))
        .col_expr(entity::Column::LockVersion, Expr::col(entity::Column::LockVersion).add(1))
        .filter(entity::Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Name, path and state word of the unit with this key.
pub async fn unit_of(read: &Read, id: UnitId) -> Result<Option<UnitPart>> {
    Ok(unit_part::Entity::find_by_id(id.0).one(read).await?.map(unit_from_row))
}

/// What people's verbs need to know of a unit.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct UnitPart {
    /// Key.
    pub id: UnitId,
    /// Full name.
    pub name: String,
    /// Materialised path.
    pub path: String,
    /// In use.
    pub active: bool,
}

pub(crate) fn from_row(row: entity::Model) -> Person {
    Person {
        id: row.id.into(),
        login: row.login,
        name: row.name,
        home_unit: row.home_unit.into(),
        phone: row.phone,
        active: row.active,
        must_change_password: row.must_change_password,
        second_factor: row.totp_secret.is_some() && row.totp_confirmed_at.is_some(),
        locked_until: from_optional_instant(row.locked_until),
        password_changed_at: from_instant(row.password_changed_at),
        created_at: from_instant(row.created_at),
        lock_version: row.lock_version,
    }
}

fn unit_from_row(row: unit_part::Model) -> UnitPart {
    UnitPart {
        id: row.id.into(),
        name: row.name,
        path: row.path,
        active: row.status == domain::unit::UnitStatus::Active.as_str(),
    }
}

/// True when a lock set until `locked_until` still holds.
pub fn is_locked(person: &Person, now: Timestamp) -> bool {
    person.locked_until.is_some_and(|until| now < until)
}

fn search_text(login: &str, name: &str) -> String {
    folded(&format!("{login} {name}"))
}

/// Display names by key; keys that do not exist are left out.
pub async fn names(read: &Read, ids: &[PersonId]) -> Result<std::collections::HashMap<PersonId, String>> {
    let mut names = std::collections::HashMap::new();
    for chunk in crate::columns::chunks_of_keys(ids) {
        let keys = chunk.iter().map(|id| id.0);
        for row in entity::Entity::find().filter(entity::Column::Id.is_in(keys)).all(read).await? {
            names.insert(row.id.into(), row.name);
        }
    }
    Ok(names)
}
