//! Editions (版本) in the console: started, written, read, compared, sent on their way.
//!
//! The page of a draft is **one** form. Uploading a file, taking one off, screening, adopting a suggestion and
//! submitting are buttons of that form, so each of them first saves what was typed ([`save`]); nobody loses a sentence
//! to a button, with or without JavaScript.

mod act;
mod autosave;
mod compare;
mod draft_form;
mod edit;
mod edit_view;
mod fields;
pub(crate) mod intent;
mod new;
mod picture;
mod presence;
mod save;
mod show;
pub mod view;

use axum::{
    Router,
    routing::{get, post},
};

use crate::{router::upload_limit, state::WebState};

/// Routes of this folder.
pub fn router(web: &WebState) -> Router<WebState> {
    Router::new()
        .route("/resources/new", get(new::new))
        .route("/resources", post(new::create))
        .route("/editions/{id}", get(show::show).post(save::save).layer(upload_limit(web)))
        .route("/editions/{id}/edit", get(edit::edit))
        .route("/editions/{id}/autosave", post(autosave::autosave))
        .route("/editions/{id}/presence", post(presence::presence))
        .route("/editions/{id}/pictures", post(picture::upload).layer(upload_limit(web)))
        .route("/editions/{id}/compare", get(compare::compare))
        .route("/editions/{id}/withdraw", post(act::withdraw))
        .route("/editions/{id}/discard", post(act::discard))
        .route("/editions/{id}/revise", post(act::revise))
}
