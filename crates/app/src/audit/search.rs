//! Looking into the audit trail; the audit administrator's alone.

use domain::{actor::Actor, audit::AuditEvent};
use policy::{Action, Target};
use store::audit::AuditFilter;

use crate::{App, AppResult, authorise};

/// A page of events.
#[derive(Debug, Clone)]
pub struct AuditPage {
    /// Newest first.
    pub events: Vec<AuditEvent>,
    /// How many match in all.
    pub total: u64,
}

/// Events that match, newest first.
///
/// # Errors
/// [`crate::AppError::Forbidden`] unless the actor is the platform's audit administrator.
pub async fn search(app: &App, actor: &Actor, filter: &AuditFilter, offset: u64, limit: u64) -> AppResult<AuditPage> {
    authorise::require(app, actor, Action::AuditRead, &Target::Platform)?;
    let (events, total) = store::audit::search(&app.store.read(), filter, offset, limit).await?;
    Ok(AuditPage { events, total })
}

/// One event by its number.
///
/// # Errors
/// As [`search`]; [`crate::AppError::NotFound`] when there is none.
pub async fn event(app: &App, actor: &Actor, number: i64) -> AppResult<AuditEvent> {
    authorise::require(app, actor, Action::AuditRead, &Target::Platform)?;
    let found = store::audit::page_after(&app.store.read(), number - 1, 1).await?.into_iter().next();
    found.filter(|event| event.number == number).ok_or_else(|| crate::AppError::NotFound("审计事件".into()))
}
