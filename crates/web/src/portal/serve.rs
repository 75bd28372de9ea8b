//! The one handler of the portal.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{Method, Response, StatusCode, header},
};
use domain::site::SiteState;

use super::{
    address::{Asked, asked},
    answer, plain_page,
    routes::{Entry, SiteRoutes},
    state::PortalState,
};

/// The portal as a router; use it as the fallback of everything else.
pub fn portal_router(portal: PortalState) -> Router {
    Router::new().fallback(serve).with_state(portal)
}

async fn serve(State(portal): State<PortalState>, request: Request) -> Response<Body> {
    let method = request.method();
    if method != Method::GET && method != Method::HEAD {
        let mut response = answer::page(StatusCode::METHOD_NOT_ALLOWED, method, plain_page::nothing_here());
        response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let uri = request.uri();
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).or(uri.host()).unwrap_or_default();
    let table = portal.table();
    match asked(&table, host, uri.path()) {
        Asked::Index => answer::page(StatusCode::OK, method, plain_page::index(table.sites().map(|routes| &routes.site))),
        Asked::Nothing => answer::page(StatusCode::NOT_FOUND, method, plain_page::nothing_here()),
        Asked::AddSlash => answer::moved(&with_slash(&request)),
        Asked::Page(site, inside) => page(&portal, &site, &inside, &request).await,
    }
}

async fn page(portal: &PortalState, site: &SiteRoutes, inside: &str, request: &Request) -> Response<Body> {
    let (method, headers) = (request.method(), request.headers());
    let down = match site.site.state {
        SiteState::Live if site.number > 0 => None,
        SiteState::Live | SiteState::Preparing => Some(StatusCode::NOT_FOUND),
        SiteState::Suspended => Some(StatusCode::SERVICE_UNAVAILABLE),
        SiteState::Closed => Some(StatusCode::GONE),
    };
    if let Some(status) = down {
        return answer::page(status, method, plain_page::not_live(&site.site));
    }
    let entry: Option<&Arc<Entry>> = match inside {
        "" => site.get(render::path::HOME),
        folder if folder.ends_with('/') => site.get(&format!("{folder}index.html")),
        path => site.get(path),
    };
    if entry.is_none() && !inside.is_empty() && !inside.ends_with('/') && site.get(&format!("{inside}/index.html")).is_some() {
        return answer::moved(&with_slash(request));
    }
    let Some(entry) = entry.or_else(|| site.get(render::path::NOT_FOUND)) else {
        return answer::page(StatusCode::NOT_FOUND, method, plain_page::nothing_here());
    };
    match answer::standing(portal, entry, inside, method, headers).await {
        Ok(response) => response,
        Err(error) => {
            tracing::error!(%error, site = %site.site.slug, path = inside, "portal.page_failed");
            answer::page(StatusCode::SERVICE_UNAVAILABLE, method, plain_page::fault())
        }
    }
}

/// The same address with a slash after its path. Only for paths that are in the table, so it never leads elsewhere.
fn with_slash(request: &Request) -> String {
    let uri = request.uri();
    match uri.query() {
        Some(query) => format!("{}/?{query}", uri.path()),
        None => format!("{}/", uri.path()),
    }
}
