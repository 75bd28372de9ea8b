//! `/console/login`: password, then the second factor; `/console/logout`.
//!
//! The cookie is for the browser alone: not readable by scripts, not sent by other sites' forms, and only over TLS where
//! TLS is in front. Each step sets a new token.

use app::{AppError, session};
use axum::{
    Router,
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use serde::Deserialize;

use crate::{
    console::page::render_bare,
    error::{WebError, WebResult},
    form::Submitted,
    form_view::FormView,
    rate_limit::Purpose,
    state::{WebConfig, WebState},
    view,
    visit::{PendingPerson, SESSION_COOKIE, Visit, path_of_step},
};

/// Routes of this file.
pub fn router() -> Router<WebState> {
    Router::new()
        .route("/login", get(show).post(log_in))
        .route("/login/second-factor", get(ask_code).post(pass_code))
        .route("/logout", post(log_out))
}

/// The `Set-Cookie` value that gives the browser its token. It ends with the browser; the server ends it earlier.
pub fn session_cookie(config: &WebConfig, token: &str) -> HeaderValue {
    let secure = if config.secure_cookies { "; Secure" } else { "" };
    // The token is hexadecimal: always a valid header.
    HeaderValue::try_from(format!("{SESSION_COOKIE}={token}; Path=/console; HttpOnly; SameSite=Lax{secure}"))
        .unwrap_or(HeaderValue::from_static(""))
}

/// Where to go after the login: a page of the console, never another site and never the login itself.
pub fn safe_next(next: &str) -> &str {
    let plain = next.chars().all(|c| !c.is_control() && c != '\\') && !next.contains("//");
    let inside = next.strip_prefix("/console").is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    let looping = next.starts_with("/console/login") || next.starts_with("/console/logout");
    if plain && inside && !looping { next } else { "/console" }
}

#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

async fn show(State(web): State<WebState>, visit: Visit, Query(query): Query<Next>) -> WebResult {
    if visit.actor.is_some() {
        let path = visit.pending.map_or(safe_next(&query.next), |step| path_of_step(step));
        return Ok(Redirect::to(path).into_response());
    }
    let next = safe_next(&query.next).to_owned();
    let view = view! { next, form => FormView::blank() };
    render_bare(&web, &visit, StatusCode::OK, "console/login/password.html", view)
}

async fn log_in(State(web): State<WebState>, visit: Visit, headers: HeaderMap, submitted: Submitted) -> WebResult {
    let next = safe_next(submitted.text("next")).to_owned();
    let typed = session::Credential {
        login: submitted.text("login").to_owned(),
        // Not trimmed: a password may begin or end with a blank.
        password: submitted.all("password").first().copied().unwrap_or("").to_owned(),
    };
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or("");
    let outcome = match take_turn(&web, &visit) {
        Ok(()) => {
            let (origin, replaces) = (visit.origin("console"), visit.session_token.as_deref());
            session::log_in(&web.app, &typed, &origin, agent, replaces).await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(logged_in) => {
            let path = logged_in.pending.map_or_else(|| next.clone(), |step| with_next(path_of_step(step), &next));
            Ok(with_token(&web, &logged_in.token, Redirect::to(&path).into_response()))
        }
        Err(error) => {
            let (status, form) = refused(&FormView::blank().with("login", typed.login), error)?;
            render_bare(&web, &visit, status, "console/login/password.html", view! { next, form })
        }
    }
}

async fn ask_code(
    State(web): State<WebState>,
    visit: Visit,
    person: PendingPerson,
    Query(query): Query<Next>,
) -> WebResult {
    let next = safe_next(&query.next).to_owned();
    if person.pending != Some(session::Pending::SecondFactor) {
        return Ok(Redirect::to(&next).into_response());
    }
    let view = view! { next, name => person.actor.name, form => FormView::blank() };
    render_bare(&web, &visit, StatusCode::OK, "console/login/second_factor.html", view)
}

async fn pass_code(
    State(web): State<WebState>,
    visit: Visit,
    person: PendingPerson,
    submitted: Submitted,
) -> WebResult {
    let next = safe_next(submitted.text("next")).to_owned();
    let token = visit.session_token.as_deref().unwrap_or("");
    let outcome = match take_turn(&web, &visit) {
        Ok(()) => session::pass_second_factor(&web.app, token, submitted.text("code"), &visit.origin("console")).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(passed) => {
            let path = passed.pending.map_or_else(|| next.clone(), |step| with_next(path_of_step(step), &next));
            Ok(with_token(&web, &passed.token, Redirect::to(&path).into_response()))
        }
        Err(error) => {
            let (status, form) = refused(&FormView::blank(), error)?;
            let view = view! { next, name => person.actor.name, form };
            render_bare(&web, &visit, status, "console/login/second_factor.html", view)
        }
    }
}

async fn log_out(State(web): State<WebState>, visit: Visit) -> WebResult {
    if let Some(token) = visit.session_token.as_deref() {
        session::log_out(&web.app, token, &visit.origin("console")).await?;
    }
    let mut response = Redirect::to("/console/login").into_response();
    let gone = HeaderValue::from_static("zt_session=; Path=/console; Max-Age=0; HttpOnly; SameSite=Lax");
    response.headers_mut().append(header::SET_COOKIE, gone);
    Ok(response)
}

/// Adds the new token to an answer.
pub(super) fn with_token(web: &WebState, token: &str, mut response: Response) -> Response {
    response.headers_mut().append(header::SET_COOKIE, session_cookie(&web.config, token));
    response
}

fn with_next(path: &str, next: &str) -> String {
    if next == "/console" {
        path.to_owned()
    } else {
        format!("{path}?next={}", crate::error_page::percent_encode(next))
    }
}

fn take_turn(web: &WebState, visit: &Visit) -> Result<(), AppError> {
    web.limits
        .take(Purpose::Login, visit.address, web.app.now())
        .map_err(|seconds| AppError::TooMany(format!("登录尝试过于频繁，请 {seconds} 秒后再试。")))
}

/// The form again with what is wrong; faults of ours get their own page.
fn refused(form: &FormView, error: AppError) -> Result<(StatusCode, FormView), WebError> {
    let form = form.clone();
    match error {
        // Said once above the fields: which of them was wrong is nothing to tell a stranger.
        AppError::Invalid(problems) => {
            let messages: Vec<_> = problems.into_iter().map(|problem| problem.message).collect();
            Ok((StatusCode::UNPROCESSABLE_ENTITY, form.with_refusal(messages.join(" "))))
        }
        AppError::Conflict(message) => Ok((StatusCode::CONFLICT, form.with_refusal(message))),
        AppError::TooMany(message) => Ok((StatusCode::TOO_MANY_REQUESTS, form.with_refusal(message))),
        other => Err(WebError(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_the_console_are_gone_to_after_the_login() {
        for good in ["/console", "/console/people", "/console/people?q=%E7%A4%BA&page=2", "/console?x=1"] {
            assert_eq!(safe_next(good), good);
        }
        let bad = [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/consolex",
            "/console//evil.example",
            "/console/\\evil.example",
            "/console/login?next=/console",
            "/console/logout",
            "/",
            "javascript:alert(1)",
            "/console/\r\nSet-Cookie: a=b",
        ];
        for bad in bad {
            assert_eq!(safe_next(bad), "/console", "{bad:?}");
        }
    }

    #[test]
    fn the_cookie_is_for_the_browser_alone() {
        let plain = session_cookie(&WebConfig::default(), "ab12");
        assert_eq!(plain, "zt_session=ab12; Path=/console; HttpOnly; SameSite=Lax");
        let config = WebConfig { secure_cookies: true, ..WebConfig::default() };
        assert!(session_cookie(&config, "ab12").to_str().unwrap().ends_with("; Secure"));
    }
}
