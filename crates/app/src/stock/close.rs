//! 忽略: a person decides that something found in the stock may stand, and says why. What is mended or recalled closes by
//! itself.

use domain::{actor::Actor, ids::StockIssueId, stock::StockIssueState};
use policy::{Action, Target};

use super::list::visible;
use crate::{App, AppError, AppResult, authorise, record};

/// Closes an issue with a reason.
///
/// # Errors
/// [`AppError::NotFound`] for another office's, [`AppError::Forbidden`] for those who only read it,
/// [`AppError::Invalid`] without a reason, [`AppError::Conflict`] when it is closed already.
pub async fn ignore(app: &App, actor: &Actor, id: StockIssueId, reason: &str) -> AppResult<()> {
    let issue = visible(app, actor, id).await?;
    authorise::require(app, actor, Action::StockHandle, &Target::Unit { path: &issue.unit_path })?;
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > 500 {
        return Err(AppError::invalid("reason", "请说明为什么可以忽略（500 字以内）。"));
    }
    if issue.state != StockIssueState::Open {
        return Err(AppError::Conflict(format!("这个问题已办结：{}。", issue.state.chinese())));
    }
    let issue = &issue;
    app.store
        .write(|tx| async move {
            store::stock::issue::close(&tx, id, StockIssueState::Ignored, Some(actor.person), reason).await?;
            record::event("stock.ignore", id, &issue.title)
                .unit(issue.unit)
                .before(serde_json::json!({ "state": issue.state }))
                .after(serde_json::json!({ "state": StockIssueState::Ignored, "reason": reason }))
                .write(&tx, Some(actor))
                .await
        })
        .await
}
