//! People (人员) and their appointments (任职).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    duty::Duty,
    ids::{AppointmentId, PersonId, UnitId},
};

/// A natural person with an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Key.
    pub id: PersonId,
    /// Login name: lower-case letters, digits, `.`, `-`, `_`; unique and never reused.
    pub login: String,
    /// Name shown to colleagues.
    pub name: String,
    /// The unit the person belongs to administratively.
    pub home_unit: UnitId,
    /// Office telephone, shown in the console only.
    pub phone: Option<String>,
    /// `false` once disabled (离岗、停用); a disabled person cannot log in.
    pub active: bool,
    /// The password must be changed before anything else.
    pub must_change_password: bool,
    /// A second factor has been confirmed.
    pub second_factor: bool,
    /// Set while locked after repeated failures.
    pub locked_until: Option<Timestamp>,
    /// When the present password was set.
    pub password_changed_at: Timestamp,
    /// When the account was made.
    pub created_at: Timestamp,
    /// Optimistic lock.
    pub lock_version: i64,
}

/// A duty of a person at a unit, from a day until (optionally) a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// Key.
    pub id: AppointmentId,
    /// Who.
    pub person: PersonId,
    /// Where.
    pub unit: UnitId,
    /// What.
    pub duty: Duty,
    /// When it began.
    pub granted_at: Timestamp,
    /// By whom; `None` for the first administrators made by the command line.
    pub granted_by: Option<PersonId>,
    /// When it ended, if it has.
    pub ended_at: Option<Timestamp>,
}

/// Says why `login` cannot be a login name; `None` when it can.
///
/// Login names are never reused, appear in audit events and in commands, so they are plain.
pub fn login_objection(login: &str) -> Option<String> {
    let plain = login.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_'));
    let begins_well = login.chars().next().is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    if !(2..=40).contains(&login.chars().count()) {
        return Some("登录名须为 2 到 40 个字符。".into());
    }
    if !plain || !begins_well {
        return Some("登录名只能用小写字母、数字和 . - _，并以字母或数字开头，例如：zhang.san。".into());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::login_objection;

    #[test]
    fn login_names_are_plain() {
        for good in ["nmg.editor", "a1", "zhang-san_2", "2026.duty"] {
            assert_eq!(login_objection(good), None, "{good}");
        }
        for bad in ["", "a", "Zhang", "张三", ".hidden", "a b", "a/b", &"a".repeat(41)] {
            assert!(login_objection(bad).is_some(), "{bad}");
        }
    }
}
