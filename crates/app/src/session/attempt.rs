//! Counting attempts (登录失败处理). An attempt is counted as failed *before* it is checked and given back when it
//! was right: otherwise a thousand guesses sent at once would all be checked before the first failure is counted.

use domain::{ids::PersonId, setting::Settings};
use jiff::{SignedDuration, Timestamp};
use store::{Tx, person::Credentials};

use crate::{App, AppResult};

/// What may be done with an attempt.
#[derive(Debug)]
pub(crate) enum Attempt {
    /// Check it; the credentials are those of the counted row.
    Check(Box<Credentials>),
    /// Do not even look: why, for the audit trail.
    Refuse(&'static str),
}

/// Counts an attempt as failed, unless the account is disabled or locked.
pub(crate) async fn reserve(app: &App, settings: &Settings, id: PersonId) -> AppResult<Attempt> {
    app.store
        .write(|tx| async move {
            let Some(credentials) = store::person::lock(&tx, id).await? else {
                return Ok(Attempt::Refuse("无此账号"));
            };
            if !credentials.person.active {
                return Ok(Attempt::Refuse("账号已停用"));
            }
            if store::person::is_locked(&credentials.person, tx.now()) {
                return Ok(Attempt::Refuse("账号已锁定"));
            }
            count_failure(&tx, settings, &credentials).await?;
            Ok(Attempt::Check(Box::new(credentials)))
        })
        .await
}

/// Counts one more failure and locks the account when they are too many; returns until when. The row is locked.
pub(crate) async fn count_failure(
    tx: &Tx,
    settings: &Settings,
    credentials: &Credentials,
) -> AppResult<Option<Timestamp>> {
    // A lock that has run out begins a new count.
    let before = if credentials.person.locked_until.is_some() { 0 } else { credentials.failed_logins };
    let failures = before + 1;
    let until = (failures >= settings.value("login.max_failures"))
        .then(|| tx.now() + SignedDuration::from_mins(settings.value("login.lock_minutes")));
    store::person::set_login_state(tx, credentials.person.id, failures, until, false).await?;
    Ok(until)
}

/// Gives a reserved attempt back. `complete` is a finished login, which clears the count; a right password with a
/// second factor still to come only takes back its own attempt, so that guessing codes cannot be reset by it.
pub(crate) async fn succeed(tx: &Tx, settings: &Settings, now: &Credentials, complete: bool) -> AppResult<()> {
    let failures = if complete { 0 } else { (now.failed_logins - 1).max(0) };
    let locked = now.person.locked_until.filter(|_| failures >= settings.value("login.max_failures"));
    store::person::set_login_state(tx, now.person.id, failures, locked, complete).await?;
    Ok(())
}
