//! Submitting the drafts of a migration to review (批量送审): each by the review chain that applies to it.

use std::collections::HashSet;

use domain::{
    actor::Actor,
    edition::EditionState,
    ids::{MigrationId, OldPageId},
    migration::{Fate, MigrationState, OldPage},
};
use policy::Action;

use super::reach::hold;
use crate::{
    App, AppError, AppResult,
    edition::{SubmitMode, lock_for, submit_in},
    record,
};

/// Drafts submitted in one transaction.
const HANDFUL: usize = 16;

/// What became of the drafts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Submitted {
    /// Under review now.
    pub submitted: u64,
    /// Held back: each page says why.
    pub held_back: u64,
}

/// Submits every draft that may be submitted. What a spot check found wrong, and what the machine objects to, stays back
/// with the reason.
///
/// # Errors
/// [`AppError::Conflict`] before the trial or when nothing is left to submit.
pub async fn submit(app: &App, actor: &Actor, id: MigrationId) -> AppResult<Submitted> {
    let states = [MigrationState::Tried, MigrationState::Reviewing];
    app.store
        .write(|tx| async move {
            hold(app, &tx, actor, id, Action::MigrationRun).await?.require(&states, "送审")?;
            Ok::<_, AppError>(())
        })
        .await?;
    let wrong = found_wrong(app, id).await?;
    let mut sums = Submitted::default();
    let mut after = None;
    loop {
        let pages = store::migration::page::after(&app.store.read(), id, &[], after, 200).await?;
        let Some(last) = pages.last() else { break };
        after = Some(last.id);
        let moving: Vec<OldPage> =
            pages.into_iter().filter(|page| page.fate == Fate::Moved && page.edition.is_some()).collect();
        for handful in moving.chunks(HANDFUL) {
            let done = submit_handful(app, actor, handful, &wrong).await?;
            sums.submitted += done.submitted;
            sums.held_back += done.held_back;
        }
    }
    if sums == Submitted::default() {
        return Err(AppError::Conflict("没有可以送审的稿件：稿件都已送审或入库。".into()));
    }
    app.store
        .write(|tx| async move {
            let mut reached = hold(app, &tx, actor, id, Action::MigrationRun).await?;
            if sums.submitted > 0 && reached.migration.state == MigrationState::Tried {
                reached.migration.state = MigrationState::Reviewing;
                store::migration::project::update(&tx, &reached.migration).await?;
            }
            record::event("migration.submit", id, &reached.migration.name)
                .unit(reached.unit.id)
                .after(serde_json::json!({ "submitted": sums.submitted, "held_back": sums.held_back }))
                .write(&tx, Some(actor))
                .await
        })
        .await?;
    Ok(sums)
}

/// Pages whose newest spot check says that they differ.
async fn found_wrong(app: &App, id: MigrationId) -> AppResult<HashSet<OldPageId>> {
    let (mut seen, mut wrong) = (HashSet::new(), HashSet::new());
    for check in store::migration::spot_check::of(&app.store.read(), id).await? {
        if seen.insert(check.page) && !check.agrees {
            wrong.insert(check.page);
        }
    }
    Ok(wrong)
}

async fn submit_handful(
    app: &App,
    actor: &Actor,
    handful: &[OldPage],
    wrong: &HashSet<OldPageId>,
) -> AppResult<Submitted> {
    let mut sums = Submitted::default();
    for page in handful {
        // One transaction each: a refusal undoes what was begun for that draft alone.
        let outcome = app
            .store
            .write(|tx| async move {
                let Some(edition) = page.edition else { return Ok(false) };
                let Some(before) = store::edition::by_id(&tx, edition).await? else { return Ok(false) };
                if !before.state.editable() {
                    return Ok(false);
                }
                if wrong.contains(&page.id) {
                    return Err(AppError::Conflict("抽查认为与原页面不同，请核对修改后重新抽查。".into()));
                }
                if before.state == EditionState::Returned
                    && before.updated_at <= before.submitted_at.unwrap_or(before.updated_at)
                {
                    return Err(AppError::Conflict("审核退回后还没有修改，请按审核意见修改。".into()));
                }
                let loaded = lock_for(app, &tx, actor, edition, Action::EditionSubmit).await?;
                let unit = loaded.resource.unit;
                let submission = submit_in(app, &tx, actor, loaded, SubmitMode::Import { steps: None }).await?;
                store::migration::page::update(&tx, &OldPage { trial_fault: None, ..page.clone() }).await?;
                record::event("edition.submit", edition, &submission.edition.title)
                    .unit(unit)
                    .after(serde_json::json!({
                        "migration": page.migration,
                        "address": page.address,
                        "review": submission.review.id,
                        "content_hash": submission.review.content_hash,
                        "original_publication": submission.edition.elements.published_on,
                    }))
                    .write(&tx, Some(actor))
                    .await?;
                Ok(true)
            })
            .await;
        match outcome {
            Ok(true) => sums.submitted += 1,
            Ok(false) => {}
            Err(AppError::Internal(fault)) => return Err(AppError::Internal(fault)),
            Err(error) => {
                sums.held_back += 1;
                let why = match error {
                    AppError::Invalid(problems) => problems.into_iter().map(|one| one.message).collect::<String>(),
                    other => other.to_string(),
                };
                let page = &OldPage { trial_fault: Some(why), ..page.clone() };
                app.store
                    .write(|tx| async move { Ok::<_, AppError>(store::migration::page::update(&tx, page).await?) })
                    .await?;
            }
        }
    }
    Ok(sums)
}
