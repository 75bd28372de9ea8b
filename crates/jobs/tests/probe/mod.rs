//! A job that does what the test tells it and remembers that it ran.

#![allow(dead_code, clippy::allow_attributes, reason = "each test binary uses another part of this module")]

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use jobs::{Attempt, EnqueueOptions, Job, JobError, Registry, Worker, WorkerOptions, enqueue};
use serde::{Deserialize, Serialize};
use store::{Store, StoreError, job::Claimed};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Behaviour {
    Succeed,
    Retry,
    Fail,
    Panic,
    Sleep(Duration),
    SleepOnFirstRun(Duration),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Probe {
    number: u32,
    behaviour: Behaviour,
}

impl Probe {
    pub fn new(number: u32, behaviour: Behaviour) -> Self {
        Self { number, behaviour }
    }
}

/// What ran: (number, attempt) of every run that got to its end, and of every start.
#[derive(Clone, Default)]
pub struct Runs {
    ended: Arc<Mutex<Vec<(u32, u32)>>>,
    started: Arc<Mutex<usize>>,
}

impl Runs {
    pub fn by_number(&self) -> BTreeMap<u32, usize> {
        let mut counts = BTreeMap::new();
        for (number, _) in self.ended.lock().unwrap().iter() {
            *counts.entry(*number).or_default() += 1;
        }
        counts
    }

    pub fn numbers(&self) -> Vec<u32> {
        self.ended.lock().unwrap().iter().map(|(number, _)| *number).collect()
    }

    pub fn attempts(&self) -> Vec<u32> {
        self.ended.lock().unwrap().iter().map(|(_, attempt)| *attempt).collect()
    }

    pub async fn wait_for(&self, count: usize) {
        self.wait(|| self.ended.lock().unwrap().len() >= count).await;
    }

    pub async fn wait_for_start(&self, count: usize) {
        self.wait(|| *self.started.lock().unwrap() >= count).await;
    }

    async fn wait(&self, reached: impl Fn() -> bool) {
        let waiting = async {
            while !reached() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(120), waiting).await.expect("the jobs ran within two minutes");
    }
}

impl Job for Probe {
    const NAME: &'static str = "probe";
    const MAX_ATTEMPTS: u32 = 3;
    type Context = Runs;

    async fn run(self, runs: Runs, attempt: Attempt) -> Result<(), JobError> {
        let first_run = {
            let mut started = runs.started.lock().unwrap();
            *started += 1;
            *started == 1
        };
        match self.behaviour {
            Behaviour::Sleep(duration) => tokio::time::sleep(duration).await,
            Behaviour::SleepOnFirstRun(duration) if first_run => tokio::time::sleep(duration).await,
            _ => {}
        }
        runs.ended.lock().unwrap().push((self.number, attempt.number));
        match self.behaviour {
            Behaviour::Retry => Err(JobError::retry("the other side is down")),
            Behaviour::Fail => Err(JobError::fail("the address does not exist")),
            Behaviour::Panic => panic!("an index out of bounds"),
            _ => Ok(()),
        }
    }
}

pub fn options(name: &str) -> WorkerOptions {
    WorkerOptions { name: name.to_owned(), ..WorkerOptions::default() }
}

pub fn worker(store: Store, runs: &Runs, name: &str) -> Worker<Runs> {
    worker_with(store, runs, options(name))
}

pub fn worker_with(store: Store, runs: &Runs, options: WorkerOptions) -> Worker<Runs> {
    Worker::new(store, Registry::new().job::<Probe>(), runs.clone(), options)
}

pub async fn enqueue_probe(store: &Store, probe: Probe) {
    let probe = &probe;
    store.write(|tx| async move { enqueue(&tx, probe, EnqueueOptions::default()).await }).await.unwrap();
}

/// Claims like a worker that then does nothing.
pub async fn claim(store: &Store, worker: &str, lease: Duration) -> Vec<Claimed> {
    store
        .write::<_, StoreError, _, _>(|tx| async move {
            store::job::claim(&tx, jobs::DEFAULT_QUEUE, worker, 10, tx.now() + lease).await
        })
        .await
        .unwrap()
}
