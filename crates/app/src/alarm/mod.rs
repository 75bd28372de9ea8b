//! Alarms (告警): raised inside the verb or job that notices, shown until somebody deals with it.

mod clear;
mod list;

pub use clear::{clear, clear_occasion};
pub use list::list_for;
pub use store::alarm::NewAlarm;

use crate::AppResult;

/// Raises an alarm in the caller's transaction; the caller's own audit event tells why. `true` when it is new.
pub async fn raise(tx: &store::Tx, new: &NewAlarm) -> AppResult<bool> {
    let raised = store::alarm::raise(tx, new).await?;
    tracing::warn!(kind = new.kind, subject = new.subject_id, raised, "alarm.raised");
    Ok(raised)
}
