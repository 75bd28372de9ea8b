//! `GET /console/migrations`.

use app::migration::{MigrationFilter, MigrationRow};
use domain::{migration::MigrationState, time::beijing_minutes};
use serde_json::{Value, json};

use super::frame::line;
use crate::{ListQuery, Page, WebResult, export, view};

/// Migrations of one's offices.
pub async fn list(page: Page, query: ListQuery) -> WebResult {
    let filter = MigrationFilter {
        site: query.parsed_filter("site"),
        state: query.filter("state").and_then(MigrationState::parse),
        words: query.search().map(str::to_owned),
    };
    let found = app::migration::list_filtered(page.app(), &page.actor, &filter, query.offset(), query.limit()).await?;
    let (rows, total) = found;
    if query.wants_csv() {
        return Ok(csv(&rows));
    }
    let may_create = !app::migration::places(page.app(), &page.actor).await?.is_empty();
    let states: Vec<_> = MigrationState::ALL.iter().map(|state| (state.as_str(), state.chinese())).collect();
    let rows: Vec<Value> = rows.iter().map(row).collect();
    page.render("console/migration/list.html", view! { rows, list => query.view(total), states, may_create })
}

fn row(row: &MigrationRow) -> Value {
    let mut line = line(&row.migration);
    if let Value::Object(fields) = &mut line {
        fields.insert("site_name".into(), json!(row.site_name));
        fields.insert("unit_name".into(), json!(row.unit_name));
        fields.insert("started_by".into(), json!(row.started_by));
        fields.insert("pages".into(), json!(row.pages));
    }
    line
}

fn csv(rows: &[MigrationRow]) -> axum::response::Response {
    let cells = rows.iter().map(|row| {
        let migration = &row.migration;
        let time = |at: Option<jiff::Timestamp>| at.map(beijing_minutes).unwrap_or_default();
        vec![
            migration.name.clone(),
            row.site_name.clone(),
            row.unit_name.clone(),
            migration.source.address.clone(),
            migration.state.chinese().to_owned(),
            row.pages.to_string(),
            row.started_by.clone(),
            time(Some(migration.created_at)),
            time(migration.live_at),
            time(migration.completed_at),
        ]
    });
    let head =
        ["名称", "新网站", "主办单位", "旧网站", "状态", "旧地址数", "办理人", "开始时间", "上线时间", "完成时间"];
    export::csv("网站迁移", &head, cells)
}
