//! `/console/account/sessions`: where one is logged in.

use app::session;
use axum::{
    Router,
    extract::Path,
    routing::{get, post},
};
use domain::ids::SessionId;

use crate::{Page, WebResult, WebState, view};

/// Routes of this file.
pub fn router() -> Router<WebState> {
    Router::new()
        .route("/account/sessions", get(show))
        .route("/account/sessions/{id}/revoke", post(revoke))
        .route("/account/sessions/revoke-others", post(revoke_others))
}

async fn show(page: Page) -> WebResult {
    let sessions = session::list_own(page.app(), &page.actor).await?;
    page.render("console/profile/sessions.html", view! { sessions })
}

async fn revoke(page: Page, Path(id): Path<SessionId>) -> WebResult {
    session::revoke(page.app(), &page.actor, id).await?;
    page.done("/console/account/sessions", "该设备上的登录已退出。")
}

async fn revoke_others(page: Page) -> WebResult {
    let ended = session::revoke_all(page.app(), &page.actor, page.actor.person).await?;
    page.done("/console/account/sessions", &format!("已退出其他设备上的 {ended} 个登录。"))
}
