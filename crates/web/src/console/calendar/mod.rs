//! The calendar of working days (工作日历) in the console: a year to look at, and two people who enter a new one.

mod entry;
mod local_day;
mod show;
mod upload;

use axum::{
    Router,
    routing::{get, post},
};

use crate::{router::upload_limit, state::WebState};

/// Routes of this folder.
pub fn router(web: &WebState) -> Router<WebState> {
    Router::new()
        .route("/calendar", get(show::show))
        .route("/calendar/upload", get(upload::form).post(upload::upload).layer(upload_limit(web)))
        .route("/calendar/local-days", get(local_day::form).post(local_day::propose))
        .route("/calendar/entries/{id}/decide", post(entry::decide))
}
