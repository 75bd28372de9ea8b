//! Failing jobs, on both engines.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "helpers of tests fail the test that calls them")]

mod probe;

use std::{collections::BTreeMap, time::Duration};

use probe::{Behaviour, Probe, Runs, enqueue_probe, worker};
use store::StoreError;
use testkit::{TestDb, db_test};

const LONG: Duration = Duration::from_secs(4 * 3600);

#[db_test]
async fn a_failed_job_is_tried_again_later_and_is_dead_after_the_last_attempt(db: TestDb) {
    let runs = Runs::default();
    let node = worker(db.store.clone(), &runs, "node");
    enqueue_probe(&db.store, Probe::new(1, Behaviour::Retry)).await;
    assert_eq!(node.run_until_idle().await.unwrap(), 1);
    assert_eq!(node.run_until_idle().await.unwrap(), 0, "it waits before the next attempt");
    for _ in 0..5 {
        db.clock.advance(LONG);
        node.run_until_idle().await.unwrap();
    }
    assert_eq!(runs.attempts(), [1, 2, 3]);
    let dead = store::job::dead(&db.store.read(), 0, 10).await.unwrap();
    assert_eq!(dead.len(), 1);
    assert_eq!((dead[0].attempts, dead[0].last_error.as_str()), (3, "the other side is down"));
}

#[db_test]
async fn a_job_that_cannot_succeed_is_dead_at_once(db: TestDb) {
    let runs = Runs::default();
    enqueue_probe(&db.store, Probe::new(1, Behaviour::Fail)).await;
    worker(db.store.clone(), &runs, "node").run_until_idle().await.unwrap();
    let counts = store::job::counts(&db.store.read()).await.unwrap();
    assert_eq!((counts[0].waiting, counts[0].running, counts[0].dead), (0, 0, 1));
}

#[db_test]
async fn a_panic_is_a_failed_attempt_and_the_worker_lives_on(db: TestDb) {
    let runs = Runs::default();
    let node = worker(db.store.clone(), &runs, "node");
    enqueue_probe(&db.store, Probe::new(1, Behaviour::Panic)).await;
    enqueue_probe(&db.store, Probe::new(2, Behaviour::Succeed)).await;
    assert_eq!(node.run_until_idle().await.unwrap(), 2);
    for _ in 0..3 {
        db.clock.advance(LONG);
        node.run_until_idle().await.unwrap();
    }
    let dead = store::job::dead(&db.store.read(), 0, 10).await.unwrap();
    assert_eq!(dead[0].last_error, "the job panicked: an index out of bounds");
    assert_eq!(runs.by_number(), BTreeMap::from([(1, 3), (2, 1)]));
}

#[db_test]
async fn a_job_that_kills_its_worker_every_time_ends_up_dead(db: TestDb) {
    let runs = Runs::default();
    enqueue_probe(&db.store, Probe::new(1, Behaviour::Succeed)).await;
    for attempt in 1..=3 {
        let claims = probe::claim(&db.store, &format!("killed-{attempt}"), Duration::from_secs(60)).await;
        assert_eq!(claims[0].attempt, attempt);
        db.clock.advance(Duration::from_secs(61));
    }
    assert_eq!(worker(db.store.clone(), &runs, "node").run_until_idle().await.unwrap(), 0);
    let dead = store::job::dead(&db.store.read(), 0, 10).await.unwrap();
    assert_eq!(dead[0].last_error, "the worker stopped during the last attempt");
}

#[db_test]
async fn a_person_can_requeue_or_discard_a_dead_job(db: TestDb) {
    let runs = Runs::default();
    let node = worker(db.store.clone(), &runs, "node");
    enqueue_probe(&db.store, Probe::new(1, Behaviour::Fail)).await;
    node.run_until_idle().await.unwrap();
    let id = store::job::dead(&db.store.read(), 0, 10).await.unwrap()[0].id;
    db.store.write(|tx| async move { store::job::requeue(&tx, id).await }).await.unwrap();
    assert_eq!(node.run_until_idle().await.unwrap(), 1, "it is tried again");
    assert_eq!(runs.attempts(), [1, 1], "with all its attempts");
    db.store.write(|tx| async move { store::job::discard(&tx, id).await }).await.unwrap();
    assert_eq!(store::job::counts(&db.store.read()).await.unwrap(), []);
    let again = db.store.write(|tx| async move { store::job::requeue(&tx, id).await }).await;
    assert!(matches!(again, Err(StoreError::Missing { what: "job" })), "{again:?}");
}

#[db_test]
async fn a_job_of_an_unknown_kind_waits_for_a_node_that_knows_it(db: TestDb) {
    let runs = Runs::default();
    db.store
        .write(|tx| async move {
            let job = store::job::NewJob {
                kind: "of_the_next_release",
                queue: jobs::DEFAULT_QUEUE,
                payload: "{}",
                priority: 0,
                dedupe_key: None,
                unit: None,
                ready_at: tx.now(),
                max_attempts: 3,
            };
            store::job::enqueue(&tx, &job).await
        })
        .await
        .unwrap();
    worker(db.store.clone(), &runs, "old").run_until_idle().await.unwrap();
    let counts = store::job::counts(&db.store.read()).await.unwrap();
    assert_eq!((counts[0].waiting, counts[0].dead), (1, 0));
}
