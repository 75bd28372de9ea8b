//! Everything that happened, as the `timeline` macro shows it.

use app::{AppResult, edition::TimelineEvent};
use domain::ids::EditionId;
use jiff::Timestamp;
use serde::Serialize;

use crate::console::page::Page;

/// One line.
#[derive(Debug, Clone, Serialize)]
pub struct EventView {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// What was done.
    pub what: String,
    /// An opinion or a reason.
    pub note: Option<String>,
    /// `success`, `danger`, `warning`, `plain`.
    pub kind: &'static str,
}

/// The story of an edition, newest first.
pub async fn events(page: &Page, id: EditionId) -> AppResult<Vec<EventView>> {
    let events = app::edition::timeline(page.app(), &page.actor, id).await?;
    Ok(events.into_iter().map(event).collect())
}

fn event(event: TimelineEvent) -> EventView {
    let kind = match event.action.as_str() {
        "review.pass" | "review.make_up" | "placement.go_live" => "success",
        "review.return" | "edition.discard" | "recall.recall" => "danger",
        "review.pass_urgently" | "edition.withdraw" | "placement.remove" => "warning",
        _ => "plain",
    };
    EventView { at: event.at, who: event.who, what: event.what, note: event.note, kind }
}
