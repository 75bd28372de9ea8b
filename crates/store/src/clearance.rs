//! Requests to let a text with a blocking finding pass (放行), and what became of them.

use domain::{
    clearance::{Clearance, ClearanceState, LastStep},
    duty::Duty,
    ids::{ClearanceId, EditionId, PersonId, UnitId},
};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::{
    Read, Result, StoreError, Tx,
    columns::{from_instant, from_optional_instant, require_one_row, to_instant, to_optional_instant},
    desk::DeskDuty,
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "clearance")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub edition: Uuid,
        pub unit: Uuid,
        pub fingerprint: String,
        pub words: String,
        pub rule: String,
        pub excerpt: String,
        pub message: String,
        pub reason: String,
        pub state: String,
        pub asked_by: Uuid,
        pub asked_at: DateTimeUtc,
        pub step_name: String,
        pub step_duty: String,
        pub step_unit: Uuid,
        pub decided_by: Option<Uuid>,
        pub on_behalf_of: Option<Uuid>,
        pub decided_at: Option<DateTimeUtc>,
        pub remark: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Adds a request.
///
/// # Errors
/// [`StoreError::Duplicate`] when the same finding of the edition waits for a decision already.
pub async fn insert(tx: &Tx, clearance: &Clearance) -> Result<()> {
    entity::Entity::insert(to_row(clearance)).exec_without_returning(tx).await?;
    Ok(())
}

/// Saves a request whose row is locked.
///
/// # Errors
/// [`StoreError::Conflict`] when the row has gone.
pub async fn update(tx: &Tx, clearance: &Clearance) -> Result<()> {
    let done = entity::Entity::update_many()
        .set(to_row(clearance))
        .filter(entity::Column::Id.eq(clearance.id.0))
        .exec(tx)
        .await?;
    require_one_row("clearance", done.rows_affected)
}

/// The request with this key.
pub async fn by_id(read: &Read, id: ClearanceId) -> Result<Option<Clearance>> {
    entity::Entity::find_by_id(id.0).one(read).await?.map(from_row).transpose()
}

/// The request with this key, its row locked until the transaction ends.
pub async fn lock(tx: &Tx, id: ClearanceId) -> Result<Option<Clearance>> {
    entity::Entity::find_by_id(id.0).lock_exclusive().one(tx).await?.map(from_row).transpose()
}

/// Every request about an edition, the newest first.
pub async fn of_edition(read: &Read, edition: EditionId) -> Result<Vec<Clearance>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Edition.eq(edition.0))
        .order_by_desc(entity::Column::AskedAt)
        .order_by_desc(entity::Column::Id)
        .all(read)
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// Requests that wait for holders of these duties, the oldest first.
pub async fn asked(read: &Read, duties: &[DeskDuty], limit: u64) -> Result<Vec<Clearance>> {
    if duties.is_empty() {
        return Ok(Vec::new());
    }
    let seats = duties.iter().fold(Condition::any(), |condition, held| {
        condition.add(
            Condition::all()
                .add(entity::Column::StepDuty.eq(held.duty.as_str()))
                .add(entity::Column::StepUnit.eq(held.unit.0)),
        )
    });
    let rows = entity::Entity::find()
        .filter(entity::Column::State.eq(ClearanceState::Asked.as_str()))
        .filter(seats)
        .order_by_asc(entity::Column::AskedAt)
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(read)
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// Requests of a person that were granted or refused since a moment, the newest first.
pub async fn answered(read: &Read, asked_by: PersonId, since: Timestamp, limit: u64) -> Result<Vec<Clearance>> {
    let states = [ClearanceState::Granted, ClearanceState::Refused].map(ClearanceState::as_str);
    let rows = entity::Entity::find()
        .filter(entity::Column::AskedBy.eq(asked_by.0))
        .filter(entity::Column::State.is_in(states))
        .filter(entity::Column::DecidedAt.gte(to_instant(since)))
        .order_by_desc(entity::Column::DecidedAt)
        .order_by_desc(entity::Column::Id)
        .limit(limit)
        .all(read)
        .await?;
    rows.into_iter().map(from_row).collect()
}

fn to_row(one: &Clearance) -> entity::ActiveModel {
    entity::ActiveModel {
        id: Set(one.id.0),
        edition: Set(one.edition.0),
        unit: Set(one.unit.0),
        fingerprint: Set(one.fingerprint.clone()),
        words: Set(one.words.clone()),
        rule: Set(one.rule.clone()),
        excerpt: Set(one.excerpt.clone()),
        message: Set(one.message.clone()),
        reason: Set(one.reason.clone()),
        state: Set(one.state.as_str().to_owned()),
        asked_by: Set(one.asked_by.0),
        asked_at: Set(to_instant(one.asked_at)),
        step_name: Set(one.step.name.clone()),
        step_duty: Set(one.step.duty.as_str().to_owned()),
        step_unit: Set(one.step.unit.0),
        decided_by: Set(one.decided_by.map(|person| person.0)),
        on_behalf_of: Set(one.on_behalf_of.map(|person| person.0)),
        decided_at: Set(to_optional_instant(one.decided_at)),
        remark: Set(one.remark.clone()),
    }
}

fn from_row(row: entity::Model) -> Result<Clearance> {
    const TABLE: &str = "clearance";
    let duty = Duty::parse(&row.step_duty).ok_or_else(|| StoreError::unreadable(TABLE, "step_duty", &row.step_duty))?;
    Ok(Clearance {
        id: row.id.into(),
        edition: row.edition.into(),
        unit: row.unit.into(),
        fingerprint: row.fingerprint,
        words: row.words,
        rule: row.rule,
        excerpt: row.excerpt,
        message: row.message,
        reason: row.reason,
        state: ClearanceState::parse(&row.state).ok_or_else(|| StoreError::unreadable(TABLE, "state", &row.state))?,
        asked_by: row.asked_by.into(),
        asked_at: from_instant(row.asked_at),
        step: LastStep { name: row.step_name, duty, unit: UnitId(row.step_unit) },
        decided_by: row.decided_by.map(Into::into),
        on_behalf_of: row.on_behalf_of.map(Into::into),
        decided_at: from_optional_instant(row.decided_at),
        remark: row.remark,
    })
}
