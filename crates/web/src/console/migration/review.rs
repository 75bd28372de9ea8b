//! `/console/migrations/{id}/review`: a sample and what was flagged one by one, the rest at once.

use app::AppError;
use axum::extract::Path;
use domain::ids::MigrationId;
use minijinja::Value;
use serde_json::json;

use super::frame::head;
use crate::{Page, Submitted, WebResult, flash::Flash, form_view::FormView, view};

const TEMPLATE: &str = "console/migration/review.html";

/// The batch.
pub async fn show(page: Page, Path(id): Path<MigrationId>) -> WebResult {
    let view = the_view(&page, id, &[]).await?;
    page.render_form(TEMPLATE, view, &FormView::blank())
}

/// 整批通过其余
pub async fn pass_rest(page: Page, Path(id): Path<MigrationId>, submitted: Submitted) -> WebResult {
    app::migration::show(page.app(), &page.actor, id).await?;
    let position: i64 = submitted.text("position").parse().unwrap_or(-1);
    let opinion = submitted.text("opinion");
    match app::migration::pass_rest(page.app(), &page.actor, id, position, opinion).await {
        Ok((passed, refused)) if refused.is_empty() => page
            .redirect(&format!("/console/migrations/{id}/review"), Flash::success(format!("已整批通过 {passed} 条。"))),
        Ok((passed, refused)) => {
            let view = the_view(&page, id, &refused).await?;
            let form = FormView::blank()
                .with_refusal(format!("已通过 {passed} 条；{} 条没有通过，原因列在下面，请逐条处理。", refused.len()));
            page.render_form(TEMPLATE, view, &form)
        }
        Err(error @ (AppError::Invalid(_) | AppError::Conflict(_))) => {
            let view = the_view(&page, id, &[]).await?;
            page.ask_again(TEMPLATE, view, &submitted, error)
        }
        Err(error) => Err(error.into()),
    }
}

async fn the_view(page: &Page, id: MigrationId, refused: &[String]) -> Result<Value, AppError> {
    let (_, head) = head(page, id).await?;
    let batch = app::migration::batch(page.app(), &page.actor, id).await?;
    let states: Vec<serde_json::Value> = batch
        .states
        .iter()
        .map(|(name, count)| json!({ "label": name, "value": count, "path": "", "kind": "plain" }))
        .collect();
    let single: Vec<serde_json::Value> = batch
        .single
        .iter()
        .map(|one| {
            json!({
                "title": one.title,
                "path": match one.review {
                    Some(review) => format!("/console/reviews/{review}"),
                    None => format!("/console/editions/{}", one.edition),
                },
                "beside": format!("/console/migrations/{id}/pages/{}", one.page),
                "sampled": one.sampled,
                "findings": one.findings,
                "state": one.state,
                "state_name": one.state.chinese(),
                "waits_at": one.waits_at,
            })
        })
        .collect();
    let left = batch.single.iter().filter(|one| one.waits_at.is_some()).count();
    let (sample_size, returned, steps) = (batch.sample_size, batch.returned, &batch.steps);
    Ok(view! { head, states, single, left, sample_size, returned, steps, refused })
}
