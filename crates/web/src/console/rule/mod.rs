//! Rules (规则) in the console: what holds, where it comes from, who changed it, and changing it.

mod amend;
mod amendments;
mod list;
mod show;

use axum::{
    Router,
    routing::{get, post},
};

use crate::state::WebState;

/// Routes of this folder.
pub fn router() -> Router<WebState> {
    Router::new()
        .route("/rules", get(list::list))
        .route("/rules/amendments", get(amendments::list))
        .route("/rules/amendments/{id}/decide", post(amendments::decide))
        .route("/rules/amendments/{id}/withdraw", post(amendments::withdraw))
        .route("/rules/amendments/{id}/end", post(amendments::end))
        .route("/rules/{id}", get(show::show))
        .route("/rules/{id}/amend", get(amend::form).post(amend::amend))
}

/// Address of a rule at a place.
fn rule_path(id: &str, division: &str) -> String {
    format!("/console/rules/{id}?division={division}")
}
