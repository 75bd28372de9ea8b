//! Batch review: each item stands alone, so that one forbidden item does not stop the rest.

use domain::{
    actor::Actor,
    ids::{ReviewId, ReviewStepId},
};

use crate::{App, AppResult, review::pass};

/// One item ticked in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchItem {
    /// The review.
    pub review: ReviewId,
    /// The step as the person saw it.
    pub step: ReviewStepId,
}

/// What became of one item.
#[derive(Debug)]
pub struct BatchOutcome {
    /// The item.
    pub item: BatchItem,
    /// Passed, or why not.
    pub result: AppResult<()>,
}

/// Passes every item that may be passed; the others are listed with their reasons.
pub async fn pass_all(app: &App, actor: &Actor, items: &[BatchItem], opinion: Option<&str>) -> Vec<BatchOutcome> {
    let mut outcomes = Vec::with_capacity(items.len());
    for item in items {
        let result = pass(app, actor, item.review, item.step, opinion).await.map(|_| ());
        outcomes.push(BatchOutcome { item: *item, result });
    }
    outcomes
}
