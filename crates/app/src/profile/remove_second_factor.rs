//! 停用二次验证: with the password and a code, for changing the phone.

use domain::actor::Actor;

use super::{check_own_password, recovery, require_own};
use crate::{App, AppError, AppResult, record, session};

/// Removes the caller's own second factor. An administrator must set up a new one before going on.
pub async fn remove_second_factor(app: &App, actor: &Actor, password: &str, code: &str) -> AppResult<()> {
    require_own(app, actor)?;
    let settings = &store::setting::in_force(&app.store.read()).await?;
    check_own_password(app, actor, settings, "password", password).await?;
    let code: &str = &code.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    app.store
        .write(|tx| async move {
            let now = store::person::lock(&tx, actor.person).await?.ok_or(AppError::Unauthenticated)?;
            if !now.person.second_factor {
                return Err(AppError::Conflict("二次验证没有启用，无需停用。".into()));
            }
            let right = session::totp_step(&now, code, tx.now())?.is_some()
                || store::person::use_recovery_code(&tx, actor.person, &recovery::hash(code)).await?;
            if !right {
                return Err(AppError::invalid("code", "验证码不正确或已用过，请填写下一个 6 位验证码或一个恢复码。"));
            }
            store::person::set_second_factor(&tx, actor.person, None, false).await?;
            store::person::replace_recovery_codes(&tx, actor.person, &[]).await?;
            store::session::revoke_all_of(&tx, actor.person, actor.session).await?;
            record::event("second_factor.remove", actor.person, actor.login.clone())
                .unit(actor.home_unit)
                .before(serde_json::json!({ "second_factor": true }))
                .after(serde_json::json!({ "second_factor": false }))
                .write(&tx, Some(actor))
                .await
        })
        .await
}
