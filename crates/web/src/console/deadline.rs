//! `/console/deadlines`: what must be done by when, with the sum of every day.

use app::deadline::{DeadlineProgress, DeadlineRow, Light};
use axum::{
    Router,
    extract::Path,
    routing::{get, post},
};
use domain::ids::DeadlineId;

use crate::{ListQuery, Page, WebResult, WebState, export, view};

/// Routes of this file.
pub fn router() -> Router<WebState> {
    Router::new()
        .route("/deadlines", get(list))
        .route("/deadlines/{id}", get(show))
        .route("/deadlines/notices/{id}/acknowledge", post(acknowledge))
}

async fn list(page: Page, query: ListQuery) -> WebResult {
    let state = match query.filter("state") {
        Some("all") => None,
        Some(text) => DeadlineProgress::parse(text),
        None => Some(DeadlineProgress::Running),
    };
    let mut found = app::deadline::list(page.app(), &page.actor, state).await?;
    found.retain(|row| matches_query(row, &query));
    if query.wants_csv() {
        let header = ["事项", "时限", "承办单位", "承办人", "到期", "状态"];
        let rows = found.iter().map(|row| {
            vec![
                row.title.clone(),
                row.name.clone(),
                row.unit_name.clone(),
                row.owner_name.clone().unwrap_or_default(),
                row.due_at.map(domain::time::beijing_minutes).unwrap_or_default(),
                row.words.clone(),
            ]
        });
        return Ok(export::csv("办理时限", &header, rows));
    }
    let list = query.view(found.len() as u64);
    let skip = usize::try_from(query.offset()).unwrap_or(usize::MAX);
    let take = usize::try_from(query.per_page).unwrap_or(usize::MAX);
    let rows: Vec<DeadlineRow> = found.into_iter().skip(skip).take(take).collect();
    let notices = app::deadline::notices(page.app(), &page.actor).await?;
    page.render("console/deadline/list.html", view! { rows, list, notices })
}

fn matches_query(row: &DeadlineRow, query: &ListQuery) -> bool {
    let light = match query.filter("light") {
        Some("overdue") => row.light == Light::Overdue,
        Some("yellow") => row.light == Light::Yellow,
        Some("unknown") => row.light == Light::Unknown,
        Some("paused") => row.light == Light::Paused,
        _ => true,
    };
    let text = format!("{} {} {}", row.title, row.name, row.unit_name);
    light && query.search().is_none_or(|words| words.split_whitespace().all(|word| text.contains(word)))
}

async fn show(page: Page, Path(id): Path<DeadlineId>) -> WebResult {
    let deadline = app::deadline::show(page.app(), &page.actor, id).await?;
    page.render("console/deadline/show.html", view! { deadline })
}

async fn acknowledge(page: Page, Path(id): Path<uuid::Uuid>) -> WebResult {
    app::deadline::acknowledge(page.app(), &page.actor, id).await?;
    page.done("/console", "已确认知悉。")
}
