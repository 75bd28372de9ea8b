//! Token buckets in memory: how often one address may try to log in or call an interface.
//!
//! Bounded: at most [`CAPACITY`] buckets are remembered, and an idle one is forgotten after an hour.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use moka::sync::Cache;

/// How many buckets are remembered.
pub const CAPACITY: u64 = 100_000;

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Attempts to log in: 10 at once, then one every 6 seconds.
    Login,
    /// Calls of the open interface: 120 at once, then 10 a second.
    Api,
    /// Uploads: 60 at once, then one a second.
    Upload,
}

impl Purpose {
    /// Size of the bucket and tokens added per second.
    fn rule(self) -> (f64, f64) {
        match self {
            Self::Login => (10.0, 1.0 / 6.0),
            Self::Api => (120.0, 10.0),
            Self::Upload => (60.0, 1.0),
        }
    }
}

#[derive(Debug)]
struct Bucket {
    tokens: f64,
    filled_at: Timestamp,
}

/// All buckets.
pub struct RateLimiter {
    buckets: Cache<(Purpose, IpAddr), Arc<Mutex<Bucket>>>,
}

impl Default for RateLimiter {
    fn default() -> Self {
        Self::new()
    }
}

impl RateLimiter {
    /// An empty set of buckets.
    pub fn new() -> Self {
        let buckets = Cache::builder().max_capacity(CAPACITY).time_to_idle(Duration::from_secs(3600)).build();
        Self { buckets }
    }

    /// Takes one token, or says after how many seconds there is one again.
    pub fn take(&self, purpose: Purpose, address: IpAddr, now: Timestamp) -> Result<(), u64> {
        let (size, per_second) = purpose.rule();
        let bucket =
            self.buckets.get_with((purpose, address), || Arc::new(Mutex::new(Bucket { tokens: size, filled_at: now })));
        // A poisoned bucket holds plain numbers; they are still good.
        let mut bucket = bucket.lock().unwrap_or_else(PoisonError::into_inner);
        let elapsed = now.duration_since(bucket.filled_at).as_secs_f64().max(0.0);
        bucket.tokens = (bucket.tokens + elapsed * per_second).min(size);
        bucket.filled_at = now;
        if bucket.tokens >= 1.0 {
            bucket.tokens -= 1.0;
            return Ok(());
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a small positive number of seconds"
        )]
        let wait = ((1.0 - bucket.tokens) / per_second).ceil() as u64;
        Err(wait.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    #[test]
    fn the_eleventh_login_in_a_moment_waits_and_another_address_does_not() {
        let limiter = RateLimiter::new();
        let start = Timestamp::from_second(1_800_000_000).unwrap();
        let home = IpAddr::V4(Ipv4Addr::LOCALHOST);
        for _ in 0..10 {
            assert_eq!(limiter.take(Purpose::Login, home, start), Ok(()));
        }
        assert_eq!(limiter.take(Purpose::Login, home, start), Err(6));
        assert_eq!(limiter.take(Purpose::Login, IpAddr::V4(Ipv4Addr::BROADCAST), start), Ok(()));
        let later = start + jiff::SignedDuration::from_secs(6);
        assert_eq!(limiter.take(Purpose::Login, home, later), Ok(()));
        assert!(limiter.take(Purpose::Login, home, later).is_err());
    }
}
