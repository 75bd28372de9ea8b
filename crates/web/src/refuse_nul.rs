//! Addresses with a NUL character: no text of ours holds one, and PostgreSQL cannot even be asked about it.

use axum::{extract::Request, http::StatusCode, middleware::Next, response::Response};

use crate::error::Problem;

/// Answers 400 before anything is looked up.
pub async fn refuse_nul(request: Request, next: Next) -> Response {
    if request.uri().to_string().contains("%00") {
        return Problem::of_status(StatusCode::BAD_REQUEST).into_bare_response();
    }
    next.run(request).await
}
