//! From what stands at a path to an HTTP answer.

use app::{AppError, AppResult};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header},
};
use bytes::Bytes;

use super::{
    encoding::{Encoding, accepted, compressible},
    routes::Entry,
    state::PortalState,
};

/// Pages load nothing from elsewhere and run nothing inline.
const PAGE_POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
                           form-action 'self'; frame-ancestors 'self'";
/// Our own short pages carry their style in themselves and load nothing.
const PLAIN_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                            frame-ancestors 'self'";
/// A file of an editor runs nothing at all.
const FILE_POLICY: &str = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox";
/// An archived original: its pictures, and nothing else.
const ARCHIVE_POLICY: &str = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; base-uri 'none'; \
                              form-action 'none'; frame-ancestors 'self'";
const REVALIDATE: &str = "public, max-age=0, must-revalidate";
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// The answer to a request for what stands at a path.
pub(super) async fn standing(
    portal: &PortalState,
    entry: &Entry,
    inside: &str,
    method: &Method,
    headers: &HeaderMap,
) -> AppResult<Response<Body>> {
    let missing = || AppError::Internal(format!("bytes {} of {} are missing", entry.hash, entry.path));
    if entry.status == StatusCode::NOT_FOUND {
        let body = portal.bodies().get(portal.app(), &entry.hash).await?.ok_or_else(missing)?;
        let page = not_found_at(&body.plain(), inside);
        return Ok(finish(entry, method, page, None, None));
    }
    let encoding = accepted(headers).filter(|_| compressible(entry.media_type.to_str().unwrap_or_default()));
    if entry.status == StatusCode::OK && asks_for(headers, &entry.hash) {
        return Ok(not_modified(entry, encoding));
    }
    let body = portal.bodies().get(portal.app(), &entry.hash).await?.ok_or_else(missing)?;
    let compressed = match encoding {
        Some(encoding) => body.compressed(encoding).await.map(|bytes| (encoding, bytes)),
        None => None,
    };
    let tag =
        (entry.status == StatusCode::OK).then(|| tag(&entry.hash, compressed.as_ref().map(|(encoding, _)| *encoding)));
    Ok(match compressed {
        Some((encoding, bytes)) => finish(entry, method, bytes, Some(encoding), tag),
        None => finish(entry, method, body.plain(), None, tag),
    })
}

/// A short page of the portal itself.
pub(super) fn page(status: StatusCode, method: &Method, html: String) -> Response<Body> {
    let length = html.len();
    let body = if method == Method::HEAD { Body::empty() } else { Body::from(html) };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    guard(headers, PLAIN_POLICY);
    response
}

/// An archived original as a page.
pub(super) fn archived_page(method: &Method, html: String) -> Response<Body> {
    let mut response = page(StatusCode::OK, method, html);
    guard(response.headers_mut(), ARCHIVE_POLICY);
    super::old_address::mark_archived(&mut response);
    response
}

/// An archived file. It came from another server: only pictures and PDF are shown, and nothing in it runs.
pub(super) fn archived_file(method: &Method, name: &str, media_type: &str, bytes: Bytes) -> Response<Body> {
    let shown = matches!(media_type, "image/jpeg" | "image/png" | "image/gif" | "image/webp" | "application/pdf");
    let media_type = match media_type {
        "text/plain" | "text/csv" => "text/plain",
        other if shown || other.starts_with("application/vnd.") || other.starts_with("application/ms") => other,
        _ => "application/octet-stream",
    };
    let length = bytes.len();
    let mut response = Response::new(if method == Method::HEAD { Body::empty() } else { Body::from(bytes) });
    let headers = response.headers_mut();
    let media_type = HeaderValue::try_from(media_type).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, media_type);
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::CONTENT_DISPOSITION, named(if shown { "inline" } else { "attachment" }, name));
    guard(headers, FILE_POLICY);
    super::old_address::mark_archived(&mut response);
    response
}

/// A permanent redirect to an address of the same host.
pub(super) fn moved(location: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::MOVED_PERMANENTLY;
    if let Ok(location) = HeaderValue::try_from(location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

fn finish(
    entry: &Entry,
    method: &Method,
    bytes: Bytes,
    encoding: Option<Encoding>,
    tag: Option<HeaderValue>,
) -> Response<Body> {
    let length = bytes.len();
    let body = if method == Method::HEAD { Body::empty() } else { Body::from(bytes) };
    let mut response = Response::new(body);
    *response.status_mut() = entry.status;
    let headers = response.headers_mut();
    common(entry, headers);
    headers.insert(header::CONTENT_TYPE, entry.media_type.clone());
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding.as_str()));
    }
    if let Some(tag) = tag {
        headers.insert(header::ETAG, tag);
    }
    if entry.is_attachment {
        headers.insert(header::CONTENT_DISPOSITION, disposition(entry));
    }
    response
}

fn not_modified(entry: &Entry, encoding: Option<Encoding>) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    common(entry, headers);
    headers.insert(header::ETAG, tag(&entry.hash, encoding));
    response
}

fn common(entry: &Entry, headers: &mut HeaderMap) {
    // A theme file's name carries the hash of its bytes.
    let cache = match (entry.status, entry.path.starts_with("assets/")) {
        (StatusCode::OK, true) => FOR_EVER,
        (StatusCode::OK, false) => REVALIDATE,
        _ => "no-cache",
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    guard(headers, if entry.is_attachment { FILE_POLICY } else { PAGE_POLICY });
}

fn guard(headers: &mut HeaderMap, policy: &'static str) {
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    headers.insert(HeaderName::from_static("x-frame-options"), HeaderValue::from_static("SAMEORIGIN"));
}

/// The hash is the entity tag; each compressed form has its own.
fn tag(hash: &str, encoding: Option<Encoding>) -> HeaderValue {
    let text = match encoding {
        Some(encoding) => format!("\"{hash}-{}\"", encoding.as_str()),
        None => format!("\"{hash}\""),
    };
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("\"\""))
}

/// Does the browser hold these bytes already, in whatever form?
fn asks_for(headers: &HeaderMap, hash: &str) -> bool {
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|tag| {
            let tag = tag.trim().trim_start_matches("W/").trim_matches('"');
            tag == "*" || tag.strip_suffix("-br").or(tag.strip_suffix("-gzip")).unwrap_or(tag) == hash
        })
}

/// Pictures and PDF show in the browser, everything else is saved.
fn disposition(entry: &Entry) -> HeaderValue {
    let kind = entry.media_type.to_str().unwrap_or_default();
    let shown = (kind.starts_with("image/") && !kind.starts_with("image/svg")) || kind == "application/pdf";
    let name = entry.path.rsplit('/').next().unwrap_or_default();
    let how = if shown { "inline" } else { "attachment" };
    named(how, name)
}

fn named(how: &str, name: &str) -> HeaderValue {
    let encoded: String = crate::error_page::percent_encode(name);
    HeaderValue::try_from(format!("{how}; filename*=UTF-8''{encoded}"))
        .unwrap_or(HeaderValue::from_static("attachment"))
}

/// The stored page for unknown addresses with its links made right for this address.
fn not_found_at(stored: &[u8], inside: &str) -> Bytes {
    Bytes::from(render::not_found::for_request(&String::from_utf8_lossy(stored), inside))
}
