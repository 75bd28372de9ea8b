//! The steps of a review, with what everybody said.

use std::collections::HashMap;

use app::AppResult;
use domain::{
    ids::PersonId,
    review::{Review, ReviewState, ReviewStep, StepOutcome},
};
use jiff::Timestamp;
use serde::Serialize;

use crate::console::{page::Page, waiting::duration_words};

/// One step, as the `chain` macro shows it.
#[derive(Debug, Clone, Serialize)]
pub struct StepView {
    /// 初审, 复审 …
    pub label: String,
    /// `passed`, `pending`, `waiting`, `returned`, `owed`.
    pub state: &'static str,
    /// Who decided, or which unit decides.
    pub who: String,
    /// When.
    pub at: Option<Timestamp>,
    /// The opinion, or how long it has been waiting.
    pub note: String,
    /// Past its hour.
    pub overdue: bool,
}

/// One run through the chain.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewChainView {
    /// Address of the review page.
    pub path: String,
    /// When it was submitted.
    pub started_at: Timestamp,
    /// 审核中, 已通过 …
    pub state: &'static str,
    /// Why it took the urgent path.
    pub urgent_reason: Option<String>,
    /// The steps.
    pub steps: Vec<StepView>,
}

/// Reviews with the names that people know.
pub async fn chains(page: &Page, reviews: &[Review]) -> AppResult<Vec<ReviewChainView>> {
    let steps = || reviews.iter().flat_map(|review| &review.steps);
    let people: Vec<_> = steps().flat_map(|step| [step.decided_by, step.on_behalf_of]).flatten().collect();
    let units: Vec<_> = steps().map(|step| step.unit).collect();
    let people = app::names::people(page.app(), people).await?;
    let units = app::names::units(page.app(), units).await?;
    let now = page.app().now();
    Ok(reviews
        .iter()
        .map(|review| ReviewChainView {
            path: format!("/console/reviews/{}", review.id),
            started_at: review.started_at,
            state: review.state.chinese(),
            urgent_reason: review.urgent_reason.clone(),
            steps: review
                .steps
                .iter()
                .map(|step| {
                    let unit = units.get(&step.unit).map(String::as_str).unwrap_or_default();
                    step_view(review, step, &people, unit, now)
                })
                .collect(),
        })
        .collect())
}

fn step_view(
    review: &Review,
    step: &ReviewStep,
    people: &HashMap<PersonId, String>,
    unit: &str,
    now: Timestamp,
) -> StepView {
    let name = |person: Option<PersonId>| person.and_then(|person| people.get(&person)).cloned();
    let turn = review.state == ReviewState::Running && step.position == review.current_position;
    let waiting = step.outcome == StepOutcome::Waiting;
    let who = match (name(step.decided_by), name(step.on_behalf_of)) {
        (Some(who), Some(absent)) => format!("{who}（代{absent}）"),
        (Some(who), None) => who,
        _ if waiting && turn => format!("{unit}“{}”人员", step.duty.chinese()),
        _ => unit.to_owned(),
    };
    let age =
        step.waiting_since.filter(|_| waiting && turn).map(|since| format!("已等 {}", duration_words(since, now)));
    StepView {
        label: step.name.clone(),
        state: match step.outcome {
            StepOutcome::Passed | StepOutcome::MadeUp => "passed",
            StepOutcome::Returned => "returned",
            StepOutcome::Skipped => "owed",
            StepOutcome::Waiting if turn => "pending",
            StepOutcome::Waiting => "waiting",
        },
        who,
        at: step.decided_at,
        note: step.opinion.clone().or(age).unwrap_or_default(),
        overdue: waiting && turn && step.due_at.is_some_and(|due| due < now),
    }
}
