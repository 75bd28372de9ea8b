//! Schedules on several nodes, on both engines.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "helpers of tests fail the test that calls them")]

mod probe;

use std::time::Duration;

use jiff::civil::time;
use jobs::{Registry, Rule, Worker};
use probe::{Behaviour, Probe, Runs, options};
use store::Store;
use testkit::{TestDb, db_test};

fn node(store: Store, runs: &Runs, rule: Rule) -> Worker<Runs> {
    let registry = Registry::new().job::<Probe>().schedule("probe", rule, || Probe::new(1, Behaviour::Succeed));
    Worker::new(store, registry, runs.clone(), options("node"))
}

#[db_test]
async fn three_nodes_enqueue_a_due_job_once(db: TestDb) {
    let runs = Runs::default();
    let mut nodes = Vec::new();
    for _ in 0..3 {
        nodes.push(node(db.another_store().await.unwrap(), &runs, Rule::Every(Duration::from_secs(3600))));
    }
    nodes[0].tick_schedules().await.unwrap();
    for round in 1..=4 {
        db.clock.advance(Duration::from_secs(3600));
        let ticks: Vec<_> = nodes
            .iter()
            .cloned()
            .map(|node| tokio::spawn(async move { node.tick_schedules().await.unwrap() }))
            .collect();
        for tick in ticks {
            tick.await.unwrap();
        }
        let mut attempts = 0;
        for node in &nodes {
            attempts += node.run_until_idle().await.unwrap();
        }
        assert_eq!(attempts, 1, "round {round}");
    }
}

#[db_test]
async fn a_daily_schedule_fires_at_its_beijing_time_and_not_when_first_installed(db: TestDb) {
    let runs = Runs::default();
    // The test's clock starts at 09:00 in Beijing.
    let node = node(db.store.clone(), &runs, Rule::DailyAt(time(2, 30, 0, 0)));
    for (advance, expected) in [(0, 0), (17 * 3600, 0), (1799, 0), (1, 1), (3600, 0), (23 * 3600 - 1, 0), (1, 1)] {
        db.clock.advance(Duration::from_secs(advance));
        node.tick_schedules().await.unwrap();
        assert_eq!(node.run_until_idle().await.unwrap(), expected, "{}", db.clock_now());
    }
    let occurrences = store::schedule::list(&db.store.read(), 10).await.unwrap();
    assert_eq!(occurrences.len(), 3);
    assert!(occurrences[0].job.is_some() && occurrences[2].job.is_none());
}

#[db_test]
async fn due_times_missed_during_an_outage_are_made_up_for_once(db: TestDb) {
    let runs = Runs::default();
    let node = node(db.store.clone(), &runs, Rule::Every(Duration::from_secs(3600)));
    node.tick_schedules().await.unwrap();
    db.clock.advance(Duration::from_secs(50 * 3600));
    node.tick_schedules().await.unwrap();
    node.tick_schedules().await.unwrap();
    assert_eq!(node.run_until_idle().await.unwrap(), 1);
}
