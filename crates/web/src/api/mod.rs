//! The open interface for other systems (开放数据接口): versioned, described at `/api/openapi.json`, JSON only.

mod bearer;
mod changes;
mod document;
mod resource;
mod screening;

use axum::{
    Router,
    routing::{get, post},
};

use crate::state::WebState;

/// Routes below `/api`.
pub fn router() -> Router<WebState> {
    Router::new()
        .route("/openapi.json", get(document::openapi))
        .route("/v1/resources/{id}", get(resource::read))
        .route("/v1/changes", get(changes::list))
        .route("/v1/screenings", post(screening::screen))
}
