//! `/console/imports`: imports that were run, and the lines they rejected.

use app::import::{BatchLine, RejectedLine};
use axum::{Router, extract::Path, routing::get};
use domain::ids::ImportBatchId;
use serde_json::{Value, json};

use crate::{ListQuery, Page, WebResult, WebState, export, view};

/// Routes of this file.
pub fn router() -> Router<WebState> {
    Router::new().route("/imports", get(list)).route("/imports/{id}", get(show))
}

async fn list(page: Page, query: ListQuery) -> WebResult {
    let found = app::import::list(page.app(), &page.actor, query.offset(), query.per_page).await?;
    let rows: Vec<Value> = found.rows.iter().map(batch_row).collect();
    page.render("console/import/list.html", view! { rows, list => query.view(found.total) })
}

async fn show(page: Page, Path(id): Path<ImportBatchId>, query: ListQuery) -> WebResult {
    let (line, rejects) = app::import::show(page.app(), &page.actor, id).await?;
    if query.wants_csv() {
        let rows = rejects.iter().map(|reject| {
            vec![reject.line.to_string(), reject.origin_key.clone().unwrap_or_default(), reject.reasons.clone()]
        });
        return Ok(export::csv("导入退回", &["行号", "来源编号", "退回原因"], rows));
    }
    let wanted: Vec<&RejectedLine> = rejects
        .iter()
        .filter(|reject| {
            let key = reject.origin_key.as_deref().unwrap_or("");
            query.search().is_none_or(|text| reject.reasons.contains(text) || key.contains(text))
        })
        .collect();
    let total = u64::try_from(wanted.len()).unwrap_or(u64::MAX);
    let skip = usize::try_from(query.offset()).unwrap_or(usize::MAX);
    let take = usize::try_from(query.per_page).unwrap_or(usize::MAX);
    let rows: Vec<Value> = wanted
        .into_iter()
        .skip(skip)
        .take(take)
        .map(|reject| json!({ "line": reject.line, "key": reject.origin_key, "reasons": reject.reasons }))
        .collect();
    page.render("console/import/show.html", view! { batch => batch_row(&line), rows, list => query.view(total) })
}

fn batch_row(line: &BatchLine) -> Value {
    let batch = &line.batch;
    json!({
        "id": batch.id,
        "source": batch.source_name,
        "site": batch.site,
        "site_name": line.site_name,
        "column": batch.column,
        "column_name": line.column_name,
        "imported_by": line.imported_by,
        "reviewed_by": line.reviewed_by,
        "done": batch.done,
        "lines_read": batch.lines_read,
        "admitted": batch.admitted,
        "rejected": batch.rejected,
        "unchanged": batch.unchanged,
        "started_at": batch.started_at,
        "ended_at": batch.ended_at,
    })
}
