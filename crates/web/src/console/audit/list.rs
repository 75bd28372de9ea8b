//! The list: search, page, export.

use domain::{audit::AuditEvent, time::beijing_minutes};
use serde::Serialize;

use super::{
    filter,
    words::{NOUNS, action_words, channel_words},
};
use crate::{ListQuery, Page, WebResult, export, view};

#[derive(Serialize)]
struct Row {
    number: i64,
    at: jiff::Timestamp,
    login: String,
    action: String,
    subject: String,
    channel: String,
    address: String,
    success: bool,
}

pub(super) async fn list(page: Page, query: ListQuery) -> WebResult {
    let filter = filter::of(&query);
    if query.wants_csv() {
        let events = app::audit::export(page.app(), &page.actor, &filter).await?;
        let header = ["编号", "时间", "人员", "操作", "动词", "对象", "对象编号", "途径", "地址", "结果", "哈希"];
        return Ok(export::csv("审计日志", &header, events.iter().map(csv_row)));
    }
    let found = app::audit::search(page.app(), &page.actor, &filter, query.offset(), query.limit()).await?;
    let rows: Vec<Row> = found.events.iter().map(row).collect();
    page.render("console/audit/list.html", view! { rows, nouns => NOUNS, list => query.view(found.total) })
}

fn row(event: &AuditEvent) -> Row {
    Row {
        number: event.number,
        at: event.at,
        login: if event.login.is_empty() { "（系统）".into() } else { event.login.clone() },
        action: action_words(&event.entry.action),
        subject: event.entry.subject_name.clone(),
        channel: channel_words(&event.channel).to_owned(),
        address: event.address.clone(),
        success: event.entry.success,
    }
}

fn csv_row(event: &AuditEvent) -> Vec<String> {
    vec![
        event.number.to_string(),
        beijing_minutes(event.at),
        event.login.clone(),
        action_words(&event.entry.action),
        event.entry.action.clone(),
        event.entry.subject_name.clone(),
        event.entry.subject_id.clone(),
        channel_words(&event.channel).to_owned(),
        event.address.clone(),
        if event.entry.success { "成功" } else { "失败" }.to_owned(),
        event.hash.clone(),
    ]
}
