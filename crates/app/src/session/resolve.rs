//! At each request: which person does this token stand for, and what must they do first?

use domain::{
    actor::{Actor, Origin},
    duty::Duty,
    ids::SessionId,
    password::PasswordPolicy,
    person::Person,
    setting::Settings,
};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use store::session::Session;

use super::{actor_of, token_hash};
use crate::{App, AppResult};

/// A step that comes before anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Pending {
    /// The password was right; the code of the second factor is still to come.
    SecondFactor,
    /// The password is a one-time one, or too old.
    ChangePassword,
    /// An administrator without a second factor must set one up.
    EnrolSecondFactor,
}

/// A session that holds.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// The person with all duties in force. While something is pending, web lets them do that and nothing else.
    pub actor: Actor,
    /// The session.
    pub session: Session,
    /// The step that comes first, if any.
    pub pending: Option<Pending>,
    /// Minutes without a request after which the session ends.
    pub idle_minutes: i64,
}

/// Last-seen is written at most so often: reading pages must not become writing.
const TOUCH_EVERY: SignedDuration = SignedDuration::from_secs(60);
/// How long a request waits for that write.
const TOUCH_WITHIN: std::time::Duration = std::time::Duration::from_secs(1);
/// Time to type the code of the second factor.
const SECOND_FACTOR_WITHIN: SignedDuration = SignedDuration::from_mins(10);

/// The session of `token`, if it holds at this moment; counts as activity. `None` for an unknown, revoked or expired
/// token and for a disabled person: all the same to the caller, who must log in again.
pub async fn resolve(app: &App, token: &str) -> AppResult<Option<Resolved>> {
    let Some(resolved) = peek(app, token).await? else { return Ok(None) };
    if app.now().duration_since(resolved.session.last_seen_at) >= TOUCH_EVERY {
        touch(app, resolved.session.id).await;
    }
    Ok(Some(resolved))
}

/// Reading must not wait for a busy writer, so this gives up soon; the next request tries again.
async fn touch(app: &App, id: SessionId) {
    let write = app.store.write(|tx| async move { store::session::touch(&tx, id).await });
    match tokio::time::timeout(TOUCH_WITHIN, write).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "session.not_touched"),
        Err(_) => tracing::warn!("session.not_touched"),
    }
}

/// [`resolve`] without counting as activity: for scripts of an open page that merely ask whether it is still valid.
pub async fn peek(app: &App, token: &str) -> AppResult<Option<Resolved>> {
    let read = app.store.read();
    let Some((session, person)) = store::session::by_token(&read, &token_hash(token)).await? else { return Ok(None) };
    if !person.active {
        return Ok(None);
    }
    let now = app.now();
    let settings = store::setting::in_force(&read).await?;
    let origin = Origin { channel: "console".into(), address: session.address.clone(), request_id: None };
    let actor = actor_of(&read, &person, Some(session.id), origin, now).await?;
    let administrator = is_administrator(&actor);
    let idle_minutes = idle_minutes(&settings, administrator);
    let pending = pending(&settings, &person, &session, administrator, now);
    let expired = now.duration_since(session.last_seen_at) >= SignedDuration::from_mins(idle_minutes)
        || now.duration_since(session.created_at) >= SignedDuration::from_hours(settings.value("session.max_hours"))
        || (pending == Some(Pending::SecondFactor) && now.duration_since(session.created_at) >= SECOND_FACTOR_WITHIN);
    if expired {
        return Ok(None);
    }
    Ok(Some(Resolved { actor, session, pending, idle_minutes }))
}

/// Minutes without a request after which a session ends.
pub(super) fn idle_minutes(settings: &Settings, administrator: bool) -> i64 {
    let general = settings.value("session.idle_minutes");
    if administrator { settings.value("session.admin_idle_minutes").min(general) } else { general }
}

/// Holds a duty of the three administrators.
pub(crate) fn is_administrator(actor: &Actor) -> bool {
    [Duty::SystemAdmin, Duty::SecurityAdmin, Duty::AuditAdmin].into_iter().any(|duty| actor.holds(duty))
}

fn pending(
    settings: &Settings,
    person: &Person,
    session: &Session,
    administrator: bool,
    now: Timestamp,
) -> Option<Pending> {
    if person.second_factor && !session.second_factor_passed {
        return Some(Pending::SecondFactor);
    }
    let policy = PasswordPolicy::from_settings(settings, administrator);
    if person.must_change_password || policy.expired(person.password_changed_at, now) {
        return Some(Pending::ChangePassword);
    }
    let required = administrator && settings.value("login.admin_second_factor") == 1;
    (required && !person.second_factor).then_some(Pending::EnrolSecondFactor)
}
