//! Revoking a token: it is void at once.

use domain::{actor::Actor, ids::ApiTokenId};
use policy::{Action, Target};

use crate::{App, AppError, AppResult, authorise, record};

/// Makes a token void.
///
/// # Errors
/// [`AppError::NotFound`] for a token of a unit outside the actor's reach.
pub async fn revoke(app: &App, actor: &Actor, id: ApiTokenId) -> AppResult<()> {
    app.store
        .write(|tx| async move {
            let token = store::api_token::by_id(&tx, id).await?.ok_or_else(|| AppError::NotFound("接口令牌".into()))?;
            let target = Target::Unit { path: &token.unit_path };
            authorise::visible(app, actor, Action::TokenRevoke, &target, "接口令牌")?;
            store::api_token::revoke(&tx, id).await?;
            record::event("api_token.revoke", id, &token.name)
                .unit(token.unit)
                .before(serde_json::json!({ "scopes": token.scopes, "last_used_at": token.last_used_at }))
                .write(&tx, Some(actor))
                .await
        })
        .await
}
