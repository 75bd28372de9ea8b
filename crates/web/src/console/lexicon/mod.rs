//! Lexicons (词库) in the console: packs, their words, proposing changes, and the second person.

mod change;
mod import;
mod pack;
mod propose;

use axum::{
    Router,
    routing::{get, post},
};

use crate::{router::upload_limit, state::WebState};

/// Routes of this folder.
pub fn router(web: &WebState) -> Router<WebState> {
    Router::new()
        .route("/lexicons", get(pack::list).post(pack::create))
        .route("/lexicons/new", get(pack::new))
        .route("/lexicons/{id}", get(pack::show))
        .route("/lexicons/{id}/propose", get(propose::form).post(propose::propose))
        .route("/lexicons/{id}/settings", get(propose::settings_form).post(propose::settings))
        .route("/lexicons/{id}/import", get(import::form).post(import::import).layer(upload_limit(web)))
        .route("/lexicons/{id}/export", post(pack::export))
        .route("/lexicons/{id}/entries/{key}", get(pack::entry))
        .route("/lexicons/{id}/entries/{key}/reveal", post(pack::reveal))
        .route("/lexicon-changes", get(change::list))
        .route("/lexicon-changes/{id}", get(change::show))
        .route("/lexicon-changes/{id}/decide", post(change::decide))
        .route("/lexicon-changes/{id}/submit", post(change::submit))
        .route("/lexicon-changes/{id}/withdraw", post(change::withdraw))
        .route("/lexicon-changes/{id}/try", post(change::try_out))
        .route("/lexicon-changes/{id}/reveal", post(change::reveal))
        .route("/lexicon-changes/{id}/rejected", get(change::rejected))
}

/// Address of a change set.
fn change_path(id: domain::ids::LexiconChangeId) -> String {
    format!("/console/lexicon-changes/{id}")
}
