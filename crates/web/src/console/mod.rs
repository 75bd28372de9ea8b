//! The staff console. One file per noun; each has `pub fn router() -> Router<WebState>` merged below, with paths
//! relative to `/console`.

pub mod alarm;
pub mod appeal;
pub mod appointment;
pub mod attachment;
pub mod audit;
pub mod calendar;
pub mod clearance;
pub mod column;
pub mod deadline;
pub mod delegation;
pub mod desk;
pub mod edition;
pub mod exception;
pub mod import;
pub mod job;
pub mod layout;
pub mod lexicon;
pub mod library;
pub mod login;
pub mod migration;
pub mod page;
pub mod person;
pub mod placement;
pub mod precision;
pub mod profile;
pub mod recall;
pub mod release;
pub mod review;
pub mod review_chain;
pub mod rule;
pub mod session_state;
pub mod setting;
pub mod site;
pub mod stock;
pub mod styleguide;
pub mod token;
pub mod unit;
pub mod waiting;

use axum::{
    Router, extract::Request, extract::State, http::StatusCode, middleware, middleware::Next, response::Response,
};

use crate::{csrf, error::Problem, state::WebState};

/// All console routes.
pub fn router(web: &WebState) -> Router<WebState> {
    let mut routes = Router::new().merge(session_state::router());
    // One line per noun, in the order of the navigation.
    routes = routes
        .merge(desk::router())
        .merge(edition::router(web))
        .merge(library::router())
        .merge(attachment::router())
        .merge(review::router())
        .merge(review_chain::router())
        .merge(clearance::router())
        .merge(exception::router())
        .merge(appeal::router())
        .merge(precision::router());
    routes = routes
        .merge(site::router())
        .merge(column::router())
        .merge(placement::router())
        .merge(release::router())
        .merge(recall::router())
        .merge(import::router())
        .merge(migration::router(web));
    routes = routes.merge(rule::router()).merge(calendar::router(web)).merge(deadline::router());
    routes = routes.merge(lexicon::router(web)).merge(stock::router());
    routes = routes.merge(unit::router(web));
    routes = routes.merge(token::router());
    routes = routes.merge(job::router());
    routes = routes.merge(audit::router());
    routes = routes
        .merge(login::router())
        .merge(profile::router())
        .merge(delegation::router())
        .merge(person::router())
        .merge(appointment::router())
        .merge(alarm::router())
        .merge(setting::router());
    if web.config.styleguide {
        routes = routes.merge(styleguide::router());
    }
    routes
        .layer(middleware::from_fn_with_state(web.clone(), csrf::csrf))
        .layer(middleware::from_fn_with_state(web.clone(), right_host))
}

/// Hides the console from every host name but its own, when one is configured.
async fn right_host(State(web): State<WebState>, request: Request, next: Next) -> Response {
    let host = request.headers().get("host").and_then(|value| value.to_str().ok()).unwrap_or("");
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    match web.config.console_host.as_deref() {
        Some(wanted) if !wanted.eq_ignore_ascii_case(name) && !wanted.eq_ignore_ascii_case(host) => {
            Problem::of_status(StatusCode::NOT_FOUND).into_bare_response()
        }
        _ => next.run(request).await,
    }
}
