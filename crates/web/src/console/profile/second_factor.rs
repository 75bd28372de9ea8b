//! `/console/account/second-factor`: set up, confirm, renew the recovery codes, remove.

use app::{AppError, profile, session::Pending};
use axum::{
    Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect},
    routing::{get, post},
};

use crate::{
    WebResult, WebState,
    console::{login::with_token, page::render_bare},
    error::WebError,
    form::Submitted,
    form_view::FormView,
    view,
    visit::{PendingPerson, Visit},
};

/// Routes of this file.
pub fn router() -> Router<WebState> {
    Router::new()
        .route("/account/second-factor", get(show))
        .route("/account/second-factor/begin", post(begin))
        .route("/account/second-factor/confirm", post(confirm))
        .route("/account/second-factor/recovery-codes", post(renew_codes))
        .route("/account/second-factor/remove", post(remove))
}

/// The layout around a page that is also a forced step.
pub(super) fn frame(visit: &Visit, forced: bool) -> &'static str {
    match (forced, visit.htmx) {
        (true, _) => "console/login_layout.html",
        (false, true) => "console/fragment.html",
        (false, false) => "console/layout.html",
    }
}

async fn show(State(web): State<WebState>, visit: Visit, person: PendingPerson) -> WebResult {
    page(&web, &visit, &person, StatusCode::OK, FormView::blank()).await
}

async fn begin(State(web): State<WebState>, visit: Visit, person: PendingPerson) -> WebResult {
    refuse_before_second_factor(&person)?;
    match profile::begin_second_factor(&web.app, &person.actor).await {
        Ok(_) => Ok(Redirect::to("/console/account/second-factor").into_response()),
        Err(error) => again(&web, &visit, &person, error).await,
    }
}

async fn confirm(State(web): State<WebState>, visit: Visit, person: PendingPerson, submitted: Submitted) -> WebResult {
    refuse_before_second_factor(&person)?;
    match profile::confirm_second_factor(&web.app, &person.actor, submitted.text("code")).await {
        Ok(confirmed) => {
            // The page is made for the new token, so that its forms carry the right one.
            let visit = Visit { session_token: Some(confirmed.token.clone()), ..visit };
            let response = codes(&web, &visit, &person, &confirmed.recovery_codes)?;
            Ok(with_token(&web, &confirmed.token, response))
        }
        Err(error) => again(&web, &visit, &person, error).await,
    }
}

async fn renew_codes(
    State(web): State<WebState>,
    visit: Visit,
    person: PendingPerson,
    submitted: Submitted,
) -> WebResult {
    refuse_before_second_factor(&person)?;
    let password = submitted.all("password").first().copied().unwrap_or("");
    match profile::regenerate_recovery_codes(&web.app, &person.actor, password).await {
        Ok(fresh) => codes(&web, &visit, &person, &fresh),
        Err(error) => again(&web, &visit, &person, error).await,
    }
}

async fn remove(State(web): State<WebState>, visit: Visit, person: PendingPerson, submitted: Submitted) -> WebResult {
    refuse_before_second_factor(&person)?;
    let password = submitted.all("password").first().copied().unwrap_or("");
    match profile::remove_second_factor(&web.app, &person.actor, password, submitted.text("code")).await {
        Ok(()) => Ok(Redirect::to("/console/account/second-factor").into_response()),
        Err(error) => again(&web, &visit, &person, error).await,
    }
}

/// Whoever still owes the second factor may not change it.
fn refuse_before_second_factor(person: &PendingPerson) -> Result<(), WebError> {
    if person.pending == Some(Pending::SecondFactor) { Err(WebError::unauthenticated()) } else { Ok(()) }
}

async fn page(web: &WebState, visit: &Visit, person: &PendingPerson, status: StatusCode, form: FormView) -> WebResult {
    refuse_before_second_factor(person)?;
    let profile = profile::get(&web.app, &person.actor).await?;
    let enrolment = profile::pending_second_factor(&web.app, &person.actor).await?;
    let forced = person.pending == Some(Pending::EnrolSecondFactor);
    let view = view! { frame => frame(visit, forced), forced, profile, enrolment, form };
    render_bare(web, visit, status, "console/profile/second_factor.html", view)
}

async fn again(web: &WebState, visit: &Visit, person: &PendingPerson, error: AppError) -> WebResult {
    let blank = FormView::blank();
    let (status, form) = match error {
        AppError::Invalid(problems) => (StatusCode::UNPROCESSABLE_ENTITY, blank.with_problems(&problems)),
        AppError::Conflict(message) | AppError::TooMany(message) => (StatusCode::CONFLICT, blank.with_refusal(message)),
        other => return Err(WebError(other)),
    };
    page(web, visit, person, status, form).await
}

/// The only time the codes are shown.
fn codes(web: &WebState, visit: &Visit, person: &PendingPerson, codes: &[String]) -> WebResult {
    let forced = person.pending == Some(Pending::EnrolSecondFactor);
    let view = view! { frame => frame(visit, forced), codes };
    render_bare(web, visit, StatusCode::OK, "console/profile/recovery_codes.html", view)
}
