//! `GET /console/migrations/{id}/pages/{page}/original`: another site's page, shown where nothing of it can run.

use app::migration::Original;
use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Response},
};
use domain::ids::{MigrationId, OldPageId};

use crate::{Page, WebResult, error_page::percent_encode, view};

/// Nothing runs, nothing is loaded; only our own pages may frame it.
const POLICY: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";

/// Pages as text in UTF-8, records as a page of their fields, everything else to be saved.
pub async fn original(page: Page, Path((id, old)): Path<(MigrationId, OldPageId)>) -> WebResult {
    match app::migration::original_shown(page.app(), &page.actor, id, old).await? {
        Original::Page(html) => Ok(framed(html)),
        Original::Record { title, fields, html } => {
            let view = view! { title, fields, html };
            let html = page.web.templates.render("console/migration/record.html", view);
            Ok(framed(html.map_err(crate::WebError::internal)?))
        }
        Original::File { name, media_type, bytes } => {
            let disposition = format!("attachment; filename=\"file\"; filename*=UTF-8''{}", percent_encode(&name));
            let octets = HeaderValue::from_static("application/octet-stream");
            let headers = [
                (header::CONTENT_TYPE, HeaderValue::try_from(media_type).unwrap_or(octets)),
                (
                    header::CONTENT_DISPOSITION,
                    HeaderValue::try_from(disposition).unwrap_or(HeaderValue::from_static("attachment")),
                ),
                (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
            ];
            Ok((headers, bytes).into_response())
        }
    }
}

fn framed(html: String) -> Response {
    let headers = [
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN")),
    ];
    (headers, Html(html)).into_response()
}
