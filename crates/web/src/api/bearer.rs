//! Which system calls: `Authorization: Bearer zt_…`, limited per address.

use app::{
    AppError,
    api_token::{Caller, authenticate},
};
use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};

use crate::{error::WebError, rate_limit::Purpose, state::WebState, visit::Visit};

/// The connected system behind the token of the request.
pub struct Bearer(pub Caller);

impl FromRequestParts<WebState> for Bearer {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, web: &WebState) -> Result<Self, WebError> {
        let visit = Visit::from_request_parts(parts, web).await?;
        if let Err(seconds) = web.limits.take(Purpose::Api, visit.address, web.app.now()) {
            return Err(AppError::TooMany(format!("调用太频繁，请{seconds}秒后再试。")).into());
        }
        let secret = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .ok_or_else(WebError::unauthenticated)?;
        Ok(Self(authenticate(&web.app, secret.trim()).await?))
    }
}
