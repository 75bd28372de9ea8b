//! Appointments: which duty a person holds at which unit, since when and by whom.

use domain::{
    duty::Duty,
    ids::{AppointmentId, PersonId, UnitId},
    person::Appointment,
};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, EntityTrait, JoinType, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait, RelationTrait, Set,
    entity::prelude::Expr, sea_query::SelectStatement,
};

use crate::{
    Read, Result, StoreError, Tx,
    columns::{chunks_of_keys, from_instant, from_optional_instant, order_nulls_first, to_instant},
    person::{entity as person_entity, unit_part},
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "appointment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub person: Uuid,
        pub unit: Uuid,
        pub duty: String,
        pub granted_at: DateTimeUtc,
        pub granted_by: Option<Uuid>,
        pub ended_at: Option<DateTimeUtc>,
        pub ended_by: Option<Uuid>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(
            belongs_to = "crate::person::unit_part::Entity",
            from = "Column::Unit",
            to = "crate::person::unit_part::Column::Id"
        )]
        Unit,
        #[sea_orm(
            belongs_to = "crate::person::entity::Entity",
            from = "Column::Person",
            to = "crate::person::entity::Column::Id"
        )]
        Person,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// An appointment with the unit it is at, as permission and lists need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The appointment.
    pub id: AppointmentId,
    /// Who.
    pub person: PersonId,
    /// What.
    pub duty: Duty,
    /// Where.
    pub unit: UnitId,
    /// Name of the unit.
    pub unit_name: String,
    /// Short name of the unit.
    pub unit_short_name: String,
    /// Materialised path of the unit.
    pub unit_path: String,
    /// The unit is in use; duties at a unit out of use rest.
    pub unit_active: bool,
    /// Since when.
    pub granted_at: Timestamp,
    /// By whom.
    pub granted_by: Option<PersonId>,
    /// When it ended, if it has.
    pub ended_at: Option<Timestamp>,
    /// Who ended it.
    pub ended_by: Option<PersonId>,
}

/// Gives a duty.
///
/// # Errors
/// [`StoreError::Duplicate`] when the person holds this duty at this unit already.
pub async fn insert(tx: &Tx, appointment: &Appointment) -> Result<()> {
    entity::Entity::insert(entity::ActiveModel {
        id: Set(appointment.id.0),
        person: Set(appointment.person.0),
        unit: Set(appointment.unit.0),
        duty: Set(appointment.duty.as_str().to_owned()),
        granted_at: Set(to_instant(appointment.granted_at)),
        granted_by: Set(appointment.granted_by.map(|by| by.0)),
        ended_at: Set(None),
        ended_by: Set(None),
    })
    .exec_without_returning(tx)
    .await?;
    Ok(())
}

