//! Reviews (审核) in the console: lists of what waits, the reviewer's page, decisions, remarks.

mod batch;
mod comment;
mod decide;
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
        .route("/reviews", get(list::waiting_for_me))
        .route("/reviews/owed", get(list::owed))
        .route("/reviews/batch", post(batch::pass))
        .route("/reviews/{id}", get(show::show))
        .route("/reviews/{id}/pass", post(decide::pass))
        .route("/reviews/{id}/return", post(decide::return_to_writer))
        .route("/reviews/{id}/urgent", post(decide::pass_urgently))
        .route("/reviews/{id}/make-up", post(decide::make_up))
        .route("/reviews/{id}/comments", post(comment::on_review))
        .route("/editions/{id}/comments", post(comment::on_edition))
        .route("/comments/{id}/resolve", post(comment::resolve))
}
