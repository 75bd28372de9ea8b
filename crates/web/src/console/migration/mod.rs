//! Migrations (网站迁移) in the console: an old site is collected, set against new columns, tried, reviewed, taken live.

mod act;
mod addresses;
mod columns;
mod frame;
mod learn;
mod list;
mod new;
mod old_page;
mod original;
mod pages;
mod report;
mod review;
mod show;
mod trial;

use axum::{
    Router,
    routing::{get, post},
};

use crate::{router::upload_limit, state::WebState};

/// Routes of this folder.
pub fn router(web: &WebState) -> Router<WebState> {
    Router::new()
        .route("/migrations", get(list::list).post(new::create).layer(upload_limit(web)))
        .route("/migrations/new", get(new::form))
        .route("/migrations/{id}", get(show::show))
        .route("/migrations/{id}/stop", post(act::stop))
        .route("/migrations/{id}/resume", post(act::resume))
        .route("/migrations/{id}/collect", post(act::collect_again))
        .route("/migrations/{id}/abandon", get(act::ask_abandon).post(act::abandon))
        .route("/migrations/{id}/trial", get(trial::show).post(act::start_trial))
        .route("/migrations/{id}/submit", post(act::submit))
        .route("/migrations/{id}/live", post(act::go_live))
        .route("/migrations/{id}/finish", post(act::finish))
        .route("/migrations/{id}/columns", get(columns::show).post(columns::save))
        .route("/migrations/{id}/pages", get(pages::list).post(pages::decide))
        .route("/migrations/{id}/source", post(pages::fill_source))
        .route("/migrations/{id}/pages/{page}", get(old_page::show).post(old_page::correct))
        .route("/migrations/{id}/pages/{page}/fate", post(old_page::decide))
        .route("/migrations/{id}/pages/{page}/checks", post(old_page::check))
        .route("/migrations/{id}/pages/{page}/original", get(original::original))
        .route("/migrations/{id}/learn", get(learn::form).post(learn::learn))
        .route("/migrations/{id}/review", get(review::show).post(review::pass_rest))
        .route("/migrations/{id}/addresses", get(addresses::list))
        .route("/migrations/{id}/reports/{kind}", get(report::report))
}
