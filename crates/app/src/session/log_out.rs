//! 退出: the session ends now.

use domain::actor::Origin;

use super::token_hash;
use crate::{App, AppResult, record};

/// Ends the session of `token`. Logging out of a session that has ended already is no error.
pub async fn log_out(app: &App, token: &str, origin: &Origin) -> AppResult<()> {
    let hash = &token_hash(token);
    app.store
        .write(|tx| async move {
            let Some((session, person)) = store::session::by_token(&tx, hash).await? else { return Ok(()) };
            store::session::revoke(&tx, session.id).await?;
            record::event("session.log_out", session.id, person.login.clone())
                .unit(person.home_unit)
                .write_as(&tx, Some(person.id), &person.login, origin)
                .await
        })
        .await
}
