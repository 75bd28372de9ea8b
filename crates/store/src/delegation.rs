//! Delegations: who stands in for whom, from when until when.

use domain::{
    delegation::Delegation,
    ids::{DelegationId, PersonId},
};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait, Set,
    entity::prelude::Expr,
};

use crate::{
    Read, Result, Tx,
    columns::{from_instant, from_optional_instant, to_instant},
    person::entity as person_entity,
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "delegation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub from_person: Uuid,
        pub to_person: Uuid,
        pub starts_at: DateTimeUtc,
        pub ends_at: DateTimeUtc,
        pub reason: String,
        pub revoked_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(
            belongs_to = "crate::person::entity::Entity",
            from = "Column::FromPerson",
            to = "crate::person::entity::Column::Id"
        )]
        From,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Adds a delegation.
pub async fn insert(tx: &Tx, delegation: &Delegation) -> Result<()> {
    entity::Entity::insert(entity::ActiveModel {
        id: Set(delegation.id.0),
        from_person: Set(delegation.from.0),
        to_person: Set(delegation.to.0),
        starts_at: Set(to_instant(delegation.starts_at)),
        ends_at: Set(to_instant(delegation.ends_at)),
        reason: Set(delegation.reason.clone()),
        revoked_at: Set(None),
    })
    .exec_without_returning(tx)
    .await?;
    Ok(())
}

/// The delegation with this key.
pub async fn by_id(read: &Read, id: DelegationId) -> Result<Option<Delegation>> {
    Ok(entity::Entity::find_by_id(id.0).one(read).await?.map(from_row))
}

/// Withdraws a delegation; `false` when it was withdrawn already.
pub async fn revoke(tx: &Tx, id: DelegationId) -> Result<bool> {
    let outcome = entity::Entity::update_many()
        .col_expr(entity::Column::RevokedAt, Expr::value(to_instant(tx.now())))
        .filter(entity::Column::Id.eq(id.0))
        .filter(entity::Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// All delegations given by or to a person, the latest first.
pub async fn of_person(read: &Read, person: PersonId) -> Result<Vec<Delegation>> {
    let rows = entity::Entity::find()
        .filter(
            Condition::any().add(entity::Column::FromPerson.eq(person.0)).add(entity::Column::ToPerson.eq(person.0)),
        )
        .order_by_desc(entity::Column::StartsAt)
        .order_by_desc(entity::Column::Id)
        .all(read)
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// The people, still active, for whom `to` stands in at `now`.
pub async fn absent_for(read: &Read, to: PersonId, now: Timestamp) -> Result<Vec<PersonId>> {
    let rows = entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::From.def())
        .filter(person_entity::Column::Active.eq(true))
        .filter(entity::Column::ToPerson.eq(to.0))
        .filter(entity::Column::RevokedAt.is_null())
        .filter(entity::Column::StartsAt.lte(to_instant(now)))
        .filter(entity::Column::EndsAt.gt(to_instant(now)))
        .all(read)
        .await?;
    let mut people: Vec<PersonId> = rows.into_iter().map(|row| row.from_person.into()).collect();
    people.sort();
    people.dedup();
    Ok(people)
}

/// Delegations by or to a person that hold now or will hold later.
pub async fn current_or_coming(read: &Read, person: PersonId, now: Timestamp) -> Result<Vec<Delegation>> {
    let all = of_person(read, person).await?;
    Ok(all.into_iter().filter(|delegation| delegation.revoked_at.is_none() && now < delegation.ends_at).collect())
}

fn from_row(row: entity::Model) -> Delegation {
    Delegation {
        id: row.id.into(),
        from: row.from_person.into(),
        to: row.to_person.into(),
        starts_at: from_instant(row.starts_at),
        ends_at: from_instant(row.ends_at),
        reason: row.reason,
        revoked_at: from_optional_instant(row.revoked_at),
    }
}
