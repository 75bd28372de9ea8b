//! `GET /console/migrations/{id}/trial`: source and target compared, what did not come over, who looked at what.

use app::migration::PageFilter;
use axum::extract::Path;
use domain::ids::MigrationId;
use serde_json::{Value, json};

use super::frame::{column_name, head};
use crate::{Page, WebResult, error_page::percent_encode, view};

/// Pages that are stuck shown here; the rest stand in the list of pages.
const STUCK: u64 = 30;

/// The comparison.
pub async fn show(page: Page, Path(id): Path<MigrationId>) -> WebResult {
    let (_, head) = head(&page, id).await?;
    let compared = app::migration::compare(page.app(), &page.actor, id).await?;
    let sum = |of: fn(&app::migration::ComparedColumn) -> u64| compared.iter().map(of).sum::<u64>();
    let sums = json!({
        "source": sum(|row| row.source),
        "moving": sum(|row| row.moving),
        "brought_in": sum(|row| row.brought_in),
        "stuck": sum(|row| row.stuck),
        "elsewhere": sum(|row| row.elsewhere),
    });
    let columns: Vec<Value> = compared
        .iter()
        .map(|row| {
            let months: Vec<Value> = row
                .different()
                .into_iter()
                .map(
                    |(month, moving, brought_in)| json!({ "month": month, "moving": moving, "brought_in": brought_in }),
                )
                .collect();
            json!({
                "name": column_name(&row.key),
                "link": percent_encode(if row.key.is_empty() { "-" } else { &row.key }),
                "target": row.target,
                "source": row.source,
                "moving": row.moving,
                "brought_in": row.brought_in,
                "stuck": row.stuck,
                "elsewhere": row.elsewhere,
                "months": months,
            })
        })
        .collect();
    let filter = PageFilter { stuck: true, ..PageFilter::default() };
    let (stuck, stuck_total) = app::migration::pages(page.app(), &page.actor, id, &filter, 0, STUCK).await?;
    let stuck: Vec<Value> = stuck
        .iter()
        .map(|one| json!({ "id": one.id, "title": one.title_now(), "address": one.address, "why": one.trial_fault }))
        .collect();
    let checks = app::migration::checks(page.app(), &page.actor, id).await?;
    let differing = checks.iter().filter(|row| !row.check.agrees).count();
    let checks: Vec<Value> = checks
        .iter()
        .map(|row| {
            json!({
                "page": row.check.page,
                "title": row.title,
                "agrees": row.check.agrees,
                "note": row.check.note,
                "by": row.checked_by,
                "at": row.check.checked_at,
            })
        })
        .collect();
    page.render("console/migration/trial.html", view! { head, columns, sums, stuck, stuck_total, checks, differing })
}
