//! Which jobs and schedules a node knows.

use std::{
    collections::{BTreeMap, BTreeSet},
    pin::Pin,
    sync::Arc,
};

use store::{Tx, job::Claimed};

use crate::{Attempt, EnqueueOptions, Job, JobError, Rule, enqueue};

/// Turns a payload into a running job.
type Prepare<C> = fn(C, &Claimed) -> Result<Run, JobError>;
type Run = Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>>;
type Enqueue<'a> = Pin<Box<dyn Future<Output = store::Result<store::job::Enqueued>> + Send + 'a>>;

/// Jobs by name, and schedules. `C` is the context the jobs run with.
pub struct Registry<C> {
    jobs: BTreeMap<&'static str, Prepare<C>>,
    queues: BTreeSet<&'static str>,
    schedules: Vec<Schedule>,
}

/// Work that is due again and again.
#[derive(Clone)]
pub(crate) struct Schedule {
    pub(crate) name: &'static str,
    pub(crate) rule: Rule,
    pub(crate) enqueue: Arc<dyn for<'a> Fn(&'a Tx) -> Enqueue<'a> + Send + Sync>,
}

impl<C: Clone + Send + Sync + 'static> Registry<C> {
    /// A registry that knows nothing.
    pub fn new() -> Self {
        Self { jobs: BTreeMap::new(), queues: BTreeSet::new(), schedules: Vec::new() }
    }

    /// Adds a job.
    ///
    /// # Panics
    /// When another job has the same name: that is a mistake in the wiring.
    #[must_use]
    pub fn job<J: Job<Context = C>>(mut self) -> Self {
        let before = self.jobs.insert(J::NAME, |context, claim| {
            let job: J = serde_json::from_str(&claim.payload).map_err(|error| {
                // A newer node wrote it, or an older one: another node may be able to read it.
                JobError::retry(format!("payload cannot be read: {error}"))
            })?;
            let attempt = Attempt {
                job: claim.id,
                number: claim.attempt,
                of: claim.max_attempts,
                unit: claim.unit,
                enqueued_at: claim.enqueued_at,
            };
            Ok(Box::pin(job.run(context, attempt)))
        });
        assert!(before.is_none(), "two jobs are named {}", J::NAME);
        self.queues.insert(J::QUEUE);
        self
    }

    /// Adds a schedule. Occurrences merge while one is waiting: a slow job is not piled up.
    ///
    /// # Panics
    /// When another schedule has the same name: that is a mistake in the wiring.
    #[must_use]
    pub fn schedule<J: Job<Context = C> + Sync>(
        mut self,
        name: &'static str,
        rule: Rule,
        job: impl Fn() -> J + Send + Sync + 'static,
    ) -> Self {
        assert!(self.schedules.iter().all(|known| known.name != name), "two schedules are named {name}");
        let job = Arc::new(job);
        let enqueue: Arc<dyn for<'a> Fn(&'a Tx) -> Enqueue<'a> + Send + Sync> = Arc::new(move |tx: &Tx| {
            let job = job();
            let options = EnqueueOptions { dedupe_key: Some(format!("schedule:{name}")), ..EnqueueOptions::default() };
            Box::pin(async move { enqueue(tx, &job, options).await })
        });
        self.schedules.push(Schedule { name, rule, enqueue });
        self
    }

    pub(crate) fn queues(&self) -> impl Iterator<Item = &'static str> {
        self.queues.iter().copied()
    }

    pub(crate) fn schedules(&self) -> &[Schedule] {
        &self.schedules
    }

    /// Prepares a claimed job for running.
    pub(crate) fn prepare(&self, context: C, claim: &Claimed) -> Result<Run, JobError> {
        match self.jobs.get(claim.kind.as_str()) {
            Some(prepare) => prepare(context, claim),
            // During an upgrade a newer node may know it.
            None => Err(JobError::retry(format!("this node knows no job named {}", claim.kind))),
        }
    }
}

impl<C: Clone + Send + Sync + 'static> Default for Registry<C> {
    fn default() -> Self {
        Self::new()
    }
}
