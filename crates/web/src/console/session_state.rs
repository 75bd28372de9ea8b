//! `GET /console/session-state`: lets an open page notice that the person has logged in again in another tab, so that
//! its forms get a fresh token and nothing typed is lost.

use axum::{Json, Router, response::IntoResponse, routing::get};
use serde_json::json;

use crate::{
    state::WebState,
    visit::{CurrentPerson, Visit},
};

/// Routes of this file.
pub fn router() -> Router<WebState> {
    Router::new().route("/session-state", get(show))
}

async fn show(CurrentPerson(actor): CurrentPerson, visit: Visit) -> impl IntoResponse {
    Json(json!({ "login": actor.login, "csrf_token": visit.csrf_token() }))
}
