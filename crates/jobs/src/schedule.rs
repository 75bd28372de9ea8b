//! Enqueuing what is due.

use std::{collections::BTreeMap, time::Duration};

use jiff::{SignedDuration, Timestamp};
use store::{Result, Store};

use crate::registry::Schedule;

/// Handled due times are kept this long, for the console.
const KEEP: SignedDuration = SignedDuration::from_hours(24 * 30);
const KEEP_FREQUENT: SignedDuration = SignedDuration::from_hours(24);

/// What this node remembers, to spare the database.
#[derive(Default)]
pub(crate) struct Scheduler {
    handled: BTreeMap<&'static str, Timestamp>,
}

impl Scheduler {
    /// Enqueues every schedule that is due at `now` and not yet handled by any node.
    ///
    /// A schedule seen for the first time starts with its next due time, not with the one that has just passed.
    pub(crate) async fn tick(&mut self, store: &Store, schedules: &[Schedule], now: Timestamp) -> Result<()> {
        for schedule in schedules {
            let due = schedule.rule.latest_due(now);
            if self.handled.get(schedule.name).is_some_and(|handled| *handled >= due) {
                continue;
            }
            enqueue_once(store, schedule, due).await?;
            self.handled.insert(schedule.name, due);
        }
        Ok(())
    }
}

async fn enqueue_once(store: &Store, schedule: &Schedule, due: Timestamp) -> Result<()> {
    store
        .write(|tx| async move {
            let latest = store::schedule::latest(&tx, schedule.name).await?;
            if latest.as_ref().is_some_and(|latest| latest.due_at >= due) {
                return Ok(());
            }
            let first_seen = latest.is_none();
            // The key (name, due_at) lets one node through; the others wait for it here and then leave.
            if !store::schedule::record(&tx, schedule.name, due).await? {
                return Ok(());
            }
            if first_seen {
                return Ok(());
            }
            let enqueued = (schedule.enqueue)(&tx).await?;
            store::schedule::attach_job(&tx, schedule.name, due, enqueued.id()).await?;
            let keep = match schedule.rule {
                crate::Rule::Every(period) if period < Duration::from_secs(3600) => KEEP_FREQUENT,
                _ => KEEP,
            };
            store::schedule::forget_before(&tx, schedule.name, due.checked_sub(keep).unwrap_or(due)).await?;
            tracing::debug!(schedule = schedule.name, %due, "jobs.schedule_due");
            Ok(())
        })
        .await
}
