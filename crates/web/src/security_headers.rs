//! Headers that every answer carries: what the browser may load, where the page may be framed, what is cached.

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use crate::state::WebState;

/// Policy of all pages: nothing from elsewhere, nothing inline.
const STRICT: &str = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; \
                      form-action 'self'; frame-ancestors 'none'";

/// Policy of pages with the rich-text editor, which writes `style` attributes; scripts stay strict.
const EDITOR: &str = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; \
                      object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Marks an answer as a page with the rich-text editor (set by [`crate::Page::with_editor`]).
#[derive(Debug, Clone, Copy)]
pub struct EditorPage;

/// Middleware that adds the headers; a handler that has set one keeps its own.
pub async fn security_headers(State(web): State<WebState>, request: Request, next: Next) -> Response {
    let console = request.uri().path().starts_with("/console");
    let mut response = next.run(request).await;
    let policy = if response.extensions().get::<EditorPage>().is_some() { EDITOR } else { STRICT };
    let mut set = |name: HeaderName, value: &'static str| {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, policy);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // `same-origin` and not `no-referrer`: the latter makes browsers send `Origin: null` with our own forms.
    set(header::REFERRER_POLICY, "same-origin");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=(), payment=()");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    if web.config.secure_cookies {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
    if console {
        set(header::CACHE_CONTROL, "no-store");
        response.headers_mut().append(header::VARY, HeaderValue::from_static("HX-Request, Cookie"));
    }
    response
}
