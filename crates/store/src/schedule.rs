//! Which due times of which schedules have been handled. The primary key (name, due_at) is what makes several nodes
//! enqueue a scheduled job once.

use domain::ids::JobId;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, TryInsertResult, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Read, Result, Tx,
    columns::{from_instant, to_instant},
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "schedule")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub due_at: DateTimeUtc,
        pub job_id: Option<Uuid>,
        pub recorded_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One due time that was handled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// Name of the schedule.
    pub name: String,
    /// When it was due.
    pub due_at: Timestamp,
    /// The job that was enqueued; `None` for the due time that had passed when the schedule was first seen.
    pub job: Option<JobId>,
    /// When a node handled it.
    pub recorded_at: Timestamp,
}

/// The latest handled due time of a schedule.
///
/// # Errors
/// What a query can say.
pub async fn latest(read: &Read, name: &str) -> Result<Option<Occurrence>> {
    let row = entity::Entity::find()
        .filter(entity::Column::Name.eq(name))
        .order_by_desc(entity::Column::DueAt)
        .one(read)
        .await?;
    Ok(row.map(occurrence))
}

/// The latest `limit` handled due times of all schedules, newest first, for the console.
///
/// # Errors
/// What a query can say.
pub async fn list(read: &Read, limit: u64) -> Result<Vec<Occurrence>> {
    let rows = entity::Entity::find()
        .order_by_desc(entity::Column::DueAt)
        .order_by_asc(entity::Column::Name)
        .limit(limit)
        .all(read)
        .await?;
    Ok(rows.into_iter().map(occurrence).collect())
}

/// Claims a due time. `false` when another node has it already; then nothing must be enqueued.
///
/// # Errors
/// What an insert can say.
pub async fn record(tx: &Tx, name: &str, due_at: Timestamp) -> Result<bool> {
    let row = entity::ActiveModel {
        name: Set(name.to_owned()),
        due_at: Set(to_instant(due_at)),
        job_id: Set(None),
        recorded_at: Set(to_instant(tx.now())),
    };
    let outcome = entity::Entity::insert(row)
        .on_conflict_do_nothing_on([entity::Column::Name, entity::Column::DueAt])
        .exec_without_returning(tx)
        .await?;
    Ok(matches!(outcome, TryInsertResult::Inserted(count) if count > 0))
}

/// Notes which job a recorded due time led to.
///
/// # Errors
/// What an update can say.
pub async fn attach_job(tx: &Tx, name: &str, due_at: Timestamp, job: JobId) -> Result<()> {
    entity::Entity::update_many()
        .col_expr(entity::Column::JobId, Expr::value(Uuid::from(job)))
        .filter(entity::Column::Name.eq(name))
        .filter(entity::Column::DueAt.eq(to_instant(due_at)))
        .exec(tx)
        .await?;
    Ok(())
}

/// Forgets due times handled before `before`.
///
/// # Errors
/// What a delete can say.
pub async fn forget_before(tx: &Tx, name: &str, before: Timestamp) -> Result<u64> {
    let outcome = entity::Entity::delete_many()
        .filter(entity::Column::Name.eq(name))
        .filter(entity::Column::DueAt.lt(to_instant(before)))
        .exec(tx)
        .await?;
    Ok(outcome.rows_affected)
}

fn occurrence(row: entity::Model) -> Occurrence {
    Occurrence {
        name: row.name,
        due_at: from_instant(row.due_at),
        job: row.job_id.map(Into::into),
        recorded_at: from_instant(row.recorded_at),
    }
}
