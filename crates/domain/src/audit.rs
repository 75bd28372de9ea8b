//! Audit events (审计事件): every verb leaves exactly one, in its own transaction, joined in a hash chain.
//!
//! 等保 2.0 三级 安全审计 (GB/T 22239-2019): time, person, kind, success; protected against deletion and change.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::ids::{AuditEventId, PersonId, UnitId};

/// What a verb did. Built by the verb; numbered and chained by the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// Verb, `noun.verb`, e.g. `edition.submit`.
    pub action: String,
    /// Noun acted upon, e.g. `edition`.
    pub subject_kind: String,
    /// Key of the thing acted upon.
    pub subject_id: String,
    /// What people call it (title, login, site name) at that moment.
    pub subject_name: String,
    /// The unit concerned, for filtering.
    pub unit: Option<UnitId>,
    /// State before, as JSON; `Null` when there was none.
    pub before: serde_json::Value,
    /// State after, as JSON; `Null` when there is none.
    pub after: serde_json::Value,
    /// `false` for refused logins and the like that are recorded all the same.
    pub success: bool,
}

/// A chained event as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEvent {
    /// 1, 2, 3 … without a gap.
    pub number: i64,
    /// Key.
    pub id: AuditEventId,
    /// When.
    pub at: Timestamp,
    /// Who; `None` for the platform's own jobs and for unknown logins.
    pub person: Option<PersonId>,
    /// Login name at that moment.
    pub login: String,
    /// `console`, `api`, `command` or `job`.
    pub channel: String,
    /// Network address.
    pub address: String,
    /// Request id.
    pub request_id: Option<String>,
    /// What was done.
    pub entry: AuditEntry,
    /// Hash of the event before (64 hexadecimal digits; all zeros for the first).
    pub previous_hash: String,
    /// Hash of this event.
    pub hash: String,
}

/// Hash that precedes the first event.
pub const FIRST_HASH: &str = "0000000000000000000000000000000000000000000000000000000000000000";

impl AuditEvent {
    /// The hash this event must have, computed from all its other fields and the hash before it.
    pub fn expected_hash(&self) -> String {
        let fields = serde_json::json!([
            self.number,
            self.id,
            self.at.as_millisecond(),
            self.person,
            self.login,
            self.channel,
            self.address,
            self.request_id,
            self.entry.action,
            self.entry.subject_kind,
            self.entry.subject_id,
            self.entry.subject_name,
            self.entry.unit,
            self.entry.before.to_string(),
            self.entry.after.to_string(),
            self.entry.success,
            self.previous_hash,
        ]);
        hex::encode(Sha256::digest(fields.to_string().as_bytes()))
    }
}

/// A break found in the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainBreak {
    /// Number of the event at which it shows.
    pub number: i64,
    /// Plain Chinese.
    pub problem: String,
}

/// Checks one event against the one before it (`None` for the first); returns every break it shows.
pub fn check_link(previous: Option<&AuditEvent>, event: &AuditEvent) -> Vec<ChainBreak> {
    let mut breaks = Vec::new();
    let mut found = |problem: String| breaks.push(ChainBreak { number: event.number, problem });
    let expected_number = previous.map_or(1, |before| before.number + 1);
    if event.number != expected_number {
        found(format!("编号应为 {expected_number}，实为 {}：有事件缺失或次序被改。", event.number));
    }
    let expected_previous = previous.map_or(FIRST_HASH, |before| before.hash.as_str());
    if event.previous_hash != expected_previous {
        found("与上一事件的哈希不相接：上一事件被改动、删除或调换。".into());
    }
    if event.hash != event.expected_hash() {
        found("内容与哈希不符：该事件被改动。".into());
    }
    breaks
}
