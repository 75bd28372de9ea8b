//! `POST /console/reviews/batch`: passes all ticked items; one that may not be passed does not stop the rest.

use app::review::BatchItem;
use serde::Serialize;

use crate::{
    console::{page::Page, waiting::waiting},
    error::{Problem, WebResult},
    form::Submitted,
    view,
};

/// What became of one item.
#[derive(Serialize)]
struct Line {
    path: String,
    title: String,
    step: String,
    passed: bool,
    reason: String,
}

/// Passes and lists the results.
pub async fn pass(page: Page, submitted: Submitted) -> WebResult {
    let items: Vec<BatchItem> = submitted.all("item").into_iter().filter_map(item).collect();
    if items.is_empty() {
        return page.redirect("/console/reviews", crate::flash::Flash::warning("请先勾选要通过的稿件。"));
    }
    // The words for the result are taken before the decisions: afterwards the items wait for somebody else.
    let desk = app::review::desk(page.app(), &page.actor).await?;
    let before = waiting(&page, &desk.to_review).await?;
    let opinion = Some(submitted.text("opinion")).filter(|text| !text.is_empty());
    let outcomes = app::review::pass_all(page.app(), &page.actor, &items, opinion).await;
    let mut lines = Vec::with_capacity(outcomes.len());
    for outcome in outcomes {
        let known = before.iter().find(|line| line.id == format!("{}.{}", outcome.item.review, outcome.item.step));
        lines.push(Line {
            path: format!("/console/reviews/{}", outcome.item.review),
            title: known.map_or_else(|| "（稿件状态已变化）".into(), |line| line.title.clone()),
            step: known.map(|line| line.step.clone()).unwrap_or_default(),
            passed: outcome.result.is_ok(),
            reason: outcome.result.err().map(|error| Problem::from(error).message).unwrap_or_default(),
        });
    }
    let passed = lines.iter().filter(|line| line.passed).count();
    page.render("console/review/batch.html", view! { passed, failed => lines.len() - passed, lines })
}

/// `review.step`, as the tick boxes hold it.
fn item(text: &str) -> Option<BatchItem> {
    let (review, step) = text.split_once('.')?;
    Some(BatchItem { review: review.parse().ok()?, step: step.parse().ok()? })
}
