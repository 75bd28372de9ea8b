//! 重置口令: a one-time password for somebody who forgot theirs or is locked out.

use domain::{actor::Actor, ids::PersonId, password::PasswordPolicy};
use policy::Action;

use super::{one_time, visible_and};
use crate::{App, AppError, AppResult, record};

/// Sets a one-time password, lifts a lock, ends all sessions. The second factor stays: an administrator of accounts
/// alone cannot become somebody else who has one.
pub async fn reset_password(app: &App, actor: &Actor, id: PersonId) -> AppResult<String> {
    let (person, _) = visible_and(app, actor, id, Action::PersonResetPassword).await?;
    if id == actor.person {
        return Err(AppError::Conflict("修改自己的口令请到“个人资料”。".into()));
    }
    let (password, hash) = fresh(app, &person.login).await?;
    let (person, hash) = (&person, hash.as_str());
    app.store
        .write(|tx| async move {
            apply(&tx, id, hash).await?;
            record::event("person.reset_password", id, person.name.clone())
                .unit(person.home_unit)
                .write(&tx, Some(actor))
                .await
        })
        .await?;
    Ok(password)
}

/// A one-time password and its hash.
pub(super) async fn fresh(app: &App, login: &str) -> AppResult<(String, String)> {
    let settings = store::setting::in_force(&app.store.read()).await?;
    let policy = PasswordPolicy::from_settings(&settings, true);
    let password = one_time::password(app.entropy.as_ref(), &policy, login);
    let hash = app.passwords.hash(app.entropy.as_ref(), &password).await?;
    Ok((password, hash))
}

/// Sets the one-time password with everything that goes with it.
pub(super) async fn apply(tx: &store::Tx, id: PersonId, hash: &str) -> AppResult<()> {
    store::person::lock(tx, id).await?.ok_or_else(|| AppError::NotFound("人员".into()))?;
    store::person::set_password(tx, id, hash, true).await?;
    store::person::add_password_to_history(tx, id, hash).await?;
    store::person::set_login_state(tx, id, 0, None, false).await?;
    store::session::revoke_all_of(tx, id, None).await?;
    Ok(())
}
