//! Background jobs in the console: how much waits, and the dead letters.

use app::AppError;
use axum::{
    Router,
    extract::Path,
    routing::{get, post},
};
use domain::ids::JobId;
use serde::Serialize;

use crate::{ListQuery, Page, WebResult, WebState, view};

/// Routes.
pub fn router() -> Router<WebState> {
    Router::new()
        .route("/jobs", get(list))
        .route("/jobs/{id}/requeue", post(requeue))
        .route("/jobs/{id}/discard", post(discard))
}

#[derive(Serialize)]
struct QueueRow {
    queue: String,
    waiting: u64,
    running: u64,
    dead: u64,
}

#[derive(Serialize)]
struct DeadRow {
    id: JobId,
    kind: String,
    payload: String,
    enqueued_at: jiff::Timestamp,
    dead_at: jiff::Timestamp,
    attempts: u32,
    last_error: String,
}

#[derive(Serialize)]
struct OccurrenceRow {
    name: String,
    due_at: jiff::Timestamp,
}

async fn list(page: Page, query: ListQuery) -> WebResult {
    let overview = app::job::overview(page.app(), &page.actor).await?;
    let dead = app::job::dead(page.app(), &page.actor, query.offset(), query.limit()).await?;
    let total = overview.queues.iter().map(|queue| queue.dead).sum();
    let queues: Vec<QueueRow> = overview
        .queues
        .into_iter()
        .map(|one| QueueRow { queue: one.queue, waiting: one.waiting, running: one.running, dead: one.dead })
        .collect();
    let occurrences: Vec<OccurrenceRow> =
        overview.occurrences.into_iter().map(|one| OccurrenceRow { name: one.name, due_at: one.due_at }).collect();
    let rows: Vec<DeadRow> = dead
        .into_iter()
        .map(|one| DeadRow {
            id: one.id,
            kind: one.kind,
            payload: one.payload,
            enqueued_at: one.enqueued_at,
            dead_at: one.dead_at,
            attempts: one.attempts,
            last_error: one.last_error,
        })
        .collect();
    page.render("console/job/list.html", view! { queues, occurrences, rows, list => query.view(total) })
}

async fn requeue(page: Page, Path(id): Path<JobId>) -> WebResult {
    answer(&page, app::job::requeue(page.app(), &page.actor, id).await, "已放回队列，稍后会再次执行。")
}

async fn discard(page: Page, Path(id): Path<JobId>) -> WebResult {
    answer(&page, app::job::discard(page.app(), &page.actor, id).await, "已放弃该任务，内容保留在审计日志中。")
}

fn answer(page: &Page, done: Result<(), AppError>, message: &str) -> WebResult {
    done?;
    page.done("/console/jobs", message)
}
