//! Exporting events: itself an event, so that it is known who took the trail out of the house.

use domain::{actor::Actor, audit::AuditEvent};
use policy::{Action, Target};
use store::audit::AuditFilter;

use crate::{App, AppResult, authorise, record};

/// The most events of one export.
pub const MOST: u64 = 20_000;

/// Events that match, newest first, at most [`MOST`].
///
/// # Errors
/// [`crate::AppError::Forbidden`] unless the actor is the platform's audit administrator.
pub async fn export(app: &App, actor: &Actor, filter: &AuditFilter) -> AppResult<Vec<AuditEvent>> {
    authorise::require(app, actor, Action::AuditExport, &Target::Platform)?;
    let (events, total) = store::audit::search(&app.store.read(), filter, 0, MOST).await?;
    let count = events.len();
    app.store
        .write(|tx| async move {
            record::event("audit.export", "audit", "审计日志")
                .after(serde_json::json!({ "filter": format!("{filter:?}"), "events": count, "matching": total }))
                .write(&tx, Some(actor))
                .await
        })
        .await?;
    Ok(events)
}
