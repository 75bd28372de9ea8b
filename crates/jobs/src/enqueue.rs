//! Putting a job into the queue.

use domain::ids::UnitId;
use jiff::Timestamp;
use store::{
    Result, Tx,
    job::{Enqueued, NewJob},
};

use crate::Job;

/// How a job is enqueued, beyond what its type says.
#[derive(Debug, Clone, Default)]
pub struct EnqueueOptions {
    /// Not before this instant; at once when `None`.
    pub run_at: Option<Timestamp>,
    /// Merges with a job of the same kind and key that has not started.
    pub dedupe_key: Option<String>,
    /// Overrides the priority of the type.
    pub priority: Option<i32>,
    /// The unit on whose behalf it runs, for the console.
    pub unit: Option<UnitId>,
}

/// Enqueues `job` in the caller's transaction: it will run when, and only when, the transaction commits.
///
/// # Errors
/// What an insert can say.
pub async fn enqueue<J: Job>(tx: &Tx, job: &J, options: EnqueueOptions) -> Result<Enqueued> {
    let payload = serde_json::to_string(job).map_err(|error| store::StoreError::Database(Box::new(error)))?;
    let new = NewJob {
        kind: J::NAME,
        queue: J::QUEUE,
        payload: &payload,
        priority: options.priority.unwrap_or(J::PRIORITY),
        dedupe_key: options.dedupe_key.as_deref(),
        unit: options.unit,
        ready_at: options.run_at.unwrap_or(tx.now()),
        max_attempts: J::MAX_ATTEMPTS,
    };
    store::job::enqueue(tx, &new).await
}
