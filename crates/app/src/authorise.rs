//! The first step of every verb: may this actor do this to that?

use domain::actor::Actor;
use policy::{Action, Target};

use crate::{App, AppError, AppResult};

/// Demands that the policies allow it; the refusal is a sentence that names the action.
///
/// For things that the actor may not even see, ask [`visible`] first, so that another office's thing is "not found".
pub fn require(app: &App, actor: &Actor, action: Action, target: &Target<'_>) -> AppResult<()> {
    if app.policy.decide(actor, action, target).allowed {
        return Ok(());
    }
    Err(AppError::Forbidden(format!(
        "您没有“{}”的权限。如工作需要，请联系本单位主办管理员或安全管理员调整任职。",
        action.chinese()
    )))
}

/// Demands that the actor may see the thing (`read` is the reading action of its noun); otherwise it is not found.
pub fn visible(app: &App, actor: &Actor, read: Action, target: &Target<'_>, what: &str) -> AppResult<()> {
    if app.policy.decide(actor, read, target).allowed {
        return Ok(());
    }
    Err(AppError::NotFound(what.to_owned()))
}
