//! The queue under stress and failure, on both engines.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "helpers of tests fail the test that calls them")]

mod probe;

use std::{collections::BTreeMap, time::Duration};

use jobs::{EnqueueOptions, Enqueued, enqueue};
use probe::{Behaviour, Probe, Runs, enqueue_probe, worker};
use testkit::{TestDb, db_test};
use tokio_util::sync::CancellationToken;

#[db_test]
async fn eight_workers_run_five_hundred_jobs_once_each(db: TestDb) {
    let runs = Runs::default();
    db.store
        .write(|tx| async move {
            for number in 0..500 {
                enqueue(&tx, &Probe::new(number, Behaviour::Succeed), EnqueueOptions::default()).await?;
            }
            Ok::<_, store::StoreError>(())
        })
        .await
        .unwrap();
    let shutdown = CancellationToken::new();
    let mut nodes = Vec::new();
    for node in 0..8 {
        let store = db.another_store().await.unwrap();
        let (worker, shutdown) = (worker(store, &runs, &format!("node-{node}")), shutdown.clone());
        nodes.push(tokio::spawn(async move { worker.run(shutdown).await }));
    }
    runs.wait_for(500).await;
    shutdown.cancel();
    for node in nodes {
        node.await.unwrap();
    }
    let once: BTreeMap<u32, usize> = (0..500).map(|number| (number, 1)).collect();
    assert_eq!(runs.by_number(), once);
    assert_eq!(store::job::counts(&db.store.read()).await.unwrap(), []);
}

#[db_test]
async fn a_job_of_a_rolled_back_transaction_never_runs(db: TestDb) {
    let runs = Runs::default();
    let outcome = db
        .store
        .write(|tx| async move {
            enqueue(&tx, &Probe::new(1, Behaviour::Succeed), EnqueueOptions::default()).await?;
            Err::<(), _>(store::StoreError::Missing { what: "unit" })
        })
        .await;
    assert!(outcome.is_err());
    assert_eq!(worker(db.store.clone(), &runs, "node").run_until_idle().await.unwrap(), 0);
    assert!(runs.by_number().is_empty());
}

