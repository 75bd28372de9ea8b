//! Alarms (告警): things that people must be told and that stay up until they are dealt with.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{AlarmId, UnitId};

/// One alarm. There is at most one per [`Alarm::dedupe_key`]; raising it again keeps it up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarm {
    /// Key.
    pub id: AlarmId,
    /// What it is about, `noun.problem`: `publication.late`, `review.owed`, `job.dead`.
    pub kind: String,
    /// Names the occasion; the same occasion is never shown twice.
    pub dedupe_key: String,
    /// The unit whose people are told; `None` for the system administrators.
    pub unit: Option<UnitId>,
    /// Key of the thing concerned.
    pub subject_id: String,
    /// Plain Chinese: what happened and what to do.
    pub message: String,
    /// When it was (last) raised.
    pub raised_at: Timestamp,
    /// When it was dealt with.
    pub cleared_at: Option<Timestamp>,
}
