//! Issuing a token. It is shown once and stored as a digest only.

use base64::Engine as _;
use domain::{
    actor::Actor,
    ids::{ApiTokenId, UnitId},
    problem::FieldProblem,
};
use jiff::{SignedDuration, Timestamp};
use policy::{Action, Target};
use store::api_token::ApiToken;

use super::SCOPES;
use crate::{App, AppError, AppResult, authorise, files::hash_of, record, unit::hold_in_use};

/// What the form sends.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// What it is for.
    pub name: String,
    /// The unit whose system will use it.
    pub unit: UnitId,
    /// Words of [`SCOPES`].
    pub scopes: Vec<String>,
    /// Days until it is void, 1–366.
    pub days: i64,
}

/// A fresh token; the only time its secret is known.
#[derive(Debug, Clone)]
pub struct Issued {
    /// Key of the record.
    pub id: ApiTokenId,
    /// `zt_…`, to be sent as `Authorization: Bearer`.
    pub secret: String,
    /// From when it is void.
    pub expires_at: Timestamp,
}

/// Issues a token for a unit.
///
/// # Errors
/// [`AppError::Invalid`] for a missing name, an unknown scope or a wrong number of days; [`AppError::Forbidden`]
/// unless the actor is the security administrator over that unit.
pub async fn issue(app: &App, actor: &Actor, new: &NewToken) -> AppResult<Issued> {
    let mut problems = Vec::new();
    if new.name.trim().is_empty() {
        problems.push(FieldProblem::new("name", "请填写令牌用途，例如“某盟市平台对接”。"));
    }
    if new.scopes.is_empty() || new.scopes.iter().any(|scope| !SCOPES.iter().any(|(known, _)| known == scope)) {
        problems.push(FieldProblem::new("scopes", "请至少选择一项权限。"));
    }
    if !(1..=366).contains(&new.days) {
        problems.push(FieldProblem::new("days", "有效期须为 1 至 366 天。"));
    }
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    let mut random = [0u8; 32];
    app.entropy.fill(&mut random);
    let secret = format!("zt_{}", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(random));
    let digest = &hash_of(secret.as_bytes());
    let (id, expires_at) = app
        .store
        .write(|tx| async move {
            let unit = hold_in_use(&tx, "unit", new.unit).await?;
            authorise::require(app, actor, Action::TokenIssue, &Target::Unit { path: &unit.path })?;
            let days = SignedDuration::from_hours(24 * new.days);
            let token = ApiToken {
                id: tx.ids().fresh(),
                name: new.name.trim().to_owned(),
                unit: unit.id,
                unit_path: unit.path,
                scopes: new.scopes.clone(),
                issued_by: actor.person,
                issued_at: tx.now(),
                expires_at: tx.now().checked_add(days).map_err(AppError::internal)?,
                last_used_at: None,
                revoked_at: None,
            };
            store::api_token::insert(&tx, &token, digest).await?;
            record::event("api_token.issue", token.id, &token.name)
                .unit(unit.id)
                .after(serde_json::json!({ "scopes": token.scopes, "expires_at": token.expires_at }))
                .write(&tx, Some(actor))
                .await?;
            Ok::<_, AppError>((token.id, token.expires_at))
        })
        .await?;
    Ok(Issued { id, secret, expires_at })
}
