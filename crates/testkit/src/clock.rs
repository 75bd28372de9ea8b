//! Time and chance under the test's control.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use domain::time::{Clock, Entropy};
use jiff::Timestamp;
use rand::{Rng, SeedableRng, rngs::StdRng};

/// A clock that stands still until the test moves it.
#[derive(Debug)]
pub struct TestClock {
    millis: AtomicI64,
}

impl TestClock {
    /// A clock that shows `now`.
    pub fn at(now: Timestamp) -> Self {
        Self { millis: AtomicI64::new(now.as_millisecond()) }
    }

    /// Moves the clock to `now`, forwards or backwards.
    pub fn set(&self, now: Timestamp) {
        self.millis.store(now.as_millisecond(), Ordering::SeqCst);
    }

    /// Moves the clock forwards.
    pub fn advance(&self, by: Duration) {
        let millis = i64::try_from(by.as_millis()).expect("tests advance by less than 292 million years");
        self.millis.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Default for TestClock {
    /// Monday 2026-03-02 09:00 in Beijing: an ordinary working hour.
    fn default() -> Self {
        Self::at("2026-03-02T01:00:00Z".parse().expect("a valid instant"))
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.millis.load(Ordering::SeqCst)).expect("the clock was set from a timestamp")
    }
}

/// Random bytes that are the same in every run.
#[derive(Debug)]
pub struct TestEntropy {
    generator: Mutex<StdRng>,
}

impl TestEntropy {
    /// The sequence that belongs to `seed`.
    pub fn seeded(seed: u64) -> Self {
        Self { generator: Mutex::new(StdRng::seed_from_u64(seed)) }
    }
}

impl Default for TestEntropy {
    fn default() -> Self {
        Self::seeded(1)
    }
}

impl Entropy for TestEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        self.generator.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(buffer);
    }
}
