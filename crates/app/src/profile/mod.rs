//! One's own account (个人资料): password, second factor, telephone. Nobody else's hand is needed, and none is allowed.

mod change_contact;
mod change_password;
mod enrol;
mod get;
mod recovery;
mod remove_second_factor;

use domain::{actor::Actor, setting::Settings};
use policy::{Action, Target};
use store::person::Credentials;

use crate::{App, AppError, AppResult, authorise, session};

pub use change_contact::{ContactChange, change_contact};
pub use change_password::{PasswordChange, change_password, password_policy};
pub use enrol::{Confirmed, Enrolment, begin_second_factor, confirm_second_factor, pending_second_factor};
pub use get::{ProfileView, get};
pub use recovery::regenerate_recovery_codes;
pub use remove_second_factor::remove_second_factor;

pub(crate) use recovery::hash as recovery_code_hash;

/// The actor must be allowed to change the own account.
fn require_own(app: &App, actor: &Actor) -> AppResult<()> {
    let target = Target::Person { home_unit_path: &actor.home_unit_path, is_self: true };
    authorise::require(app, actor, Action::ProfileChange, &target)
}

/// Checks the caller's own password before something that a found-open screen must not be able to do. Wrong ones are
/// counted like wrong logins; the lock ends all sessions.
async fn check_own_password(
    app: &App,
    actor: &Actor,
    settings: &Settings,
    field: &str,
    typed: &str,
) -> AppResult<Credentials> {
    let locked = || {
        AppError::TooMany(format!(
            "口令输错次数过多，账号已锁定 {} 分钟，请稍后重新登录。",
            settings.value("login.lock_minutes")
        ))
    };
    let credentials = match session::reserve(app, settings, actor.person).await? {
        session::Attempt::Check(credentials) => *credentials,
        session::Attempt::Refuse(_) => return Err(locked()),
    };
    let right = app.passwords.verify(&credentials.password_hash, typed).await?;
    let now_locked = app
        .store
        .write(|tx| async move {
            let now = store::person::lock(&tx, actor.person).await?.ok_or(AppError::Unauthenticated)?;
            if right {
                session::succeed(&tx, settings, &now, false).await?;
                return Ok(false);
            }
            let locked = store::person::is_locked(&now.person, tx.now());
            if locked {
                store::session::revoke_all_of(&tx, actor.person, None).await?;
            }
            crate::record::event("profile.check_password", actor.person, actor.login.clone())
                .unit(actor.home_unit)
                .after(serde_json::json!({ "reason": "口令不正确", "locked": locked }))
                .failed()
                .write(&tx, Some(actor))
                .await?;
            AppResult::Ok(locked)
        })
        .await?;
    match (right, now_locked) {
        (true, _) => Ok(credentials),
        (false, true) => Err(locked()),
        (false, false) => Err(AppError::invalid(field, "当前口令不正确，请重新填写。")),
    }
}
