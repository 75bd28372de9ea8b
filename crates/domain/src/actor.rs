//! The acting person of a verb: who, from where, with which duties at which units.

use serde::{Deserialize, Serialize};

use crate::{
    duty::Duty,
    ids::{PersonId, SessionId, UnitId},
};

/// Through which door a verb was called; written into the audit event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// `console`, `api`, `command` or `job`.
    pub channel: String,
    /// Network address of the caller, or the host name for commands.
    pub address: String,
    /// Request id, for joining with the access log.
    pub request_id: Option<String>,
}

impl Origin {
    /// An origin for work done by the platform's own jobs.
    pub fn job() -> Self {
        Self { channel: "job".into(), address: "local".into(), request_id: None }
    }
    /// An origin for the command line.
    pub fn command() -> Self {
        Self { channel: "command".into(), address: "local".into(), request_id: None }
    }
}

/// A duty the actor may exercise now: the actor's own, or one delegated for an absence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldDuty {
    /// The unit it is held at.
    pub unit: UnitId,
    /// That unit's materialised path; the duty reaches units whose path starts with it where the rule says so.
    pub unit_path: String,
    /// Which duty.
    pub duty: Duty,
    /// The absent person for whom it is exercised; four eyes count both (see [`crate::review`]).
    pub on_behalf_of: Option<PersonId>,
}

/// The person calling a verb.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Who.
    pub person: PersonId,
    /// Login name, kept in audit events so that they read without a join.
    pub login: String,
    /// Display name.
    pub name: String,
    /// The unit the person belongs to.
    pub home_unit: UnitId,
    /// That unit's materialised path.
    pub home_unit_path: String,
    /// Duties, own and delegated, in force at the moment of the call.
    pub duties: Vec<HeldDuty>,
    /// The login session, when there is one.
    pub session: Option<SessionId>,
    /// From where.
    pub origin: Origin,
}

impl Actor {
    /// True when the actor holds `duty` anywhere.
    pub fn holds(&self, duty: Duty) -> bool {
        self.duties.iter().any(|held| held.duty == duty)
    }

    /// True when the actor holds `duty` exactly at `unit`.
    pub fn holds_at(&self, duty: Duty, unit: UnitId) -> bool {
        self.duties.iter().any(|held| held.duty == duty && held.unit == unit)
    }

    /// True when the actor holds `duty` at the unit with `unit_path` or at one above it.
    pub fn holds_over(&self, duty: Duty, unit_path: &str) -> bool {
        self.duties.iter().any(|held| held.duty == duty && unit_path.starts_with(&held.unit_path))
    }

    /// Paths of the units at which the actor holds any of `duties`.
    pub fn paths_of(&self, duties: &[Duty]) -> Vec<String> {
        let mut paths: Vec<String> =
            self.duties.iter().filter(|held| duties.contains(&held.duty)).map(|held| held.unit_path.clone()).collect();
        paths.sort();
        paths.dedup();
        paths
    }
}
