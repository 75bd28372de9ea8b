//! Decisions about a step: pass, return, urgent path, owed review. Refusals are shown on the same page with what was
//! typed.

use app::AppError;
use axum::extract::Path;
use domain::{
    ids::{ReviewId, ReviewStepId},
    review::ReviewState,
};

use crate::{
    console::{page::Page, review::show::again},
    error::WebResult,
    form::Submitted,
};

/// `POST /console/reviews/{id}/pass`
pub async fn pass(page: Page, Path(id): Path<ReviewId>, submitted: Submitted) -> WebResult {
    let step = step(&submitted)?;
    let opinion = Some(submitted.text("opinion")).filter(|text| !text.is_empty());
    match app::review::pass(page.app(), &page.actor, id, step, opinion).await {
        Ok(review) if review.state == ReviewState::Passed => {
            page.done(&format!("/console/editions/{}", review.edition), "已通过终审，稿件已入库，正在按所选栏目发布。")
        }
        Ok(review) => {
            let next = review.current_step().map(|step| step.name.clone()).unwrap_or_default();
            page.done("/console/reviews", &format!("已通过，转入“{next}”。"))
        }
        Err(error) => again(&page, id, &submitted, error).await,
    }
}

/// `POST /console/reviews/{id}/return`
pub async fn return_to_writer(page: Page, Path(id): Path<ReviewId>, submitted: Submitted) -> WebResult {
    let step = step(&submitted)?;
    match app::review::return_to_writer(page.app(), &page.actor, id, step, submitted.text("opinion")).await {
        Ok(()) => page.done("/console/reviews", "已退回采编人员，退回原因会显示在对方工作台。"),
        Err(error) => again(&page, id, &submitted, error).await,
    }
}

/// `POST /console/reviews/{id}/urgent`
pub async fn pass_urgently(page: Page, Path(id): Path<ReviewId>, submitted: Submitted) -> WebResult {
    match app::review::pass_urgently(page.app(), &page.actor, id, submitted.text("urgent_reason")).await {
        Ok(review) => page
            .done(&format!("/console/editions/{}", review.edition), "已紧急发布。跳过的步骤记为欠审，请尽快安排补审。"),
        Err(error) => again(&page, id, &submitted, error).await,
    }
}

/// `POST /console/reviews/{id}/make-up`
pub async fn make_up(page: Page, Path(id): Path<ReviewId>, submitted: Submitted) -> WebResult {
    let step = step(&submitted)?;
    match app::review::make_up(page.app(), &page.actor, id, step, submitted.text("opinion")).await {
        Ok(()) => page.done(&format!("/console/reviews/{id}"), "补审意见已记录。"),
        Err(error) => again(&page, id, &submitted, error).await,
    }
}

/// The step as the person saw it: a page left open does not decide the next step by accident.
fn step(submitted: &Submitted) -> Result<ReviewStepId, AppError> {
    submitted.text("step").parse().map_err(|_| AppError::Conflict("页面已过期，请刷新后再办理。".into()))
}
