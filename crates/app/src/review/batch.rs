//! Batch review: each item stands alone, so that one forbidden item does not stop the rest.

use domain::{
    actor::Actor,
    ids::{ReviewId, ReviewStepId},
};

use crate::{App, AppError, AppResult, migration::read_alone, review::pass};

const ALONE: &str = "本条属于网站迁移批次的抽查或机审提示，请打开逐条审核。";

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
    let reviews: Vec<ReviewId> = items.iter().map(|item| item.review).collect();
    let alone = read_alone(app, &reviews).await;
    for item in items {
        let result = match &alone {
            Ok(alone) if alone.contains(&item.review) => Err(AppError::Conflict(ALONE.into())),
            Ok(_) => pass(app, actor, item.review, item.step, opinion).await.map(|_| ()),
            Err(fault) => Err(AppError::Internal(fault.to_string())),
        };
        outcomes.push(BatchOutcome { item: *item, result });
    }
    outcomes
}
