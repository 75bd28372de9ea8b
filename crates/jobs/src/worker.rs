//! Taking jobs from the queue and running them.
//!
//! One task per queue claims as many jobs as it has room for, whenever jobs were enqueued in this process, a job has
//! ended, or a second has passed. Several workers, in one process or on many nodes, need not know each other.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use jiff::Timestamp;
use store::{Result, Store, job::Claimed};
use tokio::{task::JoinSet, time::sleep};
use tokio_util::sync::CancellationToken;

use crate::{Registry, running, schedule::Scheduler};

/// How a worker works.
#[derive(Debug, Clone)]
pub struct WorkerOptions {
    /// Who holds a lease, for logs and the console. Must differ between processes.
    pub name: String,
    /// Jobs of one queue that run at the same time.
    pub concurrency: usize,
    /// The same for single queues.
    pub concurrency_of: BTreeMap<String, usize>,
    /// How long a job belongs to a worker that gives no sign of life. A running job renews it three times as often.
    pub lease: Duration,
    /// How often to look for jobs that other nodes enqueued or whose time has come.
    pub poll: Duration,
    /// How long running jobs may go on after shutdown was asked for; what is not done then is given back.
    pub grace: Duration,
}

impl Default for WorkerOptions {
    /// Four jobs per queue, a lease of one minute, a poll every second, half a minute of grace.
    fn default() -> Self {
        let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_else(|_| "worker".to_owned());
        Self {
            name: format!("{}-{}", host.trim(), std::process::id()),
            concurrency: 4,
            concurrency_of: BTreeMap::new(),
            lease: Duration::from_secs(60),
            poll: Duration::from_secs(1),
            grace: Duration::from_secs(30),
        }
    }
}

/// Runs the jobs of a registry. Cheap to clone.
pub struct Worker<C> {
    pub(crate) inner: Arc<Inner<C>>,
}

pub(crate) struct Inner<C> {
    pub(crate) store: Store,
    pub(crate) registry: Registry<C>,
    pub(crate) context: C,
    pub(crate) options: WorkerOptions,
}

impl<C> Clone for Worker<C> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone() }
    }
}

impl<C: Clone + Send + Sync + 'static> Worker<C> {
    /// A worker for all queues of `registry`. `context` is handed to every job.
    pub fn new(store: Store, registry: Registry<C>, context: C, options: WorkerOptions) -> Self {
        Self { inner: Arc::new(Inner { store, registry, context, options }) }
    }

    /// Works until `shutdown` is cancelled, then finishes what is running.
    pub async fn run(&self, shutdown: CancellationToken) {
        let mut tasks = JoinSet::new();
        for queue in self.inner.registry.queues() {
            let (worker, shutdown) = (self.clone(), shutdown.clone());
            tasks.spawn(async move { worker.work_on(queue, shutdown).await });
        }
        if !self.inner.registry.schedules().is_empty() {
            let (worker, shutdown) = (self.clone(), shutdown.clone());
            tasks.spawn(async move { worker.watch_schedules(shutdown).await });
        }
        tracing::info!(worker = self.inner.options.name, "jobs.worker_started");
        while let Some(outcome) = tasks.join_next().await {
            if let Err(error) = outcome {
                // One of our loops panicked; the others go on, and so must the operator.
                tracing::error!(%error, "jobs.worker_task_died");
            }
        }
        tracing::info!(worker = self.inner.options.name, "jobs.worker_stopped");
    }

    /// Runs everything that is ready, and what that enqueues, one after the other; returns how many attempts were
    /// made. For tests and for commands that must leave nothing behind.
    ///
    /// # Errors
    /// What claiming can say.
    pub async fn run_until_idle(&self) -> Result<usize> {
        let mut attempts = 0;
        loop {
            let before = attempts;
            for queue in self.inner.registry.queues() {
                for claim in self.claim(queue, 1).await? {
                    running::run(self, claim, CancellationToken::new()).await;
                    attempts += 1;
                }
            }
            if attempts == before {
                return Ok(attempts);
            }
        }
    }

    /// Enqueues what is due now. [`Worker::run`] does this by itself.
    ///
    /// # Errors
    /// What a write can say.
    pub async fn tick_schedules(&self) -> Result<()> {
        let now = self.now();
        Scheduler::default().tick(&self.inner.store, self.inner.registry.schedules(), now).await
    }

    async fn work_on(&self, queue: &'static str, shutdown: CancellationToken) {
        let options = &self.inner.options;
        let room = options.concurrency_of.get(queue).copied().unwrap_or(options.concurrency).max(1);
        let mut enqueued = self.inner.store.watch_jobs();
        let mut running = JoinSet::new();
        let out_of_grace = CancellationToken::new();
        while !shutdown.is_cancelled() {
            // What is enqueued while we claim must wake us afterwards.
            enqueued.mark_unchanged();
            match self.claim(queue, room - running.len()).await {
                Ok(claims) => {
                    for claim in claims {
                        let (worker, out_of_grace) = (self.clone(), out_of_grace.clone());
                        running.spawn(async move { running::run(&worker, claim, out_of_grace).await });
                    }
                }
                Err(error) => tracing::warn!(queue, %error, "jobs.claim_failed"),
            }
            tokio::select! {
                () = shutdown.cancelled() => {}
                Some(_) = running.join_next() => {}
                _ = enqueued.changed(), if running.len() < room => {}
                () = sleep(options.poll) => {}
            }
        }
        let drained = tokio::time::timeout(options.grace, async { while running.join_next().await.is_some() {} }).await;
        if drained.is_err() {
            tracing::warn!(queue, left = running.len(), "jobs.grace_over");
            out_of_grace.cancel();
            while running.join_next().await.is_some() {}
        }
    }

    async fn claim(&self, queue: &str, limit: usize) -> Result<Vec<Claimed>> {
        let Inner { store, options, .. } = &*self.inner;
        // Asking first on a reading connection keeps idle workers off the write lock.
        if limit == 0 || !store::job::any_ready(&store.read(), queue, self.now()).await? {
            return Ok(Vec::new());
        }
        let limit = u64::try_from(limit).unwrap_or(u64::MAX);
        store
            .write(
                |tx| async move { store::job::claim(&tx, queue, &options.name, limit, tx.now() + options.lease).await },
            )
            .await
    }

    async fn watch_schedules(&self, shutdown: CancellationToken) {
        let mut scheduler = Scheduler::default();
        loop {
            let outcome = scheduler.tick(&self.inner.store, self.inner.registry.schedules(), self.now()).await;
            if let Err(error) = outcome {
                tracing::warn!(%error, "jobs.schedule_failed");
            }
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = sleep(self.inner.options.poll) => {}
            }
        }
    }

    fn now(&self) -> Timestamp {
        self.inner.store.clock().now()
    }
}
