//! `/console/alarms`: what went wrong by itself and waits for somebody.

use axum::{
    Router,
    extract::Path,
    routing::{get, post},
};
use domain::{alarm::Alarm, ids::AlarmId};
use jiff::Timestamp;
use serde::Serialize;

use crate::{Page, WebResult, WebState, view};

/// Routes of this file.
pub fn router() -> Router<WebState> {
    Router::new().route("/alarms", get(list)).route("/alarms/{id}/clear", post(clear))
}

/// An alarm with the page where it can be dealt with, if there is one.
#[derive(Debug, Clone, Serialize)]
pub struct AlarmView {
    /// Key.
    pub id: AlarmId,
    /// What happened and what to do.
    pub message: String,
    /// When.
    pub raised_at: Timestamp,
    /// Address of the page.
    pub path: Option<String>,
}

impl AlarmView {
    /// For a page.
    pub fn of(alarm: Alarm) -> Self {
        Self { id: alarm.id, path: path_of(&alarm), message: alarm.message, raised_at: alarm.raised_at }
    }
}

/// Where the trouble is shown.
fn path_of(alarm: &Alarm) -> Option<String> {
    let subject = &alarm.subject_id;
    match alarm.kind.split('.').next().unwrap_or_default() {
        "release" => Some(format!("/console/sites/{subject}/releases")),
        "placement" | "publication" => Some("/console/placements".to_owned()),
        "calendar" => Some(format!("/console/calendar?year={subject}")),
        "job" => Some("/console/jobs".to_owned()),
        "review" => Some("/console/reviews/owed".to_owned()),
        _ => None,
    }
}

async fn list(page: Page) -> WebResult {
    let alarms: Vec<AlarmView> =
        app::alarm::list_for(page.app(), &page.actor).await?.into_iter().map(AlarmView::of).collect();
    page.render("console/alarm/list.html", view! { alarms })
}

async fn clear(page: Page, Path(id): Path<AlarmId>) -> WebResult {
    app::alarm::clear(page.app(), &page.actor, id).await?;
    page.done("/console/alarms", "告警已标记为处理完毕。")
}
