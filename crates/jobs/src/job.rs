//! What a job is.

use std::error::Error;

use domain::ids::{JobId, UnitId};
use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};

/// The queue of jobs that do not name another.
pub const DEFAULT_QUEUE: &str = "default";

/// Work to be done outside the request. The value itself is the payload: keep it small, name things by id, and give
/// new fields a serde default, because payloads of the last release are still in the queue after an upgrade.
pub trait Job: Serialize + DeserializeOwned + Send + 'static {
    /// Stored with the job; renaming it orphans jobs that are waiting.
    const NAME: &'static str;
    /// Which workers take it. Slow or remote work gets a queue of its own, so that it does not hold up the rest.
    const QUEUE: &'static str = DEFAULT_QUEUE;
    /// After so many failed attempts it is dead. With the default the last attempt comes about five hours after the first.
    const MAX_ATTEMPTS: u32 = 12;
    /// Higher goes first within a queue.
    const PRIORITY: i32 = 0;

    /// What the job needs to do its work; the application.
    type Context: Clone + Send + Sync + 'static;

    /// Does the work. It may have been done before, wholly or in part: see "at least once".
    fn run(self, context: Self::Context, attempt: Attempt) -> impl Future<Output = Result<(), JobError>> + Send;
}

/// One try of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Key of the job, the same at every attempt.
    pub job: JobId,
    /// From 1.
    pub number: u32,
    /// The job is dead when this many have failed.
    pub of: u32,
    /// The unit on whose behalf it runs.
    pub unit: Option<UnitId>,
    /// When it was enqueued.
    pub enqueued_at: Timestamp,
}

impl Attempt {
    /// Is there no other attempt after this one?
    pub fn is_last(&self) -> bool {
        self.number >= self.of
    }
}

/// Why an attempt failed, and whether another may help. The message is kept for the console.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct JobError {
    message: String,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Retry,
    RetryAt(Timestamp),
    Fail,
}

impl JobError {
    /// Something that may pass: try again later.
    pub fn retry(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { message: with_causes(&*error.into()), kind: Kind::Retry }
    }

    /// Try again at an instant the other side has named (Retry-After). Counts as an attempt.
    pub fn retry_at(instant: Timestamp, error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { message: with_causes(&*error.into()), kind: Kind::RetryAt(instant) }
    }

    /// Something that will not pass: a person must look at it.
    pub fn fail(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { message: with_causes(&*error.into()), kind: Kind::Fail }
    }

    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }
}

fn with_causes(error: &(dyn Error + 'static)) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        if !message.contains(&text) {
            message = format!("{message}: {text}");
        }
        cause = error.source();
    }
    // A page of somebody's HTML in an error message helps nobody.
    match message.char_indices().nth(2_000) {
        Some((end, _)) => format!("{}…", &message[..end]),
        None => message,
    }
}
