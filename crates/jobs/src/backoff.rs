//! How long a failed job waits.

use std::time::Duration;

use domain::ids::JobId;
use sha2::{Digest, Sha256};

const FIRST: Duration = Duration::from_secs(10);
const LONGEST: Duration = Duration::from_secs(3 * 3600);

/// 10 s, 20 s, 40 s … up to 3 h, each shortened by up to a quarter. The jitter keeps a thousand jobs that failed
/// together from coming back together; it comes from the job's own key, so nothing here is random.
pub(crate) fn delay(job: JobId, failed_attempt: u32) -> Duration {
    let doublings = failed_attempt.saturating_sub(1).min(20);
    let full = FIRST.saturating_mul(1 << doublings).min(LONGEST);
    let mut hasher = Sha256::new();
    hasher.update(job.0.as_bytes());
    hasher.update(failed_attempt.to_be_bytes());
    let quarter_parts = u32::from(hasher.finalize()[0]);
    full - full / 4 * quarter_parts / 255
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(number: u128) -> JobId {
        format!("{number:032x}").parse().unwrap()
    }

    #[test]
    fn delays_double_up_to_three_hours() {
        for attempt in 1..=40 {
            let delay = delay(job(7), attempt);
            let full = FIRST.as_secs_f64() * 2f64.powi(attempt as i32 - 1);
            let full = full.min(LONGEST.as_secs_f64());
            assert!(delay.as_secs_f64() <= full && delay.as_secs_f64() >= full * 0.7499, "{attempt}: {delay:?}");
        }
    }

    #[test]
    fn jobs_that_failed_together_come_back_apart() {
        let delays: std::collections::BTreeSet<Duration> = (0..100).map(|number| delay(job(number), 5)).collect();
        assert!(delays.len() > 50, "{}", delays.len());
    }

    #[test]
    fn the_default_attempts_last_about_five_hours() {
        let total: Duration = (1..12).map(|attempt| delay(job(1), attempt)).sum();
        assert!((3.5..6.0).contains(&(total.as_secs_f64() / 3600.0)), "{total:?}");
    }
}
