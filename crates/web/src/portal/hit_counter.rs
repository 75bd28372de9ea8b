//! Visits to old addresses, counted in memory and written down now and then: following a link must not cost a write.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use app::{App, AppResult};
use domain::ids::OldAddressId;

/// Visits that are not written down yet.
#[derive(Debug, Default)]
pub(super) struct HitCounter {
    waiting: Mutex<HashMap<OldAddressId, u64>>,
}

impl HitCounter {
    /// Counts one visit.
    pub(super) fn count(&self, id: OldAddressId) {
        *self.waiting.lock().unwrap_or_else(PoisonError::into_inner).entry(id).or_default() += 1;
    }

    /// Writes down what was counted; what could not be written is kept for the next time.
    pub(super) async fn flush(&self, app: &App) -> AppResult<()> {
        let taken = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        if taken.is_empty() {
            return Ok(());
        }
        let hits: Vec<(OldAddressId, u64)> = taken.into_iter().collect();
        let written = app::old_address::count_hits(app, &hits).await;
        if written.is_err() {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            for (id, more) in hits {
                *waiting.entry(id).or_default() += more;
            }
        }
        written
    }
}
