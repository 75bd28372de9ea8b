//! Pages of units: the tree, one unit, and forms for what may be done to it.

mod browse;
mod end;
mod import;
mod merge;
mod new;
mod options;
mod place;
mod rename;
mod show;

use axum::{
    Router,
    routing::{get, post},
};

use crate::{router::upload_limit, state::WebState};

/// Routes of this folder.
pub fn router(web: &WebState) -> Router<WebState> {
    Router::new()
        .route("/units", get(browse::list).post(new::create))
        .route("/units/new", get(new::form))
        .route("/units/import", get(import::form).post(import::preview).layer(upload_limit(web)))
        .route("/units/import/confirm", post(import::confirm).layer(upload_limit(web)))
        .route("/units/import/rejected", post(import::rejected).layer(upload_limit(web)))
        .route("/units/import/template", get(import::template))
        .route("/units/{id}", get(show::show))
        .route("/units/{id}/rename", get(rename::name_form).post(rename::rename))
        .route("/units/{id}/edit", get(rename::facts_form).post(rename::change))
        .route("/units/{id}/move", get(place::form).post(place::move_to))
        .route("/units/{id}/merge", get(merge::form).post(merge::merge))
        .route("/units/{id}/deactivate", get(end::form).post(end::deactivate))
        .route("/units/{id}/reactivate", post(end::reactivate))
}
