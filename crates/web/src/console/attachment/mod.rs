//! Files of editions: shown and downloaded in the console by those who may see the edition. Uploading and removing
//! belong to the draft's form, so that nothing typed is lost.

pub mod address;

use axum::{
    Router,
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::ids::AttachmentId;

use crate::{console::page::Page, error::WebResult, error_page::percent_encode, state::WebState};

/// Routes of this file.
pub fn router() -> Router<WebState> {
    Router::new().route("/attachments/{id}", get(show))
}

async fn show(page: Page, Path(id): Path<AttachmentId>) -> WebResult {
    let file = app::attachment::download(page.app(), &page.actor, id).await?;
    Ok(answer(&file.attachment.file_name, &file.attachment.media_type, file.bytes))
}

/// Pictures are shown, everything else is saved; nothing may run as a page of ours.
fn answer(file_name: &str, media_type: &str, bytes: bytes::Bytes) -> Response {
    let kind = if media_type.starts_with("image/") { "inline" } else { "attachment" };
    let disposition = format!("{kind}; filename=\"file\"; filename*=UTF-8''{}", percent_encode(file_name));
    let fallback = HeaderValue::from_static("attachment");
    let disposition = HeaderValue::try_from(disposition).unwrap_or(fallback);
    let octets = HeaderValue::from_static("application/octet-stream");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::try_from(media_type).unwrap_or(octets)),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    ];
    (headers, bytes).into_response()
}