#[db_test]
async fn an_enqueued_job_wakes_the_worker_at_once(db: TestDb) {
    let runs = Runs::default();
    let mut options = probe::options("node");
    options.poll = Duration::from_secs(3600);
    let worker = probe::worker_with(db.store.clone(), &runs, options);
    let shutdown = CancellationToken::new();
    let running = tokio::spawn({
        let shutdown = shutdown.clone();
        async move { worker.run(shutdown).await }
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    enqueue_probe(&db.store, Probe::new(1, Behaviour::Succeed)).await;
    runs.wait_for(1).await;
    shutdown.cancel();
    running.await.unwrap();
}

#[db_test]
async fn a_job_whose_worker_vanished_is_claimed_again_when_its_lease_ends(db: TestDb) {
    let runs = Runs::default();
    enqueue_probe(&db.store, Probe::new(1, Behaviour::Succeed)).await;
    let lost = probe::claim(&db.store, "vanished", Duration::from_secs(60)).await.remove(0);
    let node = worker(db.store.clone(), &runs, "node");
    assert_eq!(node.run_until_idle().await.unwrap(), 0, "the lease still runs");
    db.clock.advance(Duration::from_secs(61));
    assert_eq!(node.run_until_idle().await.unwrap(), 1);
    assert_eq!(runs.attempts(), [2]);
    let late = &lost;
    let accepted = db.store.write(|tx| async move { store::job::finish(&tx, late).await }).await.unwrap();
    assert!(!accepted, "the first worker has no say any more");
}

#[db_test]
async fn a_long_job_keeps_its_lease(db: TestDb) {
    let runs = Runs::default();
    let mut options = probe::options("node");
    options.lease = Duration::from_millis(600);
    let worker = probe::worker_with(db.store.clone(), &runs, options);
    enqueue_probe(&db.store, Probe::new(1, Behaviour::Sleep(Duration::from_millis(1500)))).await;
    let clock = db.clock.clone();
    let run = tokio::spawn(async move { worker.run_until_idle().await.unwrap() });
    // The test's clock follows real time, so that the lease would end without the heartbeat.
    let other = db.another_store().await.unwrap();
    for _ in 0..12 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        clock.advance(Duration::from_millis(100));
        assert!(probe::claim(&other, "thief", Duration::from_secs(60)).await.is_empty());
    }
    assert_eq!(run.await.unwrap(), 1);
    assert_eq!(runs.by_number(), BTreeMap::from([(1, 1)]));
}

#[db_test]
async fn a_job_that_lost_its_lease_is_stopped(db: TestDb) {
    let runs = Runs::default();
    let mut options = probe::options("slow");
    options.lease = Duration::from_millis(300);
    let worker = probe::worker_with(db.store.clone(), &runs, options);
    enqueue_probe(&db.store, Probe::new(1, Behaviour::Sleep(Duration::from_secs(30)))).await;
    let slow = tokio::spawn(async move { worker.run_until_idle().await.unwrap() });
    tokio::time::sleep(Duration::from_millis(50)).await;
    // Time jumps before the first heartbeat: somebody else gets the job.
    db.clock.advance(Duration::from_secs(5));
    let stolen = probe::claim(&db.store, "thief", Duration::from_secs(600)).await;
    assert_eq!(stolen.len(), 1);
    assert_eq!(slow.await.unwrap(), 1, "the slow worker gave up long before the thirty seconds");
    assert!(runs.by_number().is_empty(), "and its job did not get to its end");
}

#[db_test]
async fn equal_work_merges_until_it_starts(db: TestDb) {
    let enqueue_keyed = async |number: u32, after: Duration| {
        let run_at = db.clock_now() + after;
        db.store
            .write(|tx| async move {
                let options = EnqueueOptions {
                    dedupe_key: Some("site 1".to_owned()),
                    run_at: Some(run_at),
                    ..EnqueueOptions::default()
                };
                enqueue(&tx, &Probe::new(number, Behaviour::Succeed), options).await
            })
            .await
            .unwrap()
    };
    let first = enqueue_keyed(1, Duration::from_secs(600)).await;
    let second = enqueue_keyed(2, Duration::ZERO).await;
    assert!(matches!(first, Enqueued::New(_)), "{first:?}");
    assert_eq!(second, Enqueued::Merged(first.id()), "and it runs at the earlier of the two times:");
    let started = probe::claim(&db.store, "node", Duration::from_secs(60)).await;
    assert_eq!(started.len(), 1);
    let third = enqueue_keyed(3, Duration::ZERO).await;
    assert!(matches!(third, Enqueued::New(_)), "the running job may have read what has changed since: {third:?}");
}

#[db_test]
async fn a_job_merged_into_cannot_start_before_the_merging_transaction_ends(db: TestDb) {
    let keyed = || EnqueueOptions { dedupe_key: Some("site 1".to_owned()), ..EnqueueOptions::default() };
    let other = &db.another_store().await.unwrap();
    let first = db
        .store
        .write(|tx| async move { enqueue(&tx, &Probe::new(1, Behaviour::Succeed), keyed()).await })
        .await
        .unwrap();
    let (merged, taken_meanwhile) = db
        .store
        .write(|tx| async move {
            let merged = enqueue(&tx, &Probe::new(1, Behaviour::Succeed), keyed()).await?;
            // On PostgreSQL the worker finds nothing, on SQLite it waits; it must not get the job on either.
            let hasty = probe::claim(other, "hasty", Duration::from_secs(60));
            let taken = tokio::time::timeout(Duration::from_millis(300), hasty).await.unwrap_or_default();
            Ok::<_, store::StoreError>((merged, taken))
        })
        .await
        .unwrap();
    assert_eq!((merged, taken_meanwhile), (Enqueued::Merged(first.id()), Vec::new()));
    assert_eq!(probe::claim(other, "patient", Duration::from_secs(60)).await.len(), 1);
}

#[db_test]
async fn urgent_jobs_go_first(db: TestDb) {
    let runs = Runs::default();
    for (number, priority) in [(1, 0), (2, 10), (3, 5)] {
        db.store
            .write(|tx| async move {
                let options = EnqueueOptions { priority: Some(priority), ..EnqueueOptions::default() };
                enqueue(&tx, &Probe::new(number, Behaviour::Succeed), options).await
            })
            .await
            .unwrap();
    }
    worker(db.store.clone(), &runs, "node").run_until_idle().await.unwrap();
    assert_eq!(runs.numbers(), [2, 3, 1]);
}

#[db_test]
async fn a_worker_that_shuts_down_finishes_what_is_running(db: TestDb) {
    let runs = Runs::default();
    let worker = worker(db.store.clone(), &runs, "node");
    enqueue_probe(&db.store, Probe::new(1, Behaviour::Sleep(Duration::from_millis(700)))).await;
    let shutdown = CancellationToken::new();
    let running = tokio::spawn({
        let shutdown = shutdown.clone();
        async move { worker.run(shutdown).await }
    });
    runs.wait_for_start(1).await;
    shutdown.cancel();
    running.await.unwrap();
    assert_eq!(runs.by_number(), BTreeMap::from([(1, 1)]));
    assert_eq!(store::job::counts(&db.store.read()).await.unwrap(), []);
}

#[db_test]
async fn a_job_that_outlasts_the_grace_is_given_back_untried(db: TestDb) {
    let runs = Runs::default();
    let mut options = probe::options("node");
    options.grace = Duration::from_millis(100);
    let leaving = probe::worker_with(db.store.clone(), &runs, options);
    enqueue_probe(&db.store, Probe::new(1, Behaviour::SleepOnFirstRun(Duration::from_secs(60)))).await;
    let shutdown = CancellationToken::new();
    let running = tokio::spawn({
        let shutdown = shutdown.clone();
        async move { leaving.run(shutdown).await }
    });
    runs.wait_for_start(1).await;
    shutdown.cancel();
    running.await.unwrap();
    assert_eq!(worker(db.store.clone(), &runs, "next").run_until_idle().await.unwrap(), 1);
    assert_eq!(runs.attempts(), [1], "being interrupted costs no attempt");
}
