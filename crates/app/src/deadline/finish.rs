//! 办结: what was to be done is done, or need not be done any more.

use domain::{actor::Actor, ids::DeadlineId};
use store::deadline::{DeadlineProgress, StoredDeadline};

use super::handle::{locked_running, may_handle};
use crate::{App, AppError, AppResult, record};

/// Ends the deadline as met (whether in time shows its sum) or cancelled.
///
/// # Errors
/// As [`super::pause`].
pub async fn finish(app: &App, actor: &Actor, id: DeadlineId, as_: DeadlineProgress) -> AppResult<()> {
    if as_ == DeadlineProgress::Running {
        return Err(AppError::invalid("state", "请选择办结还是取消。"));
    }
    may_handle(app, actor, id).await?;
    app.store
        .write(|tx| async move {
            let deadline = finish_in(&tx, id, as_).await?;
            record::event("deadline.finish", id, deadline.title.clone())
                .unit(deadline.unit)
                .before(serde_json::json!({ "state": DeadlineProgress::Running.as_str() }))
                .after(serde_json::json!({ "state": as_.as_str(), "due_at": deadline.due_at }))
                .write(&tx, Some(actor))
                .await
        })
        .await
}

/// [`finish`] inside the transaction of the verb that did what was to be done; that verb's audit event tells why.
pub(crate) async fn finish_in(tx: &store::Tx, id: DeadlineId, as_: DeadlineProgress) -> AppResult<StoredDeadline> {
    let mut deadline = locked_running(tx, id).await?;
    deadline.state = as_;
    deadline.finished_at = Some(tx.now());
    store::deadline::update(tx, &deadline).await?;
    Ok(deadline)
}
