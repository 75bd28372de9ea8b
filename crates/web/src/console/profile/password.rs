//! `/console/account/password`: by choice, or because it must be.

use app::{
    AppError,
    profile::{self, PasswordChange},
};
use axum::{Router, extract::State, http::StatusCode, response::Redirect, routing::get};

use crate::{
    WebResult, WebState,
    console::{login::with_token, page::render_bare},
    error::WebError,
    form::Submitted,
    form_view::FormView,
    view,
    visit::{PendingPerson, Visit},
};

const TEMPLATE: &str = "console/profile/password.html";

/// Routes of this file.
pub fn router() -> Router<WebState> {
    Router::new().route("/account/password", get(ask).post(change))
}

async fn ask(State(web): State<WebState>, visit: Visit, person: PendingPerson) -> WebResult {
    answer(&web, &visit, &person, StatusCode::OK, FormView::blank()).await
}

async fn change(State(web): State<WebState>, visit: Visit, person: PendingPerson, submitted: Submitted) -> WebResult {
    let first = |name: &str| submitted.all(name).first().copied().unwrap_or("").to_owned();
    let typed = PasswordChange { current: first("current"), new: first("new"), repeat: first("repeat") };
    if person.pending == Some(app::session::Pending::SecondFactor) {
        return Err(WebError::unauthenticated());
    }
    match profile::change_password(&web.app, &person.actor, typed).await {
        Ok(token) => {
            let flash = crate::flash::Flash::success("口令已修改，其他设备上的登录已退出。");
            let mut response = axum::response::IntoResponse::into_response(Redirect::to("/console/account"));
            // Signed with the new token: the old one is gone.
            if let Some(value) = crate::flash::write(&flash, Some(&token), &web.config) {
                response.headers_mut().append(axum::http::header::SET_COOKIE, value);
            }
            Ok(with_token(&web, &token, response))
        }
        Err(AppError::Invalid(problems)) => {
            let form = FormView::blank().with_problems(&problems);
            answer(&web, &visit, &person, StatusCode::UNPROCESSABLE_ENTITY, form).await
        }
        Err(AppError::Conflict(message) | AppError::TooMany(message)) => {
            let form = FormView::blank().with_refusal(message);
            answer(&web, &visit, &person, StatusCode::CONFLICT, form).await
        }
        Err(error) => Err(WebError(error)),
    }
}

async fn answer(
    web: &WebState,
    visit: &Visit,
    person: &PendingPerson,
    status: StatusCode,
    form: FormView,
) -> WebResult {
    let rule = profile::password_policy(&web.app, &person.actor).await?.describe();
    let forced = person.pending == Some(app::session::Pending::ChangePassword);
    let view = view! { frame => super::second_factor::frame(visit, forced), forced, rule, form };
    render_bare(web, visit, status, TEMPLATE, view)
}
