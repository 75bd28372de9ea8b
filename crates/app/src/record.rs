//! Recording what a verb did: one audit event, in the verb's own transaction.

use domain::{
    actor::{Actor, Origin},
    audit::AuditEntry,
    ids::{PersonId, UnitId},
};
use serde::Serialize;

use crate::AppResult;

/// Builder of the one audit event of a verb.
pub struct Record {
    entry: AuditEntry,
}

/// Starts the event of `action` (`noun.verb`) upon the thing with this key and name.
pub fn event(action: &str, subject_id: impl ToString, subject_name: impl Into<String>) -> Record {
    let subject_kind = action.split('.').next().unwrap_or(action).to_owned();
    Record {
        entry: AuditEntry {
            action: action.to_owned(),
            subject_kind,
            subject_id: subject_id.to_string(),
            subject_name: subject_name.into(),
            unit: None,
            before: serde_json::Value::Null,
            after: serde_json::Value::Null,
            success: true,
        },
    }
}

impl Record {
    /// The unit concerned.
    pub fn unit(mut self, unit: UnitId) -> Self {
        self.entry.unit = Some(unit);
        self
    }
    /// State before.
    pub fn before(mut self, value: impl Serialize) -> Self {
        self.entry.before = serde_json::to_value(value).unwrap_or(serde_json::Value::Null);
        self
    }
    /// State after.
    pub fn after(mut self, value: impl Serialize) -> Self {
        self.entry.after = serde_json::to_value(value).unwrap_or(serde_json::Value::Null);
        self
    }
    /// Marks a refused attempt that is recorded all the same (a failed login).
    pub fn failed(mut self) -> Self {
        self.entry.success = false;
        self
    }
    /// Appends the event in this transaction; `actor` is `None` for the platform's own jobs.
    pub async fn write(self, tx: &store::Tx, actor: Option<&Actor>) -> AppResult<()> {
        store::audit::append(tx, actor, self.entry).await?;
        Ok(())
    }
    /// Appends the event for somebody who is no actor: a login, a refused login, the command line.
    pub async fn write_as(
        self,
        tx: &store::Tx,
        person: Option<PersonId>,
        login: &str,
        origin: &Origin,
    ) -> AppResult<()> {
        store::audit::append_as(tx, person, login, origin, self.entry).await?;
        Ok(())
    }
}
