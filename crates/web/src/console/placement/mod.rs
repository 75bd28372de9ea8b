//! `/console/placements`: what is scheduled, placing from the library, and the verbs on one placement.

mod act;
mod new;

use axum::{
    Router,
    routing::{get, post},
};
use domain::ids::SiteId;
use serde_json::{Value, json};

use crate::{ListQuery, Page, WebResult, WebState, console::column::placed_row, view};

/// Routes of this folder.
pub fn router() -> Router<WebState> {
    Router::new()
        .route("/placements", get(board).post(new::create))
        .route("/placements/new", get(new::new))
        .route("/placements/{id}/pin", post(act::pin))
        .route("/placements/{id}/remove", get(act::ask_remove).post(act::remove))
        .route("/placements/{id}/schedule", get(act::ask_schedule).post(act::schedule))
}

/// The board of scheduled publications.
async fn board(page: Page, query: ListQuery) -> WebResult {
    let site: Option<SiteId> = query.parsed_filter("site");
    let board = app::placement::board(page.app(), &page.actor, site, query.offset(), query.per_page).await?;
    let now = page.app().now();
    let rows: Vec<Value> = board
        .rows
        .iter()
        .map(|line| {
            let mut row = placed_row(&page, line);
            let due = line.placement.publish_at;
            row["day"] = json!(due.map(|at| domain::time::beijing_date(at).to_string()));
            row["today"] =
                json!(due.is_some_and(|at| domain::time::beijing_date(at) == domain::time::beijing_date(now)));
            row
        })
        .collect();
    let alarms: Vec<Value> = board
        .late_alarms
        .iter()
        .map(|alarm| json!({ "message": alarm.message, "raised_at": alarm.raised_at }))
        .collect();
    let late = board.rows.iter().filter(|line| line.late).count();
    let sites = site_choices(&page).await?;
    page.render(
        "console/placement/board.html",
        view! { rows, alarms, late, sites, list => query.view(board.total), now => now },
    )
}

/// Sites that the person sees, for a filter.
pub(super) async fn site_choices(page: &Page) -> WebResult<Vec<(String, String)>> {
    let sites = app::site::list(page.app(), &page.actor).await?;
    Ok(sites.into_iter().map(|site| (site.id.to_string(), site.name)).collect())
}
