//! One event with its state before and after, and its place in the chain.

use axum::extract::Path;
use serde::Serialize;

use super::words::{action_words, channel_words};
use crate::{Page, WebResult, view};

#[derive(Serialize)]
struct Shown {
    number: i64,
    at: jiff::Timestamp,
    login: String,
    action: String,
    verb: String,
    subject: String,
    subject_id: String,
    channel: String,
    address: String,
    request_id: Option<String>,
    success: bool,
    before: String,
    after: String,
    previous_hash: String,
    hash: String,
    intact: bool,
}

pub(super) async fn show(page: Page, Path(number): Path<i64>) -> WebResult {
    let event = app::audit::event(page.app(), &page.actor, number).await?;
    let pretty = |value: &serde_json::Value| match value {
        serde_json::Value::Null => String::new(),
        other => serde_json::to_string_pretty(other).unwrap_or_default(),
    };
    let shown = Shown {
        intact: event.hash == event.expected_hash(),
        number: event.number,
        at: event.at,
        login: event.login,
        action: action_words(&event.entry.action),
        verb: event.entry.action,
        subject: event.entry.subject_name,
        subject_id: event.entry.subject_id,
        channel: channel_words(&event.channel).to_owned(),
        address: event.address,
        request_id: event.request_id,
        success: event.entry.success,
        before: pretty(&event.entry.before),
        after: pretty(&event.entry.after),
        previous_hash: event.previous_hash,
        hash: event.hash,
    };
    page.render("console/audit/show.html", view! { event => shown })
}
