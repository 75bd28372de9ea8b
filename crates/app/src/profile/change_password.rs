//! 修改口令: by oneself, knowing the present one.

use domain::{actor::Actor, password::PasswordPolicy, problem::FieldProblem};
use serde::{Deserialize, Serialize};

use super::{check_own_password, require_own};
use crate::{App, AppError, AppResult, record, session};

/// Form of a new password.
#[derive(Clone, Serialize, Deserialize)]
pub struct PasswordChange {
    /// The present one.
    pub current: String,
    /// The new one.
    pub new: String,
    /// The new one again.
    pub repeat: String,
}

/// The rules for the caller's password.
pub async fn password_policy(app: &App, actor: &Actor) -> AppResult<PasswordPolicy> {
    let settings = store::setting::in_force(&app.store.read()).await?;
    Ok(PasswordPolicy::from_settings(&settings, session::is_administrator(actor)))
}

/// Changes the password; all other sessions end and this one gets the returned token.
pub async fn change_password(app: &App, actor: &Actor, typed: PasswordChange) -> AppResult<String> {
    require_own(app, actor)?;
    let settings = &store::setting::in_force(&app.store.read()).await?;
    let policy = PasswordPolicy::from_settings(settings, session::is_administrator(actor));
    let problems = problems(&policy, actor, &typed);
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    let credentials = check_own_password(app, actor, settings, "current", &typed.current).await?;
    refuse_earlier(app, actor, &policy, &credentials.password_hash, &typed.new).await?;
    let hash = &app.passwords.hash(app.entropy.as_ref(), &typed.new).await?;
    let token = session::fresh_token(app.entropy.as_ref());
    let (token_hash, credentials) = (&session::token_hash(&token), &credentials);
    app.store
        .write(|tx| async move {
            let now = store::person::lock(&tx, actor.person).await?.ok_or(AppError::Unauthenticated)?;
            if now.password_hash != credentials.password_hash {
                return Err(AppError::Conflict("口令刚刚在别处被修改，请重新登录。".into()));
            }
            store::person::set_password(&tx, actor.person, hash, false).await?;
            store::person::add_password_to_history(&tx, actor.person, hash).await?;
            let ended = store::session::revoke_all_of(&tx, actor.person, actor.session).await?;
            if let Some(id) = actor.session {
                let passed = store::session::by_id(&tx, id).await?.is_some_and(|own| own.second_factor_passed);
                store::session::change_token(&tx, id, token_hash, passed).await?;
            }
            record::event("profile.change_password", actor.person, actor.login.clone())
                .unit(actor.home_unit)
                .after(serde_json::json!({ "sessions_ended": ended }))
                .write(&tx, Some(actor))
                .await
        })
        .await?;
    Ok(token)
}

fn problems(policy: &PasswordPolicy, actor: &Actor, typed: &PasswordChange) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    if typed.current.is_empty() {
        problems.push(FieldProblem::new("current", "请填写当前口令。"));
    }
    if let Some(objection) = policy.objection(&typed.new, &actor.login) {
        problems.push(FieldProblem::new("new", objection));
    }
    if typed.new != typed.repeat {
        problems.push(FieldProblem::new("repeat", "两次填写的新口令不一致，请重新填写。"));
    }
    problems
}

async fn refuse_earlier(
    app: &App,
    actor: &Actor,
    policy: &PasswordPolicy,
    present: &str,
    wanted: &str,
) -> AppResult<()> {
    let count = u64::try_from(policy.history).unwrap_or(0);
    let mut earlier = store::person::last_password_hashes(&app.store.read(), actor.person, count).await?;
    earlier.push(present.to_owned());
    if app.passwords.verify_any(&earlier, wanted).await? {
        let message = format!("不能使用最近 {} 次用过的口令，请换一个。", policy.history);
        return Err(AppError::invalid("new", message));
    }
    Ok(())
}
