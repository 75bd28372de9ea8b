//! What is done to an account: disable, enable, one-time password, second factor, sessions.

use app::{person, session};
use axum::{
    Router,
    extract::Path,
    routing::{get, post},
};
use domain::ids::{PersonId, SessionId};

use crate::{Page, Submitted, WebResult, WebState, form_view::FormView, view};

/// Routes of this file.
pub(super) fn router() -> Router<WebState> {
    Router::new()
        .route("/people/{id}/disable", get(ask_disable).post(disable))
        .route("/people/{id}/enable", post(enable))
        .route("/people/{id}/reset-password", post(reset_password))
        .route("/people/{id}/reset-second-factor", post(reset_second_factor))
        .route("/people/{id}/sessions/revoke", post(revoke_all))
        .route("/people/{id}/sessions/{session}/revoke", post(revoke))
}

async fn ask_disable(page: Page, Path(id): Path<PersonId>) -> WebResult {
    let detail = person::get(page.app(), &page.actor, id).await?;
    page.render_form("console/person/disable.html", view! { detail }, &FormView::blank())
}

async fn disable(page: Page, Path(id): Path<PersonId>, submitted: Submitted) -> WebResult {
    match person::disable(page.app(), &page.actor, id, submitted.text("reason")).await {
        Ok(()) => page.done(&back(id), "账号已停用，该人员的登录已全部退出。"),
        Err(error) => {
            let detail = person::get(page.app(), &page.actor, id).await?;
            page.ask_again("console/person/disable.html", view! { detail }, &submitted, error)
        }
    }
}

async fn enable(page: Page, Path(id): Path<PersonId>) -> WebResult {
    person::enable(page.app(), &page.actor, id).await?;
    page.done(&back(id), "账号已启用，原有任职继续有效，请核对。")
}

async fn reset_password(page: Page, Path(id): Path<PersonId>) -> WebResult {
    let password = person::reset_password(page.app(), &page.actor, id).await?;
    let detail = person::get(page.app(), &page.actor, id).await?;
    page.render(
        "console/person/one_time_password.html",
        view! { id, login => detail.person.login, password, is_new => false },
    )
}

async fn reset_second_factor(page: Page, Path(id): Path<PersonId>) -> WebResult {
    person::reset_second_factor(page.app(), &page.actor, id).await?;
    page.done(&back(id), "二次验证已重置，该人员的登录已全部退出。")
}

async fn revoke(page: Page, Path((id, session)): Path<(PersonId, SessionId)>) -> WebResult {
    session::revoke(page.app(), &page.actor, session).await?;
    page.done(&back(id), "该设备上的登录已退出。")
}

async fn revoke_all(page: Page, Path(id): Path<PersonId>) -> WebResult {
    let ended = session::revoke_all(page.app(), &page.actor, id).await?;
    page.done(&back(id), &format!("已退出 {ended} 个登录。"))
}

fn back(id: PersonId) -> String {
    format!("/console/people/{id}")
}
