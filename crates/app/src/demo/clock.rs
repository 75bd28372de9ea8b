//! A clock that can be set while the demo is filled, and then shows the real time again.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use domain::time::Clock;
use jiff::Timestamp;

const REAL: i64 = i64::MIN;

/// Shows the time it was set to; the real time when it was not.
pub struct DemoClock {
    real: Arc<dyn Clock>,
    set: AtomicI64,
}

impl DemoClock {
    /// A clock that shows the time of `real`.
    pub fn new(real: Arc<dyn Clock>) -> Self {
        Self { real, set: AtomicI64::new(REAL) }
    }

    /// Moves on to `instant`. Never backwards, because the audit trail must tell things in their order: an instant
    /// that is past already counts as the next millisecond.
    pub(super) fn move_to(&self, instant: Timestamp) {
        let shown = self.set.load(Ordering::SeqCst);
        self.set.store(instant.as_millisecond().max(shown.saturating_add(1)), Ordering::SeqCst);
    }

    /// Shows the real time from now on.
    pub(super) fn release(&self) {
        self.set.store(REAL, Ordering::SeqCst);
    }

    /// The real time, whatever is shown.
    pub(super) fn real_now(&self) -> Timestamp {
        self.real.now()
    }
}

impl Clock for DemoClock {
    fn now(&self) -> Timestamp {
        match self.set.load(Ordering::SeqCst) {
            REAL => self.real.now(),
            millis => Timestamp::from_millisecond(millis).unwrap_or_else(|_| self.real.now()),
        }
    }
}
