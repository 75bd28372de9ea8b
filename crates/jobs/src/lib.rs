#![doc = include_str!("../README.md")]

mod backoff;
mod enqueue;
mod job;
mod registry;
mod rule;
mod running;
mod schedule;
mod worker;

pub use enqueue::{EnqueueOptions, enqueue};
pub use job::{Attempt, DEFAULT_QUEUE, Job, JobError};
pub use registry::Registry;
pub use rule::Rule;
pub use store::job::Enqueued;
pub use worker::{Worker, WorkerOptions};
