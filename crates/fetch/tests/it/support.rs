//! What the tests share.

use std::{collections::HashMap, sync::Arc, time::Duration};

use domain::time::Clock;
use fetch::{
    FetchSettings, Fetcher,
    address::{Address, AddressRules},
    crawl::{CrawlProgress, CrawlSettings, Known, Outcome, Step, start},
};
use jiff::Timestamp;
use old_site::Served;

pub struct StandingClock;

impl Clock for StandingClock {
    fn now(&self) -> Timestamp {
        "2026-03-02T01:00:00Z".parse().unwrap()
    }
}

pub fn settings_for_tests() -> FetchSettings {
    FetchSettings {
        allow: vec!["127.0.0.1/32".parse().unwrap()],
        idle_timeout: Duration::from_millis(800),
        connect_timeout: Duration::from_secs(2),
        total_timeout: Duration::from_secs(10),
        ..FetchSettings::default()
    }
}

pub fn fetcher() -> Fetcher {
    fetcher_with(settings_for_tests())
}

pub fn fetcher_with(settings: FetchSettings) -> Fetcher {
    Fetcher::new(settings, Arc::new(StandingClock)).unwrap()
}

pub fn address(text: &str) -> Address {
    Address::parse(text, &AddressRules::default()).unwrap()
}

pub fn impatient(served: &Served) -> CrawlSettings {
    CrawlSettings {
        connections_per_host: 4,
        delay: Duration::ZERO,
        retry_wait: Duration::from_millis(20),
        ..CrawlSettings::new(vec![address(&served.root())])
    }
}

/// A whole crawl; the steps without their bodies' weight being checked.
pub async fn crawl(settings: CrawlSettings, known: Known) -> (Vec<Step>, CrawlProgress) {
    let (mut receiver, handle) = start(Arc::new(fetcher()), settings, known);
    let mut steps = Vec::new();
    while let Some(step) = receiver.recv().await {
        steps.push(step);
    }
    (steps, handle.progress())
}

/// Path and query of every step with what came of it.
pub fn by_path(steps: &[Step]) -> HashMap<String, &Step> {
    steps.iter().map(|step| (step.address.path_and_query().to_owned(), step)).collect()
}

pub fn body(step: &Step) -> &[u8] {
    match &step.outcome {
        Outcome::Page(fetched) | Outcome::File(fetched) => &fetched.body,
        other => panic!("{} has no body: {other:?}", step.address),
    }
}
