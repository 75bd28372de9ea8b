//! One attempt of one job: run it, renew its lease meanwhile, write down how it ended.

use std::time::Duration;

use store::{Result, job::Claimed};
use tokio::{
    task::JoinError,
    time::{MissedTickBehavior, interval, sleep},
};
use tokio_util::{sync::CancellationToken, task::AbortOnDropHandle};
use tracing::Instrument;

use crate::{JobError, Worker, backoff, job::Kind};

/// How often to try writing down the end of an attempt before leaving it to the lease.
const SETTLE_ATTEMPTS: u32 = 5;

/// Runs a claimed job to its end, or until `stop` is cancelled: then it is dropped and given back.
pub(crate) async fn run<C: Clone + Send + Sync + 'static>(worker: &Worker<C>, claim: Claimed, stop: CancellationToken) {
    let span = tracing::info_span!("job", kind = claim.kind, id = %claim.id, attempt = claim.attempt);
    async {
        match attempt(worker, &claim, stop).await {
            Ended::With(outcome) => settle(worker, &claim, outcome).await,
            Ended::LeaseLost => tracing::warn!("jobs.lease_lost"),
            Ended::Stopped => settle_with(|| give_back(worker, &claim)).await,
        }
    }
    .instrument(span)
    .await;
}

enum Ended {
    With(Result<(), JobError>),
    LeaseLost,
    Stopped,
}

async fn attempt<C: Clone + Send + Sync + 'static>(
    worker: &Worker<C>,
    claim: &Claimed,
    stop: CancellationToken,
) -> Ended {
    let inner = worker.inner.clone();
    let claimed = claim.clone();
    // A task of its own, so that a panic ends the attempt and not the worker.
    let body = async move { inner.registry.prepare(inner.context.clone(), &claimed)?.await };
    let mut job = AbortOnDropHandle::new(tokio::spawn(body.in_current_span()));
    let lease = worker.inner.options.lease;
    let mut heartbeat = interval((lease / 3).max(Duration::from_millis(10)));
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    heartbeat.tick().await; // the first tick is immediate, and the lease is fresh
    loop {
        tokio::select! {
            outcome = &mut job => return Ended::With(outcome.unwrap_or_else(|error| Err(from_panic(error)))),
            () = stop.cancelled() => {
                end(job).await;
                return Ended::Stopped;
            }
            _ = heartbeat.tick() => match renew(worker, claim, lease).await {
                Ok(true) => {}
                Ok(false) => {
                    end(job).await;
                    return Ended::LeaseLost;
                }
                // The lease lasts two more beats.
                Err(error) => tracing::warn!(%error, "jobs.renew_failed"),
            },
        }
    }
}

/// Drops a running job at its next await point, and waits for that a little: it should not work on while another
/// worker has begun it anew.
async fn end(job: AbortOnDropHandle<Result<(), JobError>>) {
    job.abort();
    let _ = tokio::time::timeout(Duration::from_secs(5), job).await;
}

async fn settle<C>(worker: &Worker<C>, claim: &Claimed, outcome: Result<(), JobError>) {
    match &outcome {
        Ok(()) => tracing::debug!("jobs.done"),
        Err(error) => tracing::warn!(%error, "jobs.attempt_failed"),
    }
    settle_with(|| write_outcome(worker, claim, &outcome)).await;
}

async fn settle_with<F: Future<Output = Result<bool>>>(write: impl Fn() -> F) {
    for attempt in 1..=SETTLE_ATTEMPTS {
        match write().await {
            Ok(true) => return,
            Ok(false) => return tracing::warn!("jobs.lease_lost"),
            Err(error) => tracing::warn!(%error, "jobs.settle_failed"),
        }
        sleep(Duration::from_millis(100) * 2_u32.pow(attempt)).await;
    }
    tracing::error!("jobs.left_to_its_lease");
}

async fn write_outcome<C>(worker: &Worker<C>, claim: &Claimed, outcome: &Result<(), JobError>) -> Result<bool> {
    worker
        .inner
        .store
        .write(|tx| async move {
            let Err(error) = outcome else { return store::job::finish(&tx, claim).await };
            let ready_at = match error.kind() {
                Kind::Retry => tx.now() + backoff::delay(claim.id, claim.attempt),
                Kind::RetryAt(instant) => instant.max(tx.now()),
                Kind::Fail => return store::job::kill(&tx, claim, &error.to_string()).await,
            };
            if claim.attempt >= claim.max_attempts {
                tracing::error!("jobs.dead");
                return store::job::kill(&tx, claim, &error.to_string()).await;
            }
            store::job::retry(&tx, claim, ready_at, &error.to_string()).await
        })
        .await
}

async fn renew<C>(worker: &Worker<C>, claim: &Claimed, lease: Duration) -> Result<bool> {
    worker.inner.store.write(|tx| async move { store::job::renew(&tx, claim, tx.now() + lease).await }).await
}

async fn give_back<C>(worker: &Worker<C>, claim: &Claimed) -> Result<bool> {
    worker.inner.store.write(|tx| async move { store::job::give_back(&tx, claim).await }).await
}

fn from_panic(error: JoinError) -> JobError {
    let Ok(panic) = error.try_into_panic() else { return JobError::retry("the runtime is shutting down") };
    let message = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned());
    JobError::retry(format!("the job panicked: {message}"))
}
