//! Addresses of old sites that moved in: a link that somebody printed ten years ago goes on answering.

use app::{AppResult, old_address::Answer};
use axum::{
    body::Body,
    http::{HeaderValue, Method, Response, StatusCode, header, request::Parts},
};
use domain::ids::SiteId;

use super::{address::host_name, answer, plain_page, state::PortalState};

/// The answer to a request that no page of today answers; `None` when it was never an address of an old site. `site` is
/// the one whose domain was asked.
pub(super) async fn answered(
    portal: &PortalState,
    request: &Parts,
    host: &str,
    site: Option<SiteId>,
) -> AppResult<Option<Response<Body>>> {
    let table = portal.table();
    let name = host_name(host);
    if !table.old_hosts().contains(&name) {
        return Ok(None);
    }
    let asked = request.uri.path_and_query().map_or("/", |asked| asked.as_str());
    let Some(found) = app::old_address::answer(portal.app(), &name, asked, site).await? else { return Ok(None) };
    let method = &request.method;
    if method == Method::GET {
        portal.hits().count(found.id());
    }
    Ok(Some(match found {
        Answer::Moved { site, path, .. } => {
            let path = path.strip_suffix("index.html").unwrap_or(&path);
            let path = path.split('/').map(crate::error_page::percent_encode).collect::<Vec<_>>().join("/");
            match table.by_id(site) {
                Some(routes) if routes.site.domain.as_str() != name => {
                    // The site of today has a name of its own; the port stays the one that was asked.
                    let port = host.rsplit_once(':').map_or("", |(_, port)| port);
                    let colon = if port.is_empty() { "" } else { ":" };
                    answer::moved(&format!("//{}{colon}{port}/{path}", routes.site.domain))
                }
                _ => answer::moved(&format!("/{path}")),
            }
        }
        Answer::ArchivedPage { title, html, day, address, .. } => {
            answer::archived_page(method, plain_page::archived(&title, &html, day, &address))
        }
        Answer::ArchivedFile { name, media_type, bytes, .. } => {
            answer::archived_file(method, &name, &media_type, bytes)
        }
        Answer::Gone { title, reason, .. } => answer::page(StatusCode::GONE, method, plain_page::gone(&title, &reason)),
    }))
}

/// Marks an answer as one of an archive, for machines.
pub(super) fn mark_archived(response: &mut Response<Body>) {
    response.headers_mut().insert(header::HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
}
