//! 登录: a password becomes a session.

use domain::{
    actor::Origin,
    ids::SessionId,
    person::{Person, login_objection},
    setting::Settings,
};
use store::{person::Credentials, session::Session};

use super::{Attempt, Pending, fresh_token, reserve, resolve, succeed, token_hash};
use crate::{App, AppError, AppResult, record};

/// What is typed at the login page.
#[derive(Debug, Clone)]
pub struct Credential {
    /// Login name.
    pub login: String,
    /// Password.
    pub password: String,
}

/// A session that has begun, or got further.
#[derive(Debug, Clone)]
pub struct LoggedIn {
    /// For the cookie; nobody else ever sees it again.
    pub token: String,
    /// Key of the session.
    pub session: SessionId,
    /// What must be done before anything else.
    pub pending: Option<Pending>,
}

/// Checks the password and begins a session. The answer is the same, and takes as long, whether the login name is
/// unknown, the password wrong, or the account locked or disabled. `replaces` is the token that the browser sent: its
/// session ends, and the new one never takes over its token (session fixation).
pub async fn log_in(
    app: &App,
    typed: &Credential,
    origin: &Origin,
    user_agent: &str,
    replaces: Option<&str>,
) -> AppResult<LoggedIn> {
    let began = tokio::time::Instant::now();
    let outcome = check_and_begin(app, typed, origin, user_agent, replaces).await;
    if outcome.is_err() {
        tokio::time::sleep_until(began + app.passwords.refused_after()).await;
    }
    outcome
}

async fn check_and_begin(
    app: &App,
    typed: &Credential,
    origin: &Origin,
    user_agent: &str,
    replaces: Option<&str>,
) -> AppResult<LoggedIn> {
    let settings = store::setting::in_force(&app.store.read()).await?;
    let login = typed.login.trim().to_lowercase();
    let known = store::person::credentials_by_login(&app.store.read(), &login).await?;
    let Some(known) = known else {
        app.passwords.verify_nobody(&typed.password).await?;
        // People type passwords into the wrong field; what cannot be a login name is not written down.
        let shown = if login_objection(&login).is_none() { login.as_str() } else { "（不合规的登录名）" };
        return refuse(app, None, shown, "无此账号", origin, &settings).await;
    };
    let reserved = match reserve(app, &settings, known.person.id).await? {
        Attempt::Check(credentials) => credentials,
        Attempt::Refuse(reason) => {
            app.passwords.verify_nobody(&typed.password).await?;
            return refuse(app, Some(&known.person), &login, reason, origin, &settings).await;
        }
    };
    if !app.passwords.verify(&reserved.password_hash, &typed.password).await? {
        return refuse(app, Some(&reserved.person), &login, "口令不正确", origin, &settings).await;
    }
    begin(app, &settings, &reserved, origin, user_agent, replaces).await
}

async fn begin(
    app: &App,
    settings: &Settings,
    checked: &Credentials,
    origin: &Origin,
    user_agent: &str,
    replaces: Option<&str>,
) -> AppResult<LoggedIn> {
    let token = fresh_token(app.entropy.as_ref());
    let id: SessionId = app.ids.fresh();
    let user_agent: String = user_agent.chars().filter(|c| !c.is_control()).take(200).collect();
    let (hash, replaced) = (token_hash(&token), replaces.map(token_hash));
    let (hash, replaced, agent) = (&hash, replaced.as_deref(), &user_agent);
    app.store
        .write(|tx| async move {
            let gone = || AppError::Conflict("账号状态刚刚发生变化，请重新登录。".into());
            let now = store::person::lock(&tx, checked.person.id).await?.ok_or_else(gone)?;
            if !now.person.active || now.password_hash != checked.password_hash {
                return Err(gone());
            }
            succeed(&tx, settings, &now, !now.person.second_factor).await?;
            if let Some(replaced) = replaced
                && let Some((old, _)) = store::session::by_token(&tx, replaced).await?
            {
                store::session::revoke(&tx, old.id).await?;
            }
            let session = Session {
                id,
                person: now.person.id,
                address: origin.address.clone(),
                user_agent: agent.clone(),
                second_factor_passed: false,
                created_at: tx.now(),
                last_seen_at: tx.now(),
                revoked_at: None,
            };
            store::session::insert(&tx, &session, hash).await?;
            record::event("session.log_in", id, now.person.login.clone())
                .unit(now.person.home_unit)
                .after(serde_json::json!({ "user_agent": agent, "second_factor_pending": now.person.second_factor }))
                .write_as(&tx, Some(now.person.id), &now.person.login, origin)
                .await
        })
        .await?;
    let pending = resolve::peek(app, &token).await?.and_then(|resolved| resolved.pending);
    Ok(LoggedIn { token, session: id, pending })
}

async fn refuse<T>(
    app: &App,
    person: Option<&Person>,
    login: &str,
    reason: &str,
    origin: &Origin,
    settings: &Settings,
) -> AppResult<T> {
    let subject = person.map_or_else(|| login.to_owned(), |person| person.id.to_string());
    let subject = subject.as_str();
    app.store
        .write(|tx| async move {
            let mut event =
                record::event("session.log_in", subject, login).after(serde_json::json!({ "reason": reason })).failed();
            if let Some(person) = person {
                event = event.unit(person.home_unit);
            }
            event.write_as(&tx, person.map(|person| person.id), login, origin).await
        })
        .await?;
    Err(AppError::invalid(
        "password",
        format!(
            "登录名或口令不正确，请核对后重试。连续输错 {} 次，账号将锁定 {} 分钟；如已锁定或忘记口令，请联系系统管理员重置。",
            settings.value("login.max_failures"),
            settings.value("login.lock_minutes"),
        ),
    ))
}
