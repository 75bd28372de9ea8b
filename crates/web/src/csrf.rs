//! Refuses requests that another site makes in a person's name. Two checks, both must hold:
//! the browser says the request comes from our own pages, and the form carries the token of this session.

use std::sync::Arc;

use axum::{
    Form,
    body::Body,
    extract::{FromRequest, Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use bytes::{Bytes, BytesMut};
use futures::{StreamExt, stream};
use serde::Serialize;

use crate::{error::Problem, mac, state::WebState, visit::Visit};

/// Name of the hidden field; `{{ csrf_field() }}` writes it.
pub const FIELD: &str = "csrf_token";
/// Name of the header that our script adds to htmx requests.
pub const HEADER: &str = "x-csrf-token";
/// In an upload the field must come before the files, within this many bytes.
const PEEK: usize = 64 << 10;

/// Middleware for all console routes.
pub async fn csrf(State(web): State<WebState>, request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return next.run(request).await;
    }
    if !from_own_pages(request.headers(), &web.config.base_url) {
        return refuse("这个请求来自别的网站，已拒绝。请从本平台的页面重新操作。");
    }
    let visit = request.extensions().get::<Arc<Visit>>().cloned();
    let expected = visit.map(|visit| visit.csrf_token()).unwrap_or_default();
    // Before the login there is no session to steal; the check above is what protects the login form.
    if expected.is_empty() {
        return next.run(request).await;
    }
    if let Some(sent) = request.headers().get(HEADER).and_then(|value| value.to_str().ok()) {
        return if mac::same(sent, &expected) { next.run(request).await } else { refuse(STALE) };
    }
    let found = match token_in_body(request, web.config.form_limit).await {
        Ok(found) => found,
        Err(status) => return Problem::of_status(status).into_bare_response(),
    };
    let mut response = match found.token {
        Some(sent) if mac::same(&sent, &expected) => next.run(found.request).await,
        _ => refuse(STALE),
    };
    // The session may have ended while somebody was typing: the error page shows what was typed, to be copied.
    if matches!(response.status(), StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
        response.extensions_mut().insert(Kept::of(found.fields).await);
    }
    response
}

const STALE: &str = "页面已过期（可能已重新登录）。请先复制下面您填写的内容，再打开原来的页面重新提交。";

/// What was typed into a form that could not be accepted; shown on the error page so that nothing is lost.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Kept(pub Vec<KeptField>);

/// One field of [`Kept`].
#[derive(Debug, Clone, Serialize)]
pub struct KeptField {
    /// Name in the form.
    pub name: String,
    /// What was typed.
    pub value: String,
}

impl Kept {
    /// Leaves out the token, secrets, and short hidden values such as ids.
    async fn of(body: Bytes) -> Self {
        let request =
            Request::post("/").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(body));
        let Ok(request) = request else { return Self::default() };
        let Ok(Form(pairs)) = Form::<Vec<(String, String)>>::from_request(request, &()).await else {
            return Self::default();
        };
        let typed = |name: &str, value: &str| {
            name != FIELD && !name.contains("password") && !name.contains("code") && value.chars().count() >= 10
        };
        let fields = pairs.into_iter().filter(|(name, value)| typed(name, value));
        Self(fields.map(|(name, value)| KeptField { name, value }).collect())
    }
}

fn refuse(message: &str) -> Response {
    Problem::new(StatusCode::FORBIDDEN, "csrf", "页面已过期", message).into_bare_response()
}

/// True when the browser says so, or when the caller is no browser at all (it then still needs the token).
fn from_own_pages(headers: &HeaderMap, base_url: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = text("origin") else { return true };
    let host = text("host").unwrap_or("");
    origin == base_url.trim_end_matches('/') || origin.split_once("://").is_some_and(|(_, from)| from == host)
}

/// What [`token_in_body`] found.
struct Found {
    /// The request with its whole body.
    request: Request,
    token: Option<String>,
    /// The body of an ordinary form; empty for uploads.
    fields: Bytes,
}

/// Finds the token without losing a byte of the body for the handler.
async fn token_in_body(request: Request, limit: usize) -> Result<Found, StatusCode> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let multipart = kind.starts_with("multipart/form-data");
    if !multipart && !kind.starts_with("application/x-www-form-urlencoded") {
        return Ok(Found { request, token: None, fields: Bytes::new() });
    }
    let (parts, body) = request.into_parts();
    if multipart {
        let (token, body) = peek_multipart(body).await?;
        return Ok(Found { request: Request::from_parts(parts, body), token, fields: Bytes::new() });
    }
    let bytes = axum::body::to_bytes(body, limit).await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    let token = bytes
        .split(|byte| *byte == b'&')
        .find_map(|pair| pair.strip_prefix(FIELD.as_bytes())?.strip_prefix(b"="))
        .and_then(|value| String::from_utf8(value.to_vec()).ok());
    Ok(Found { request: Request::from_parts(parts, Body::from(bytes.clone())), token, fields: bytes })
}

async fn peek_multipart(body: Body) -> Result<(Option<String>, Body), StatusCode> {
    let mut chunks = body.into_data_stream();
    let mut seen = BytesMut::new();
    let mut token = None;
    while token.is_none() && seen.len() < PEEK {
        let Some(chunk) = chunks.next().await else { break };
        seen.extend_from_slice(&chunk.map_err(|_| StatusCode::BAD_REQUEST)?);
        token = multipart_token(&seen);
    }
    let first: Result<Bytes, axum::Error> = Ok(seen.freeze());
    Ok((token, Body::from_stream(stream::iter([first]).chain(chunks))))
}

/// The value of the token field, once all of it has arrived.
fn multipart_token(seen: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(seen);
    let after = text.split_once(&format!("name=\"{FIELD}\""))?.1;
    let value = after.split_once("\r\n\r\n")?.1.split_once("\r\n")?.0;
    Some(value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn only_our_own_pages_may_post() {
        let own = |pairs: &[(&'static str, &'static str)]| from_own_pages(&headers(pairs), "https://gov.example");
        assert!(own(&[("sec-fetch-site", "same-origin")]));
        assert!(!own(&[("sec-fetch-site", "cross-site")]));
        assert!(!own(&[("sec-fetch-site", "same-site"), ("origin", "https://gov.example")]));
        assert!(own(&[("origin", "https://gov.example")]));
        assert!(own(&[("origin", "http://10.0.0.1:8080"), ("host", "10.0.0.1:8080")]));
        assert!(!own(&[("origin", "https://evil.example"), ("host", "gov.example")]));
        assert!(!own(&[("origin", "null"), ("host", "gov.example")]));
    }

    #[tokio::test]
    async fn a_token_split_over_chunks_is_found_and_the_body_stays_whole() {
        let text = "--x\r\nContent-Disposition: form-data; name=\"csrf_token\"\r\n\r\nabc123\r\n--x\r\nrest";
        let chunks = text.as_bytes().chunks(7).map(|part| Ok::<_, axum::Error>(Bytes::copy_from_slice(part)));
        let body = Body::from_stream(stream::iter(chunks.collect::<Vec<_>>()));
        let (token, body) = peek_multipart(body).await.unwrap();
        assert_eq!(token.as_deref(), Some("abc123"));
        assert_eq!(axum::body::to_bytes(body, usize::MAX).await.unwrap(), text);
    }
}