/// Ends an appointment that is in force; `false` when it had ended already.
pub async fn end(tx: &Tx, id: AppointmentId, by: Option<PersonId>) -> Result<bool> {
    let outcome = entity::Entity::update_many()
        .col_expr(entity::Column::EndedAt, Expr::value(to_instant(tx.now())))
        .col_expr(entity::Column::EndedBy, Expr::value(by.map(|by| by.0)))
        .filter(entity::Column::Id.eq(id.0))
        .filter(entity::Column::EndedAt.is_null())
        .exec(tx)
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// The appointment with this key.
pub async fn by_id(read: &Read, id: AppointmentId) -> Result<Option<Held>> {
    let row = with_unit().filter(entity::Column::Id.eq(id.0)).one(read).await?;
    row.map(from_row).transpose()
}

/// All appointments of a person, those in force first, then the newest.
pub async fn all_of(read: &Read, person: PersonId) -> Result<Vec<Held>> {
    let query = with_unit().filter(entity::Column::Person.eq(person.0));
    let rows = order_nulls_first(query, entity::Column::EndedAt, Order::Desc)
        .order_by_desc(entity::Column::GrantedAt)
        .order_by_desc(entity::Column::Id)
        .all(read)
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// Appointments in force of these people, in the order of the duties' words.
pub async fn in_force_of(read: &Read, people: &[PersonId]) -> Result<Vec<Held>> {
    let mut held = Vec::new();
    for chunk in chunks_of_keys(people) {
        let rows = with_unit()
            .filter(entity::Column::Person.is_in(chunk.iter().map(|id| id.0)))
            .filter(entity::Column::EndedAt.is_null())
            .order_by_asc(entity::Column::GrantedAt)
            .order_by_asc(entity::Column::Id)
            .all(read)
            .await?;
        for row in rows {
            held.push(from_row(row)?);
        }
    }
    Ok(held)
}

/// Active people who hold `duty` anywhere, other than `except`; the appointments stay locked, so two administrators
/// cannot be the last to leave at the same time.
pub async fn lock_others_holding(tx: &Tx, duty: Duty, except: PersonId) -> Result<Vec<PersonId>> {
    // Locks before it looks: the same order for everybody.
    let rows = entity::Entity::find()
        .filter(entity::Column::Duty.eq(duty.as_str()))
        .filter(entity::Column::EndedAt.is_null())
        .order_by_asc(entity::Column::Id)
        .lock_exclusive()
        .all(tx)
        .await?;
    let ids: Vec<PersonId> = rows.into_iter().map(|row| row.person.into()).filter(|id| *id != except).collect();
    let people = crate::person::by_ids(tx, &ids).await?;
    Ok(people.into_iter().filter(|person| person.active).map(|person| person.id).collect())
}

/// Active people who hold `duty` at `unit` now.
pub async fn people_at(read: &Read, unit: UnitId, duty: Duty) -> Result<Vec<domain::person::Person>> {
    let rows = person_entity::Entity::find()
        .filter(
            person_entity::Column::Id.in_subquery(
                entity::Entity::find()
                    .select_only()
                    .column(entity::Column::Person)
                    .filter(entity::Column::Unit.eq(unit.0))
                    .filter(entity::Column::Duty.eq(duty.as_str()))
                    .filter(entity::Column::EndedAt.is_null())
                    .into_query(),
            ),
        )
        .filter(person_entity::Column::Active.eq(true))
        .order_by_asc(person_entity::Column::Login)
        .all(read)
        .await?;
    Ok(rows.into_iter().map(crate::person::from_row).collect())
}

/// Subquery: keys of the people who hold `duty` now.
pub(crate) fn people_holding(duty: Duty) -> SelectStatement {
    entity::Entity::find()
        .select_only()
        .column(entity::Column::Person)
        .filter(entity::Column::Duty.eq(duty.as_str()))
        .filter(entity::Column::EndedAt.is_null())
        .into_query()
}

/// Subquery: keys of the people who hold any duty at one of these units now.
pub(crate) fn people_at_units(units: Vec<sea_orm::prelude::Uuid>) -> SelectStatement {
    entity::Entity::find()
        .select_only()
        .column(entity::Column::Person)
        .filter(entity::Column::Unit.is_in(units))
        .filter(entity::Column::EndedAt.is_null())
        .into_query()
}

fn with_unit() -> sea_orm::SelectTwo<entity::Entity, unit_part::Entity> {
    entity::Entity::find().join(JoinType::InnerJoin, entity::Relation::Unit.def()).select_also(unit_part::Entity)
}

fn from_row((row, unit): (entity::Model, Option<unit_part::Model>)) -> Result<Held> {
    let unit = unit.ok_or(StoreError::Missing { what: "unit" })?;
    let duty = Duty::parse(&row.duty).ok_or_else(|| StoreError::unreadable("appointment", "duty", &row.duty))?;
    Ok(Held {
        id: row.id.into(),
        person: row.person.into(),
        duty,
        unit: row.unit.into(),
        unit_name: unit.name,
        unit_short_name: unit.short_name,
        unit_path: unit.path,
        unit_active: unit.status == domain::unit::UnitStatus::Active.as_str(),
        granted_at: from_instant(row.granted_at),
        granted_by: row.granted_by.map(Into::into),
        ended_at: from_optional_instant(row.ended_at),
        ended_by: row.ended_by.map(Into::into),
    })
}
