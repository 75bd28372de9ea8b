//! Delegation of duties for an absence (委托代办).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{DelegationId, PersonId};

/// `from` is absent; `to` exercises the reviewing duties of `from` between two moments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    /// Key.
    pub id: DelegationId,
    /// The absent person.
    pub from: PersonId,
    /// The person who stands in.
    pub to: PersonId,
    /// First moment.
    pub starts_at: Timestamp,
    /// Last moment (exclusive).
    pub ends_at: Timestamp,
    /// Why, in the person's words.
    pub reason: String,
    /// When it was withdrawn early, if it was.
    pub revoked_at: Option<Timestamp>,
}

impl Delegation {
    /// True when the delegation is in force at `now`.
    pub fn in_force(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && self.starts_at <= now && now < self.ends_at
    }
}
