//! `GET /console/migrations/{id}/addresses`: what each old address answers, and who still asks for it.

use app::old_address::{OldAddress, OldAnswer};
use axum::extract::Path;
use domain::{ids::MigrationId, time::beijing_minutes};
use serde_json::{Value, json};

use super::frame::{head, title_or_name};
use crate::{ListQuery, Page, WebResult, export, view};

/// The list, most visited first.
pub async fn list(page: Page, Path(id): Path<MigrationId>, query: ListQuery) -> WebResult {
    let (_, head) = head(&page, id).await?;
    let (rows, total) =
        app::old_address::list(page.app(), &page.actor, id, query.search(), query.offset(), query.limit()).await?;
    if query.wants_csv() {
        let cells = rows.iter().map(|one| {
            vec![
                format!("http://{}{}", one.host, one.path),
                one.title.clone(),
                words(&one.answer).0.to_owned(),
                one.reason.clone(),
                one.hits.to_string(),
                one.last_hit_at.map(beijing_minutes).unwrap_or_default(),
            ]
        });
        return Ok(export::csv("旧地址", &["旧地址", "标题", "应答", "说明", "访问次数", "最近访问"], cells));
    }
    let rows: Vec<Value> = rows.iter().map(row).collect();
    page.render("console/migration/addresses.html", view! { head, rows, list => query.view(total) })
}

fn row(one: &OldAddress) -> Value {
    let (answer, code, kind) = words(&one.answer);
    json!({
        "host": one.host,
        "path": one.path,
        "title": title_or_name(&one.title, &one.path),
        "answer": answer,
        "code": code,
        "kind": kind,
        "reason": one.reason,
        "hits": one.hits,
        "last_hit_at": one.last_hit_at,
    })
}

/// What the address answers in words, with the status code, and the colour of its tag.
fn words(answer: &OldAnswer) -> (&'static str, u16, &'static str) {
    match answer {
        OldAnswer::Resource(_, None) => ("转到新页面", 301, "green"),
        OldAnswer::Resource(_, Some(_)) => ("转到新附件", 301, "green"),
        OldAnswer::Column(Some(_)) => ("转到新栏目", 301, "green"),
        OldAnswer::Column(None) => ("转到首页", 301, "green"),
        OldAnswer::Archived(..) => ("显示归档原件", 200, "blue"),
        OldAnswer::Gone => ("已不提供，说明原因", 410, "orange"),
    }
}
