//! Putting work into the queue, in the transaction that makes it necessary.

use domain::ids::{JobId, UnitId};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    EntityTrait,
    sea_query::{Expr, OnConflict},
};

use super::entity;
use crate::{Result, Tx, columns::to_instant};

/// Work to be done.
#[derive(Debug, Clone)]
pub struct NewJob<'a> {
    /// Which code runs it.
    pub kind: &'a str,
    /// Which workers take it.
    pub queue: &'a str,
    /// Its arguments as JSON.
    pub payload: &'a str,
    /// Higher goes first within a queue.
    pub priority: i32,
    /// Two jobs of a kind with the same key merge while neither has started.
    pub dedupe_key: Option<&'a str>,
    /// The unit on whose behalf it runs, for the console.
    pub unit: Option<UnitId>,
    /// Not before this instant.
    pub ready_at: Timestamp,
    /// After so many failed attempts it is dead.
    pub max_attempts: u32,
}

/// What became of an enqueued job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enqueued {
    /// A new row.
    New(JobId),
    /// Merged into this waiting job, which runs at the earlier of the two times.
    Merged(JobId),
}

impl Enqueued {
    /// The job that will do the work.
    pub fn id(self) -> JobId {
        match self {
            Self::New(id) | Self::Merged(id) => id,
        }
    }
}

/// Enqueues a job. It exists when, and only when, the transaction commits.
///
/// Merging locks the waiting job until the transaction ends, so that no worker can start it before it would see
/// what this transaction wrote.
///
/// # Errors
/// What an insert can say.
pub async fn enqueue(tx: &Tx, job: &NewJob<'_>) -> Result<Enqueued> {
    let id: JobId = tx.ids().fresh();
    let row = entity::ActiveModel {
        id: Set(id.into()),
        kind: Set(job.kind.to_owned()),
        queue: Set(job.queue.to_owned()),
        payload: Set(job.payload.to_owned()),
        priority: Set(job.priority.into()),
        dedupe_key: Set(job.dedupe_key.map(str::to_owned)),
        unit_id: Set(job.unit.map(Into::into)),
        enqueued_at: Set(to_instant(tx.now())),
        ready_at: Set(to_instant(job.ready_at)),
        attempts: Set(0),
        max_attempts: Set(job.max_attempts.max(1).into()),
        leased_by: NotSet,
        last_error: NotSet,
        dead_at: NotSet,
    };
    // CASE instead of MIN/LEAST and MAX/GREATEST, which the engines name differently.
    let merge = OnConflict::columns([entity::Column::Kind, entity::Column::DedupeKey])
        .value(
            entity::Column::ReadyAt,
            Expr::cust("CASE WHEN excluded.ready_at < job.ready_at THEN excluded.ready_at ELSE job.ready_at END"),
        )
        .value(
            entity::Column::Priority,
            Expr::cust("CASE WHEN excluded.priority > job.priority THEN excluded.priority ELSE job.priority END"),
        )
        .to_owned();
    let stored = entity::Entity::insert(row).on_conflict(merge).exec_with_returning(tx).await?;
    tx.after_commit_wake_jobs();
    let stored_id = JobId::from(stored.id);
    Ok(if stored_id == id { Enqueued::New(id) } else { Enqueued::Merged(stored_id) })
}
