//! Jobs that failed for good: listed, tried again, or given up.

use domain::{actor::Actor, ids::JobId};
use policy::{Action, Target};
use store::job::DeadJob;

use crate::{App, AppError, AppResult, authorise, record};

/// Dead letters, newest first.
///
/// # Errors
/// [`AppError::Forbidden`] unless the actor is the platform's system administrator.
pub async fn dead(app: &App, actor: &Actor, offset: u64, limit: u64) -> AppResult<Vec<DeadJob>> {
    authorise::require(app, actor, Action::JobView, &Target::Platform)?;
    Ok(store::job::dead(&app.store.read(), offset, limit).await?)
}

/// Puts a dead letter back into the queue with fresh attempts.
///
/// # Errors
/// [`AppError::NotFound`] when it is not a dead letter (any more).
pub async fn requeue(app: &App, actor: &Actor, id: JobId) -> AppResult<()> {
    authorise::require(app, actor, Action::JobRequeue, &Target::Platform)?;
    app.store
        .write(|tx| async move {
            let job = find(&tx, id).await?;
            store::job::requeue(&tx, id).await?;
            tx.after_commit_wake_jobs();
            record::event("job.requeue", id, &job.kind)
                .before(serde_json::json!({ "last_error": job.last_error }))
                .write(&tx, Some(actor))
                .await
        })
        .await
}

/// Gives a dead letter up for good; its kind, payload and last error stay in the audit trail.
///
/// # Errors
/// As [`requeue`].
pub async fn discard(app: &App, actor: &Actor, id: JobId) -> AppResult<()> {
    authorise::require(app, actor, Action::JobRequeue, &Target::Platform)?;
    app.store
        .write(|tx| async move {
            let job = find(&tx, id).await?;
            store::job::discard(&tx, id).await?;
            record::event("job.discard", id, &job.kind)
                .before(serde_json::json!({ "payload": job.payload, "last_error": job.last_error }))
                .write(&tx, Some(actor))
                .await
        })
        .await
}

async fn find(read: &store::Read, id: JobId) -> AppResult<DeadJob> {
    store::job::by_id(read, id).await?.ok_or_else(|| AppError::NotFound("失败任务".into()))
}
