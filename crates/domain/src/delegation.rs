//! Delegation of duties for an absence (委托代办).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    duty::Duty,
    ids::{DelegationId, PersonId},
};

/// The duties that a delegation hands over: reviewing, and nothing else.
pub const DELEGATED_DUTIES: [Duty; 4] = [Duty::Reviewer1, Duty::Reviewer2, Duty::Reviewer3, Duty::Reviewer4];

/// The longest absence one delegation may cover, in days; a longer one is a matter for a new appointment.
pub const LONGEST_DAYS: i64 = 92;

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

/// Says why the period cannot be delegated; `None` when it can.
pub fn period_objection(now: Timestamp, starts_at: Timestamp, ends_at: Timestamp) -> Option<String> {
    if ends_at <= starts_at {
        return Some("结束时间须晚于开始时间。".into());
    }
    if ends_at <= now {
        return Some("结束时间已过，请填写将来的时间。".into());
    }
    let days = ends_at.duration_since(starts_at).as_secs() / 86_400;
    if days > LONGEST_DAYS {
        return Some(format!("一次委托最长 {LONGEST_DAYS} 天；离岗更久请由安全管理员调整任职。"));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::parse_beijing;

    fn at(text: &str) -> Timestamp {
        parse_beijing(text).unwrap()
    }

    #[test]
    fn a_delegation_holds_from_its_first_moment_until_before_its_last() {
        let id = uuid::Uuid::nil();
        let mut delegation = Delegation {
            id: id.into(),
            from: id.into(),
            to: id.into(),
            starts_at: at("2026-11-23 08:00"),
            ends_at: at("2026-11-24 08:00"),
            reason: "出差".into(),
            revoked_at: None,
        };
        assert!(!delegation.in_force(at("2026-11-23 07:59")));
        assert!(delegation.in_force(at("2026-11-23 08:00")));
        assert!(!delegation.in_force(at("2026-11-24 08:00")));
        delegation.revoked_at = Some(at("2026-11-23 09:00"));
        assert!(!delegation.in_force(at("2026-11-23 10:00")));
    }

    #[test]
    fn a_period_ends_after_it_begins_and_is_not_endless() {
        let now = at("2026-11-23 08:00");
        assert_eq!(period_objection(now, at("2026-11-20"), at("2026-12-01")), None);
        assert!(period_objection(now, at("2026-12-01"), at("2026-12-01")).is_some());
        assert!(period_objection(now, at("2026-11-01"), at("2026-11-02")).is_some());
        assert!(period_objection(now, at("2026-11-23"), at("2027-11-23")).is_some());
    }
}
