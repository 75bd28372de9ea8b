//! Taking work out of the queue and saying what became of it.
//!
//! Every function that ends or prolongs a claim names the worker and the attempt, so that a worker whose lease ran
//! out cannot disturb the one that claimed the job after it; it gets `false` back.

use domain::ids::{JobId, UnitId};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Select, UpdateMany, Value,
    sea_query::{Expr, LockBehavior, LockType},
};

use super::entity::{Column, Entity, Model};
use crate::{
    Read, Result, Tx,
    columns::{from_count, from_instant, to_instant},
};

/// A job that this worker may run until its lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// Key of the job.
    pub id: JobId,
    /// Which code runs it.
    pub kind: String,
    /// Its arguments as JSON.
    pub payload: String,
    /// The unit on whose behalf it runs.
    pub unit: Option<UnitId>,
    /// Which attempt this is, from 1.
    pub attempt: u32,
    /// After so many failed attempts it is dead.
    pub max_attempts: u32,
    /// Who holds the lease.
    pub worker: String,
    /// When it was enqueued.
    pub enqueued_at: Timestamp,
}

/// Is there anything to claim? Costs no write lock, so idle workers ask this first.
///
/// # Errors
/// What a query can say.
pub async fn any_ready(read: &Read, queue: &str, now: Timestamp) -> Result<bool> {
    Ok(ready(queue, now).limit(1).one(read).await?.is_some())
}

/// Claims up to `limit` ready jobs until `lease_until`: highest priority first, then the longest ready.
///
/// A job whose last allowed attempt ended without a word (its worker was killed) is declared dead here.
///
/// # Errors
/// What an update can say.
pub async fn claim(tx: &Tx, queue: &str, worker: &str, limit: u64, lease_until: Timestamp) -> Result<Vec<Claimed>> {
    // SKIP LOCKED lets other PostgreSQL workers pass by; on SQLite BEGIN IMMEDIATE already keeps them out.
    let rows = ready(queue, tx.now())
        .order_by_desc(Column::Priority)
        .order_by_asc(Column::ReadyAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(tx)
        .await?;
    let (spent, fresh): (Vec<Model>, Vec<Model>) = rows.into_iter().partition(|row| row.attempts >= row.max_attempts);
    if !spent.is_empty() {
        Entity::update_many()
            .col_expr(Column::DeadAt, Expr::value(to_instant(tx.now())))
            .col_expr(Column::LeasedBy, Expr::value(Value::String(None)))
            .col_expr(Column::LastError, Expr::value("the worker stopped during the last attempt"))
            .filter(Column::Id.is_in(spent.iter().map(|row| row.id)))
            .exec(tx)
            .await?;
    }
    if fresh.is_empty() {
        return Ok(Vec::new());
    }
    Entity::update_many()
        .col_expr(Column::ReadyAt, Expr::value(to_instant(lease_until)))
        .col_expr(Column::LeasedBy, Expr::value(worker))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        // Work enqueued from now on is not covered by this run: it must not merge into it.
        .col_expr(Column::DedupeKey, Expr::value(Value::String(None)))
        .filter(Column::Id.is_in(fresh.iter().map(|row| row.id)))
        .exec(tx)
        .await?;
    Ok(fresh.into_iter().map(|row| claimed(row, worker)).collect())
}

/// Prolongs a lease. `false` when it was lost: the job must be stopped.
///
/// # Errors
/// What an update can say.
pub async fn renew(tx: &Tx, claim: &Claimed, lease_until: Timestamp) -> Result<bool> {
    update(tx, claim, |update| update.col_expr(Column::ReadyAt, Expr::value(to_instant(lease_until)))).await
}

/// Removes a job that is done. `false` when the lease was lost; somebody else runs it again.
///
/// # Errors
/// What a delete can say.
pub async fn finish(tx: &Tx, claim: &Claimed) -> Result<bool> {
    let outcome = Entity::delete_many().filter(ours(claim)).exec(tx).await?;
    Ok(outcome.rows_affected == 1)
}

/// Puts a job back after a failed attempt, to be tried again from `ready_at`.
///
/// # Errors
/// What an update can say.
pub async fn retry(tx: &Tx, claim: &Claimed, ready_at: Timestamp, error: &str) -> Result<bool> {
    update(tx, claim, |update| {
        update
            .col_expr(Column::ReadyAt, Expr::value(to_instant(ready_at)))
            .col_expr(Column::LeasedBy, Expr::value(Value::String(None)))
            .col_expr(Column::LastError, Expr::value(error))
    })
    .await
}

/// Puts a job back as if it had not been claimed: the worker shuts down.
///
/// # Errors
/// What an update can say.
pub async fn give_back(tx: &Tx, claim: &Claimed) -> Result<bool> {
    update(tx, claim, |update| {
        update
            .col_expr(Column::ReadyAt, Expr::value(to_instant(tx.now())))
            .col_expr(Column::LeasedBy, Expr::value(Value::String(None)))
            .col_expr(Column::Attempts, Expr::col(Column::Attempts).sub(1))
    })
    .await
}

/// Declares a job dead: nobody tries it again before a person says so.
///
/// # Errors
/// What an update can say.
pub async fn kill(tx: &Tx, claim: &Claimed, error: &str) -> Result<bool> {
    update(tx, claim, |update| {
        update
            .col_expr(Column::DeadAt, Expr::value(to_instant(tx.now())))
            .col_expr(Column::LeasedBy, Expr::value(Value::String(None)))
            .col_expr(Column::LastError, Expr::value(error))
    })
    .await
}

async fn update(tx: &Tx, claim: &Claimed, set: impl FnOnce(UpdateMany<Entity>) -> UpdateMany<Entity>) -> Result<bool> {
    let outcome = set(Entity::update_many()).filter(ours(claim)).exec(tx).await?;
    Ok(outcome.rows_affected == 1)
}

fn ours(claim: &Claimed) -> sea_orm::Condition {
    sea_orm::Condition::all()
        .add(Column::Id.eq(uuid::Uuid::from(claim.id)))
        .add(Column::LeasedBy.eq(claim.worker.as_str()))
        .add(Column::Attempts.eq(i64::from(claim.attempt)))
        .add(Column::DeadAt.is_null())
}

fn ready(queue: &str, now: Timestamp) -> Select<Entity> {
    Entity::find()
        .filter(Column::Queue.eq(queue))
        .filter(Column::DeadAt.is_null())
        .filter(Column::ReadyAt.lte(to_instant(now)))
}

fn claimed(row: Model, worker: &str) -> Claimed {
    Claimed {
        id: row.id.into(),
        kind: row.kind,
        payload: row.payload,
        unit: row.unit_id.map(Into::into),
        attempt: from_count(row.attempts + 1),
        max_attempts: from_count(row.max_attempts),
        worker: worker.to_owned(),
        enqueued_at: from_instant(row.enqueued_at),
    }
}
