//! All routes and the layers around them, from the outside in: request id → log → security headers → facts about the
//! visit → error pages → catch panics → (console only) host check and CSRF → handler.

use std::time::Duration;

use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, Request},
    http::{HeaderValue, StatusCode, Uri},
    middleware,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use tower_http::{
    catch_panic::CatchPanicLayer,
    request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    trace::TraceLayer,
};
use tracing::Span;

use crate::{
    api, assets, console, error::Problem, error_page, portal, refuse_nul, security_headers, state::WebState, visit,
};

/// The whole web face. Serve it with `into_make_service_with_connect_info::<SocketAddr>()`.
pub fn router(web: WebState) -> Router {
    let ids = RequestIds(web.clone());
    Router::new()
        .nest("/console", console::router(&web))
        .nest("/api", api::router())
        .route("/assets/{name}", get(assets::serve))
        .fallback(unknown)
        .method_not_allowed_fallback(wrong_method)
        .layer(CatchPanicLayer::custom(error_page::panicked))
        .layer(middleware::from_fn_with_state(web.clone(), error_page::error_pages))
        .layer(middleware::from_fn_with_state(web.clone(), visit::visit))
        .layer(middleware::from_fn_with_state(web.clone(), portal::portal_first))
        .layer(middleware::from_fn(refuse_nul::refuse_nul))
        .layer(middleware::from_fn_with_state(web.clone(), security_headers::security_headers))
        .layer(DefaultBodyLimit::max(web.config.form_limit))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(span)
                .on_request(())
                .on_response(|response: &Response, took: Duration, _: &Span| {
                    let (status, millis) = (response.status().as_u16(), took.as_millis());
                    tracing::info!(status, millis = u64::try_from(millis).unwrap_or(u64::MAX), "http.answered");
                })
                .on_failure(()),
        )
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(SetRequestIdLayer::x_request_id(ids))
        .with_state(web)
}

/// Raises the body limit for an upload route: `post(upload).layer(upload_limit(web))`.
pub fn upload_limit(web: &WebState) -> DefaultBodyLimit {
    DefaultBodyLimit::max(web.config.upload_limit)
}

async fn unknown(uri: Uri) -> Response {
    let path = uri.path();
    if path.starts_with("/console/") && path.ends_with('/') {
        return Redirect::permanent(path.trim_end_matches('/')).into_response();
    }
    Problem::of_status(StatusCode::NOT_FOUND).into_bare_response()
}

async fn wrong_method() -> Response {
    Problem::of_status(StatusCode::METHOD_NOT_ALLOWED).into_bare_response()
}

/// Request ids come from the injected id source, so that tests can foresee them.
#[derive(Clone)]
struct RequestIds(WebState);

impl MakeRequestId for RequestIds {
    fn make_request_id<B>(&mut self, _request: &axum::http::Request<B>) -> Option<RequestId> {
        let id = self.0.app.ids.uuid().simple().to_string();
        HeaderValue::try_from(id).ok().map(RequestId::new)
    }
}

fn span(request: &Request) -> Span {
    let id = request.headers().get("x-request-id").and_then(|value| value.to_str().ok()).unwrap_or("-");
    // The path pattern, not the path: addresses may hold search words and other personal data.
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str);
    tracing::info_span!("http", method = %request.method(), route, request_id = id)
}
