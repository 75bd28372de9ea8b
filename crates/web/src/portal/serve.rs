//! The one handler of the portal.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, Method, Response, StatusCode, Uri, header, request::Parts},
    middleware::Next,
};
use domain::{ids::SiteId, site::SiteState};

use super::{
    address::{Asked, asked, host_name},
    answer, old_address, plain_page,
    routes::{Entry, SiteRoutes},
    state::PortalState,
};
use crate::state::WebState;

/// The portal alone, for a node that serves nothing else.
pub fn portal_router(portal: PortalState) -> Router {
    Router::new().fallback(serve).with_state(portal)
}

/// Middleware: answers what belongs to the portal, and passes on the rest. A site's domain belongs to its site
/// altogether; elsewhere the list of sites and `/sites/…` do.
pub async fn portal_first(State(web): State<WebState>, request: Request, next: Next) -> Response<Body> {
    let host = host_of(request.headers(), request.uri());
    let name = host_name(host);
    let console = web.config.console_host.as_deref().is_some_and(|console| host_name(console) == name);
    let table = web.portal.table();
    // An old site that had the name of the platform (both on one machine) does not take the staff's pages away.
    let staff = web.config.own_name() == name && of_the_staff(request.uri().path());
    let old = table.old_hosts().contains(&name) && !staff;
    if console || (!old && matches!(asked(&table, host, request.uri().path()), Asked::Nothing)) {
        return next.run(request).await;
    }
    let (request, _) = request.into_parts();
    answer_to(&web.portal, &request).await
}

/// A path that the router keeps for itself.
fn of_the_staff(path: &str) -> bool {
    ["/console", "/api", "/assets"]
        .iter()
        .any(|own| path.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

async fn serve(State(portal): State<PortalState>, request: Request) -> Response<Body> {
    // The body of a request is of no interest, and not fit to be looked at from several threads.
    let (request, _) = request.into_parts();
    answer_to(&portal, &request).await
}

async fn answer_to(portal: &PortalState, request: &Parts) -> Response<Body> {
    let method = &request.method;
    if method != Method::GET && method != Method::HEAD {
        let mut response = answer::page(StatusCode::METHOD_NOT_ALLOWED, method, plain_page::nothing_here());
        response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let host = host_of(&request.headers, &request.uri);
    let table = portal.table();
    match asked(&table, host, request.uri.path()) {
        Asked::Index | Asked::Nothing if table.old_hosts().contains(&host_name(host)) => {
            old_or(portal, request, host, None, || {
                answer::page(StatusCode::NOT_FOUND, method, plain_page::nothing_here())
            })
            .await
        }
        Asked::Index => {
            answer::page(StatusCode::OK, method, plain_page::index(table.sites().map(|routes| &routes.site)))
        }
        Asked::Nothing => answer::page(StatusCode::NOT_FOUND, method, plain_page::nothing_here()),
        Asked::AddSlash => answer::moved(&with_slash(request)),
        Asked::Page(site, inside) => page(portal, &site, &inside, request).await,
    }
}

/// What an address of an old site answers, or else `other`.
async fn old_or(
    portal: &PortalState,
    request: &Parts,
    host: &str,
    site: Option<SiteId>,
    other: impl FnOnce() -> Response<Body>,
) -> Response<Body> {
    match old_address::answered(portal, request, host, site).await {
        Ok(Some(response)) => response,
        Ok(None) => other(),
        Err(error) => {
            tracing::error!(%error, "portal.old_address_failed");
            answer::page(StatusCode::SERVICE_UNAVAILABLE, &request.method, plain_page::fault())
        }
    }
}

async fn page(portal: &PortalState, site: &SiteRoutes, inside: &str, request: &Parts) -> Response<Body> {
    let (method, headers) = (&request.method, &request.headers);
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
    if entry.is_none()
        && !inside.is_empty()
        && !inside.ends_with('/')
        && site.get(&format!("{inside}/index.html")).is_some()
    {
        return answer::moved(&with_slash(request));
    }
    if entry.is_none() {
        let host = host_of(headers, &request.uri);
        match old_address::answered(portal, request, host, Some(site.site.id)).await {
            Ok(Some(response)) => return response,
            Ok(None) => {}
            Err(error) => tracing::error!(%error, "portal.old_address_failed"),
        }
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

fn host_of<'a>(headers: &'a HeaderMap, uri: &'a Uri) -> &'a str {
    headers.get(header::HOST).and_then(|host| host.to_str().ok()).or(uri.host()).unwrap_or_default()
}

/// The same address with a slash after its path. Only for paths that are in the table, so it never leads elsewhere.
fn with_slash(request: &Parts) -> String {
    let uri = &request.uri;
    match uri.query() {
        Some(query) => format!("{}/?{query}", uri.path()),
        None => format!("{}/", uri.path()),
    }
}

#[cfg(test)]
mod tests {
    use super::of_the_staff;

    #[test]
    fn the_staffs_own_paths_are_told_by_whole_folders() {
        for path in ["/console", "/console/login", "/api/v1/resources", "/assets/console.css"] {
            assert!(of_the_staff(path), "{path}");
        }
        for path in ["/", "/consoles.htm", "/apiary/1.htm", "/zwdt/console/1.htm"] {
            assert!(!of_the_staff(path), "{path}");
        }
    }
}
