//! `/console/alarms`: what went wrong by itself and waits for somebody.

use axum::{
    Router,
    extract::Path,
    routing::{get, post},
};
use domain::ids::AlarmId;

use crate::{Page, WebResult, WebState, view};

/// Routes of this file.
pub fn router() -> Router<WebState> {
    Router::new().route("/alarms", get(list)).route("/alarms/{id}/clear", post(clear))
}

async fn list(page: Page) -> WebResult {
    let alarms = app::alarm::list_for(page.app(), &page.actor).await?;
    page.render("console/alarm/list.html", view! { alarms })
}

async fn clear(page: Page, Path(id): Path<AlarmId>) -> WebResult {
    app::alarm::clear(page.app(), &page.actor, id).await?;
    page.done("/console/alarms", "告警已标记为处理完毕。")
}
