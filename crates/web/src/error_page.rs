//! Gives every refusal its body: a full page, a fragment for htmx, JSON for the interface, a redirect to the login.

use std::{any::Any, sync::Arc};

use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Redirect, Response},
};
use minijinja::context;
use serde_json::json;

use crate::{console::page, csrf::Kept, error::Problem, state::WebState, view, visit::Visit};

/// Middleware: looks at answers of 400 and above and writes what people should read.
pub async fn error_pages(State(web): State<WebState>, request: Request, next: Next) -> Response {
    let Some(visit) = request.extensions().get::<Arc<Visit>>().cloned() else {
        return next.run(request).await;
    };
    let reading = request.method().is_safe();
    let response = next.run(request).await;
    let status = response.status();
    if status.as_u16() < 400 {
        return response;
    }
    let problem = match response.extensions().get::<Problem>() {
        Some(problem) => problem.clone(),
        // A page that a handler has rendered itself (a form with its problems) stays as it is.
        None if written_by_handler(&response) => return response,
        None => Problem::of_status(status),
    };
    // Headers such as Retry-After and Allow are kept; only the body is ours.
    let kept = response.extensions().get::<Kept>().cloned().unwrap_or_default();
    let mut page = body(&web, &visit, &problem, &kept, reading);
    for (name, value) in response.headers() {
        if ![header::CONTENT_TYPE, header::CONTENT_LENGTH].contains(name) {
            page.headers_mut().append(name, value.clone());
        }
    }
    page
}

/// The answer when a handler panics; the panic itself is in the log.
pub fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    tracing::error!(panic = text, "request.panicked");
    Problem::of_status(StatusCode::INTERNAL_SERVER_ERROR).into_bare_response()
}

fn written_by_handler(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    kind.starts_with("text/html") || kind.starts_with("application/")
}

fn body(web: &WebState, visit: &Visit, problem: &Problem, kept: &Kept, reading: bool) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if visit.path.starts_with("/api/") {
        let error = json!({
            "code": problem.code, "message": problem.message, "fields": problem.fields, "request_id": visit.request_id,
        });
        return (status, Json(json!({ "error": error }))).into_response();
    }
    let console = visit.path == "/console" || visit.path.starts_with("/console/");
    if console && status == StatusCode::UNAUTHORIZED && reading {
        return to_login(visit);
    }
    let context = view! { problem => problem, kept => kept };
    let template = match (console, visit.htmx) {
        (true, true) => "console/error_fragment.html",
        (true, false) => "console/error.html",
        (false, _) => "error.html",
    };
    let layout = page::base_context(web, visit);
    match web.templates.render(template, context! { ..context, ..layout }) {
        Ok(html) => {
            let mut response = (status, Html(html)).into_response();
            if visit.htmx {
                // Refusals land in the message area, never in the middle of the list that was being refreshed.
                let headers = response.headers_mut();
                headers.insert(HeaderName::from_static("hx-retarget"), HeaderValue::from_static("#messages"));
                headers.insert(HeaderName::from_static("hx-reswap"), HeaderValue::from_static("innerHTML"));
                headers.insert(HeaderName::from_static("hx-reselect"), HeaderValue::from_static("unset"));
            }
            response
        }
        Err(error) => {
            tracing::error!(error = %format!("{error:#}"), "template.failed");
            (status, format!("{}\n{}", problem.title, problem.message)).into_response()
        }
    }
}

/// A redirect to the login page that leads back here; for htmx the whole page goes there.
fn to_login(visit: &Visit) -> Response {
    let next: String = percent_encode(&visit.uri);
    let target = format!("/console/login?next={next}");
    if visit.htmx {
        let location = HeaderValue::try_from(target).unwrap_or(HeaderValue::from_static("/console/login"));
        return (StatusCode::UNAUTHORIZED, [(HeaderName::from_static("hx-redirect"), location)]).into_response();
    }
    Redirect::to(&target).into_response()
}

/// Percent-encodes everything but unreserved characters.
pub fn percent_encode(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}
