//! What the console shows of the queue and what a person can do to dead jobs.

use domain::ids::{JobId, UnitId};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Value,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::entity::{Column, Entity, Model};
use crate::{
    Read, Result, StoreError, Tx,
    columns::{from_count, from_instant, to_instant},
};

/// A job that nobody tries again by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadJob {
    /// Key of the job.
    pub id: JobId,
    /// Which code ran it.
    pub kind: String,
    /// Its queue.
    pub queue: String,
    /// Its arguments as JSON.
    pub payload: String,
    /// The unit on whose behalf it ran.
    pub unit: Option<UnitId>,
    /// When it was enqueued.
    pub enqueued_at: Timestamp,
    /// When it was given up.
    pub dead_at: Timestamp,
    /// How often it was tried.
    pub attempts: u32,
    /// What the last attempt said.
    pub last_error: String,
}

/// How many jobs of a queue are in which condition.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QueueCounts {
    /// Name of the queue.
    pub queue: String,
    /// Waiting for a worker or for their time.
    pub waiting: u64,
    /// Claimed by a worker.
    pub running: u64,
    /// Given up.
    pub dead: u64,
}

/// The counts of every queue that has jobs, by name.
///
/// # Errors
/// What a query can say.
pub async fn counts(read: &Read) -> Result<Vec<QueueCounts>> {
    #[derive(FromQueryResult)]
    struct Row {
        queue: String,
        waiting: i64,
        running: i64,
        dead: i64,
    }
    let sum = |sql: &'static str| Expr::cust(sql).cast_as("bigint");
    let rows = Entity::find()
        .select_only()
        .column(Column::Queue)
        .expr_as(sum("sum(CASE WHEN dead_at IS NULL AND leased_by IS NULL THEN 1 ELSE 0 END)"), "waiting")
        .expr_as(sum("sum(CASE WHEN dead_at IS NULL AND leased_by IS NOT NULL THEN 1 ELSE 0 END)"), "running")
        .expr_as(sum("sum(CASE WHEN dead_at IS NOT NULL THEN 1 ELSE 0 END)"), "dead")
        .group_by(Column::Queue)
        .order_by_asc(Column::Queue)
        .into_model::<Row>()
        .all(read)
        .await?;
    let counts = |row: Row| QueueCounts {
        queue: row.queue,
        waiting: from_count(row.waiting),
        running: from_count(row.running),
        dead: from_count(row.dead),
    };
    Ok(rows.into_iter().map(counts).collect())
}

/// The dead jobs, newest first, a page at a time.
///
/// # Errors
/// What a query can say.
pub async fn dead(read: &Read, offset: u64, limit: u64) -> Result<Vec<DeadJob>> {
    let rows = Entity::find()
        .filter(Column::DeadAt.is_not_null())
        .order_by_desc(Column::DeadAt)
        .order_by_asc(Column::Id)
        .offset(offset)
        .limit(limit)
        .all(read)
        .await?;
    Ok(rows.into_iter().filter_map(dead_job).collect())
}

/// A dead job by its key.
///
/// # Errors
/// What a query can say.
pub async fn by_id(read: &Read, id: JobId) -> Result<Option<DeadJob>> {
    Ok(Entity::find_by_id(Uuid::from(id)).one(read).await?.and_then(dead_job))
}

/// Gives a dead job all its attempts again, starting now.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such dead job.
pub async fn requeue(tx: &Tx, id: JobId) -> Result<()> {
    let outcome = Entity::update_many()
        .col_expr(Column::DeadAt, Expr::value(Value::ChronoDateTimeUtc(None)))
        .col_expr(Column::ReadyAt, Expr::value(to_instant(tx.now())))
        .col_expr(Column::Attempts, Expr::value(0_i64))
        .filter(Column::Id.eq(Uuid::from(id)))
        .filter(Column::DeadAt.is_not_null())
        .exec(tx)
        .await?;
    tx.after_commit_wake_jobs();
    if outcome.rows_affected == 1 { Ok(()) } else { Err(StoreError::Missing { what: "job" }) }
}

/// Removes a dead job for good.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such dead job.
pub async fn discard(tx: &Tx, id: JobId) -> Result<()> {
    let outcome = Entity::delete_many()
        .filter(Column::Id.eq(Uuid::from(id)))
        .filter(Column::DeadAt.is_not_null())
        .exec(tx)
        .await?;
    if outcome.rows_affected == 1 { Ok(()) } else { Err(StoreError::Missing { what: "job" }) }
}

fn dead_job(row: Model) -> Option<DeadJob> {
    Some(DeadJob {
        id: row.id.into(),
        kind: row.kind,
        queue: row.queue,
        payload: row.payload,
        unit: row.unit_id.map(Into::into),
        enqueued_at: from_instant(row.enqueued_at),
        dead_at: from_instant(row.dead_at?),
        attempts: from_count(row.attempts),
        last_error: row.last_error.unwrap_or_default(),
    })
}
