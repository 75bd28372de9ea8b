//! `/console/settings`: policy values with bounds, source and last change.

use axum::{Router, routing::get};

use crate::{Page, Submitted, WebResult, WebState, form_view::FormView, view};

/// Routes of this file.
pub fn router() -> Router<WebState> {
    Router::new().route("/settings", get(show).post(change))
}

async fn show(page: Page) -> WebResult {
    let settings = app::setting::list(page.app(), &page.actor).await?;
    page.render_form("console/setting/list.html", view! { settings }, &FormView::blank())
}

async fn change(page: Page, submitted: Submitted) -> WebResult {
    match app::setting::change(page.app(), &page.actor, submitted.pairs()).await {
        Ok(0) => page.done("/console/settings", "没有改动。"),
        Ok(count) => page.done("/console/settings", &format!("已保存 {count} 项，立即生效。")),
        Err(error) => {
            let settings = app::setting::list(page.app(), &page.actor).await?;
            page.ask_again("console/setting/list.html", view! { settings }, &submitted, error)
        }
    }
}
