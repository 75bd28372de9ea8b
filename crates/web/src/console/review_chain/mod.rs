//! Review chains (审核链) in the console: which steps apply where, and who may change them.

mod form;
mod list;

use axum::{
    Router,
    routing::{get, post},
};

use crate::state::WebState;

/// Routes of this folder.
pub fn router() -> Router<WebState> {
    Router::new()
        .route("/review-chains", get(list::list).post(form::configure))
        .route("/review-chains/new", get(form::new))
        .route("/review-chains/{id}/retire", post(list::retire))
}
