//! Who calls the interface: from the token to the unit and its scopes.

use jiff::SignedDuration;
use store::api_token::ApiToken;

use crate::{App, AppError, AppResult, files::hash_of};

/// A connected system.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Its token's record.
    pub token: ApiToken,
}

impl Caller {
    /// Demands one scope.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] when the token lacks it.
    pub fn require(&self, scope: &str) -> AppResult<()> {
        if self.token.scopes.iter().any(|held| held == scope) {
            return Ok(());
        }
        Err(AppError::Forbidden(format!("该令牌没有“{scope}”权限。")))
    }
}

/// The caller behind a secret. Unknown, expired and revoked tokens get the same answer.
///
/// # Errors
/// [`AppError::Unauthenticated`] for all of them.
pub async fn authenticate(app: &App, secret: &str) -> AppResult<Caller> {
    let token = store::api_token::by_hash(&app.store.read(), &hash_of(secret.as_bytes())).await?;
    let now = app.now();
    let token =
        token.filter(|token| token.revoked_at.is_none() && now < token.expires_at).ok_or(AppError::Unauthenticated)?;
    let minute = SignedDuration::from_secs(60);
    let stale = token.last_used_at.is_none_or(|used| now.duration_since(used) >= minute);
    if stale {
        let id = token.id;
        app.store.write(|tx| async move { store::api_token::touch(&tx, id).await }).await?;
    }
    Ok(Caller { token })
}
