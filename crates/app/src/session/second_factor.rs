//! 二次验证: the code of an authenticator (RFC 6238), or a recovery code.

use domain::actor::Origin;
use store::person::Credentials;
use totp_rs::{Algorithm, Builder, Secret, Totp};

use super::{LoggedIn, count_failure, fresh_token, resolve, succeed, token_hash};
use crate::{App, AppError, AppResult, profile::recovery_code_hash, record};

/// Name under which the account appears in authenticators.
const ISSUER: &str = "政通";

/// Passes the second factor of the session with this token; the session gets a new token. Failures count like wrong
/// passwords, and the lock ends the session.
pub async fn pass_second_factor(app: &App, token: &str, code: &str, origin: &Origin) -> AppResult<LoggedIn> {
    let settings = &store::setting::in_force(&app.store.read()).await?;
    let resolved = resolve::peek(app, token).await?.ok_or(AppError::Unauthenticated)?;
    if resolved.session.second_factor_passed {
        return Err(AppError::Conflict("本次登录已通过二次验证。".into()));
    }
    let fresh = fresh_token(app.entropy.as_ref());
    let (code, hash) = (&clean(code), &token_hash(&fresh));
    let (session, actor) = (&resolved.session, &resolved.actor);
    let outcome = app
        .store
        .write(|tx| async move {
            let now = store::person::lock(&tx, session.person).await?.ok_or(AppError::Unauthenticated)?;
            let locked = store::person::is_locked(&now.person, tx.now());
            let accepted = if locked { None } else { accept(&tx, &now, code).await? };
            let event = record::event("session.second_factor", session.id, actor.login.clone()).unit(actor.home_unit);
            let Some(method) = accepted else {
                let until = if locked { now.person.locked_until } else { count_failure(&tx, settings, &now).await? };
                if until.is_some() {
                    store::session::revoke(&tx, session.id).await?;
                }
                let reason = serde_json::json!({ "reason": "验证码不正确", "locked_until": until });
                event.after(reason).failed().write_as(&tx, Some(actor.person), &actor.login, origin).await?;
                return Ok(Err(until.is_some()));
            };
            succeed(&tx, settings, &now, true).await?;
            store::session::change_token(&tx, session.id, hash, true).await?;
            let after = serde_json::json!({ "method": method });
            event.after(after).write_as(&tx, Some(actor.person), &actor.login, origin).await?;
            AppResult::Ok(Ok(()))
        })
        .await?;
    match outcome {
        Ok(()) => {
            let pending = resolve::peek(app, &fresh).await?.and_then(|resolved| resolved.pending);
            Ok(LoggedIn { token: fresh, session: resolved.session.id, pending })
        }
        Err(true) => Err(AppError::TooMany(format!(
            "输错次数过多，账号已锁定 {} 分钟，请稍后重新登录。",
            settings.value("login.lock_minutes")
        ))),
        Err(false) => Err(AppError::invalid(
            "code",
            "验证码不正确或已用过。请核对手机时间，等待下一个 6 位验证码后重试；手机不在身边可填写恢复码。",
        )),
    }
}

/// Which method accepted the code, if any; uses it up.
async fn accept(tx: &store::Tx, now: &Credentials, code: &str) -> AppResult<Option<&'static str>> {
    let id = now.person.id;
    if code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) {
        let Some(step) = totp_step(now, code, tx.now())? else { return Ok(None) };
        store::person::set_second_factor_step(tx, id, step).await?;
        return Ok(Some("totp"));
    }
    let used = now.person.second_factor && store::person::use_recovery_code(tx, id, &recovery_code_hash(code)).await?;
    Ok(used.then_some("recovery_code"))
}

/// The time step of a right code that was not used before; one step of 30 seconds early or late is allowed.
pub(crate) fn totp_step(now: &Credentials, code: &str, at: jiff::Timestamp) -> AppResult<Option<i64>> {
    let Some(secret) = &now.totp_secret else { return Ok(None) };
    let seconds = u64::try_from(at.as_second()).unwrap_or(0);
    let step = totp(secret, &now.person.login)?.check(code, seconds);
    let step = step.and_then(|step| i64::try_from(step).ok());
    Ok(step.filter(|step| now.totp_last_step.is_none_or(|last| *step > last)))
}

/// The authenticator of a Base32 secret.
pub(crate) fn totp(secret: &str, login: &str) -> AppResult<Totp> {
    let secret = Secret::try_from_base32(secret).map_err(AppError::internal)?;
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(30)
        .with_secret(secret)
        .with_account_name(login)
        .with_issuer(Some(ISSUER))
        .build()
        .map_err(AppError::internal)
}

fn clean(code: &str) -> String {
    code.chars().filter(|c| c.is_ascii_alphanumeric()).take(40).collect::<String>().to_ascii_uppercase()
}
