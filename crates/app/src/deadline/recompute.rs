//! 重新计算: a confirmed arrangement or local day may move the due moments of everything that runs.

use domain::{
    deadline::{RunningDeadline, recompute as compare},
    identifier::DivisionCode,
    ids::{ArrangementId, DeadlineId},
};
use jobs::{Attempt, EnqueueOptions, Job, JobError};
use serde::{Deserialize, Serialize};
use store::{
    deadline::{StoredDeadline, notice::DeadlineNotice},
    holiday_arrangement::EnteredState,
};

use super::sum::{calendar_for, keep, reckon};
use crate::{App, AppResult, calendar::Calendars};

/// Deadlines of one transaction; the rest is the next job's.
const BATCH: u64 = 200;

/// Computes running deadlines anew after an arrangement was confirmed, from a key on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RecomputeDeadlines {
    /// What was confirmed.
    pub arrangement: ArrangementId,
    /// The last deadline of the batch before.
    #[serde(default)]
    pub after: Option<DeadlineId>,
}

impl Job for RecomputeDeadlines {
    const NAME: &'static str = "deadline.recompute";
    const PRIORITY: i32 = 10;
    type Context = App;

    async fn run(self, app: App, _attempt: Attempt) -> Result<(), JobError> {
        recompute(&app, &self).await.map(|_| ()).map_err(JobError::retry)
    }
}

/// Computes one batch and enqueues the next; returns how many due moments moved. Done twice it changes nothing: what
/// counts is the stored due moment.
pub async fn recompute(app: &App, job: &RecomputeDeadlines) -> AppResult<usize> {
    let entry = store::holiday_arrangement::by_id(&app.store.read(), job.arrangement).await?;
    let Some(entry) = entry.filter(|entry| matches!(entry.state, EnteredState::InForce | EnteredState::Superseded))
    else {
        return Ok(0);
    };
    let entry = &entry;
    app.store
        .write(|tx| async move {
            let old = Calendars::before(&tx, entry).await?;
            let new = Calendars::load(&tx).await?;
            let batch = store::deadline::lock_running_after(&tx, job.after, BATCH).await?;
            let units: Vec<_> = batch.iter().map(|deadline| deadline.unit).collect();
            let units = store::unit::by_ids(&tx, &units).await?;
            let mut moved = 0;
            for deadline in &batch {
                let division = units.iter().find(|unit| unit.id == deadline.unit).map(|unit| &unit.division);
                moved += usize::from(one(&tx, deadline, division, &old, &new).await?);
            }
            if batch.len() as u64 == BATCH {
                let next = RecomputeDeadlines { arrangement: job.arrangement, after: batch.last().map(|last| last.id) };
                jobs::enqueue(&tx, &next, EnqueueOptions::default()).await?;
            }
            Ok(moved)
        })
        .await
}

async fn one(
    tx: &store::Tx,
    before: &StoredDeadline,
    division: Option<&DivisionCode>,
    old: &Calendars,
    new: &Calendars,
) -> AppResult<bool> {
    let (old, new) = (calendar_for(old, division, &before.terms), calendar_for(new, division, &before.terms));
    let reckoned = reckon(&before.terms, &before.case, &new)?;
    let due_after = reckoned.due_at;
    if due_after == before.due_at && reckoned.explanation == before.explanation {
        return Ok(false);
    }
    let mut after = before.clone();
    keep(&mut after, reckoned);
    store::deadline::update(tx, &after).await?;
    if due_after == before.due_at {
        // Days on the way have other reasons now, but nothing moved: nobody need be told.
        return Ok(false);
    }
    let running = RunningDeadline { key: before.id, terms: before.terms.clone(), case: before.case.clone() };
    let told = compare(&[running], &old, &new).into_iter().next().map(|change| change.reason);
    let told = told.unwrap_or_else(|| {
        format!("“{}”的到期日由{}变为{}", before.terms.name, words(before.due_at), words(due_after))
    });
    let notice = DeadlineNotice {
        id: tx.ids().uuid(),
        deadline: before.id,
        person: before.owner,
        due_before: before.due_at,
        due_after,
        reason: format!("{}。", told.trim_end_matches('。')),
        created_at: tx.now(),
        acknowledged_by: None,
        acknowledged_at: None,
    };
    store::deadline::notice::insert(tx, &notice).await?;
    Ok(true)
}

fn words(due: Option<jiff::Timestamp>) -> String {
    due.map_or_else(|| "不能推算".to_owned(), domain::time::beijing_minutes)
}
