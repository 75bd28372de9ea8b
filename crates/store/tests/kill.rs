//! What a write acknowledged survives the death of the process.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "helpers of tests fail the test that calls them")]

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};

use domain::ids::IdSource;
use store::{Durability, Store, StoreError, StoreOptions, job};
use testkit::{TestClock, TestDb, TestEntropy, db_test};

const URL: &str = "ZHENGTONG_TEST_KILL_URL";

#[db_test]
async fn every_acknowledged_write_survives_kill_minus_nine(db: TestDb) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "writes_until_killed", "--nocapture"])
        .env(URL, db.url())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut acknowledged = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        if let Some(key) = line.unwrap().strip_prefix("acknowledged ") {
            acknowledged.push(key.to_owned());
        }
        if acknowledged.len() == 300 {
            child.kill().unwrap(); // SIGKILL, in the middle of the next write
        }
    }
    child.wait().unwrap();
    assert!(acknowledged.len() >= 300);
    let store = db.another_store().await.unwrap();
    let claims = store
        .write(|tx| async move { job::claim(&tx, "kill", "node", 100_000, tx.now() + Duration::from_secs(60)).await })
        .await
        .unwrap();
    let stored: std::collections::BTreeSet<String> = claims.into_iter().map(|claim| claim.payload).collect();
    let lost: Vec<_> = acknowledged.iter().filter(|key| !stored.contains(*key)).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    assert!(stored.len() <= acknowledged.len() + 1, "at most the write under way was kept without a word");
}

/// The child process of the test above.
#[test]
#[ignore = "run by every_acknowledged_write_survives_kill_minus_nine"]
fn writes_until_killed() {
    let Ok(url) = std::env::var(URL) else { return };
    runtime().block_on(async {
        let store = Store::connect(&url, options()).await.unwrap();
        for number in 0..1_000_000 {
            enqueue(&store, number).await;
            println!("acknowledged {number}");
        }
    });
}

async fn enqueue(store: &Store, number: u32) {
    let payload = &number.to_string();
    store
        .write(|tx| async move {
            let job = job::NewJob {
                kind: "kill",
                queue: "kill",
                payload,
                priority: 0,
                dedupe_key: None,
                unit: None,
                ready_at: tx.now(),
                max_attempts: 1,
            };
            job::enqueue(&tx, &job).await?;
            Ok::<_, StoreError>(())
        })
        .await
        .unwrap();
}

fn options() -> StoreOptions {
    let clock = Arc::new(TestClock::default());
    let ids = IdSource::new(clock.clone(), Arc::new(TestEntropy::seeded(77)));
    StoreOptions { durability: Durability::ProcessCrash, ..StoreOptions::new(clock, ids) }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Runtime::new().unwrap()
}
