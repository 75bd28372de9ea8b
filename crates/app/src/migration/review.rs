//! Reviewing a batch (批量审核): a sample and everything that the machine flagged is reviewed one by one; then the rest of
//! the step may be passed at once. 先审后发 holds: every draft passes every step of its chain, each by another person.

use std::collections::{BTreeMap, HashSet};

use domain::{
    actor::Actor,
    edition::EditionState,
    ids::{EditionId, MigrationId, OldPageId, ReviewId},
    migration::{MigrationState, required, sample_of},
};
use policy::Action;
use serde::Serialize;
use store::migration::review_queue::{self, QueuedEdition, WaitingStep};

use super::reach::reach;
use crate::{App, AppError, AppResult, record, review::pass_in};

/// Drafts passed in one transaction.
const HANDFUL: usize = 16;

/// A draft that is reviewed one by one.
#[derive(Debug, Clone, Serialize)]
pub struct SingleReview {
    /// The old page.
    pub page: OldPageId,
    /// The review that waits.
    pub review: Option<ReviewId>,
    /// The edition.
    pub edition: EditionId,
    /// Its title.
    pub title: String,
    /// Drawn for the sample.
    pub sampled: bool,
    /// Flagged by the machine.
    pub findings: u64,
    /// Its state.
    pub state: EditionState,
    /// Name of the step that waits.
    pub waits_at: Option<String>,
}

/// One step of the chains, with what waits there.
#[derive(Debug, Clone, Serialize)]
pub struct StepSums {
    /// Place in the chain.
    pub position: i64,
    /// 初审, 复审 …
    pub name: String,
    /// Waiting here, one by one.
    pub single: u64,
    /// Waiting here, as the rest.
    pub rest: u64,
    /// The actor may pass the rest of this step now.
    pub may_pass: bool,
    /// Why not.
    pub objection: Option<String>,
}

/// The batch as a reviewer sees it.
#[derive(Debug, Clone, Serialize)]
pub struct BatchReview {
    /// Drafts and more by state.
    pub states: BTreeMap<String, u64>,
    /// Reviewed one by one, those that wait first.
    pub single: Vec<SingleReview>,
    /// How many were drawn.
    pub sample_size: u64,
    /// Of those, how many were returned.
    pub returned: u64,
    /// The steps at which something waits.
    pub steps: Vec<StepSums>,
}

/// The batch.
///
/// # Errors
/// [`AppError::NotFound`] for another office's migration.
pub async fn batch(app: &App, actor: &Actor, id: MigrationId) -> AppResult<BatchReview> {
    let read = app.store.read();
    reach(app, &read, actor, id, Action::MigrationRead).await?;
    let queue = review_queue::of(&read, id).await?;
    let drawn = draw(app, id, &queue).await?;
    let mut states: BTreeMap<String, u64> = BTreeMap::new();
    let mut steps: BTreeMap<(i64, String), StepSums> = BTreeMap::new();
    let mut single = Vec::new();
    for one in &queue {
        *states.entry(one.state.chinese().to_owned()).or_default() += 1;
        let alone = drawn.single.contains(&one.edition);
        if alone {
            single.push(SingleReview {
                page: one.page,
                review: one.waiting.as_ref().map(|step| step.review),
                edition: one.edition,
                title: one.title.clone(),
                sampled: drawn.sample.contains(&one.edition),
                findings: one.findings,
                state: one.state,
                waits_at: one.waiting.as_ref().map(|step| step.name.clone()),
            });
        }
        let Some(step) = &one.waiting else { continue };
        let sums = steps.entry((step.position, step.name.clone())).or_insert_with(|| StepSums {
            position: step.position,
            name: step.name.clone(),
            single: 0,
            rest: 0,
            may_pass: false,
            objection: None,
        });
        *(if alone { &mut sums.single } else { &mut sums.rest }) += 1;
        let mine = actor.holds_at(step.duty, step.unit);
        sums.may_pass |= mine && !alone;
    }
    let steps = steps
        .into_values()
        .map(|sums| {
            let objection = (sums.single > 0).then(|| objection(sums.single));
            StepSums { may_pass: sums.may_pass && sums.single == 0, objection, ..sums }
        })
        .collect();
    single.sort_by_key(|one| one.waits_at.is_none());
    Ok(BatchReview { states, single, sample_size: drawn.sample.len() as u64, returned: drawn.returned, steps })
}

fn objection(single: u64) -> String {
    format!("本步骤还有 {single} 条抽查或机审提示的页面没有逐条审核，审完后才能整批通过其余页面。")
}

struct Drawn {
    /// Sample and flagged.
    single: HashSet<EditionId>,
    sample: HashSet<EditionId>,
    returned: u64,
}

/// The sample: drawn among all drafts of the migration that were submitted, larger when some of it were returned.
async fn draw(app: &App, id: MigrationId, queue: &[QueuedEdition]) -> AppResult<Drawn> {
    let settings = store::setting::in_force(&app.store.read()).await?;
    let (share, least) = (settings.value("migration.sample_percent"), settings.value("migration.sample_least"));
    let submitted: Vec<&QueuedEdition> = queue.iter().filter(|one| one.state != EditionState::Draft).collect();
    let editions: Vec<EditionId> = submitted.iter().map(|one| one.edition).collect();
    let back: HashSet<EditionId> =
        submitted.iter().filter(|one| one.state == EditionState::Returned).map(|one| one.edition).collect();
    let first = sample_of(id, &editions, required(editions.len(), share, least, 0));
    let returned = first.iter().filter(|edition| back.contains(edition)).count();
    let sample = sample_of(id, &editions, required(editions.len(), share, least, returned));
    let sample: HashSet<EditionId> = sample.into_iter().collect();
    let flagged = submitted.iter().filter(|one| one.findings > 0).map(|one| one.edition);
    Ok(Drawn { single: sample.iter().copied().chain(flagged).collect(), sample, returned: returned as u64 })
}

/// Of these reviews, those of a migration's sample and of what the machine flagged there: they are read one by one.
///
/// # Errors
/// What the database can say.
pub(crate) async fn read_alone(app: &App, reviews: &[ReviewId]) -> AppResult<HashSet<ReviewId>> {
    let read = app.store.read();
    let mut by_migration: BTreeMap<MigrationId, Vec<(ReviewId, EditionId)>> = BTreeMap::new();
    for id in reviews {
        let Some(review) = store::review::by_id(&read, *id).await? else { continue };
        if let Some(page) = store::migration::page::of_edition(&read, review.edition).await? {
            by_migration.entry(page.migration).or_default().push((*id, review.edition));
        }
    }
    let mut alone = HashSet::new();
    for (migration, reviews) in by_migration {
        let drawn = draw(app, migration, &review_queue::of(&read, migration).await?).await?;
        alone.extend(
            reviews.into_iter().filter(|(_, edition)| drawn.single.contains(edition)).map(|(review, _)| review),
        );
    }
    Ok(alone)
}

/// Passes everything that waits at a step, but for the sample and what was flagged. Returns how many were passed and
/// what was refused, with reasons.
///
/// # Errors
/// [`AppError::Conflict`] while something waits at the step that must be reviewed one by one, or nothing is left.
pub async fn pass_rest(
    app: &App,
    actor: &Actor,
    id: MigrationId,
    position: i64,
    opinion: &str,
) -> AppResult<(u64, Vec<String>)> {
    let read = app.store.read();
    let reached = reach(app, &read, actor, id, Action::MigrationRead).await?;
    let states = [MigrationState::Reviewing, MigrationState::Live];
    reached.require(&states, "批量审核")?;
    let opinion = opinion.trim();
    if opinion.chars().count() > 500 {
        return Err(AppError::invalid("opinion", "意见请控制在 500 字以内。"));
    }
    let queue = review_queue::of(&read, id).await?;
    let drawn = draw(app, id, &queue).await?;
    let here = |one: &&QueuedEdition| one.waiting.as_ref().is_some_and(|step| step.position == position);
    let single = queue.iter().filter(here).filter(|one| drawn.single.contains(&one.edition)).count() as u64;
    if single > 0 {
        return Err(AppError::Conflict(objection(single)));
    }
    let mine: Vec<(&QueuedEdition, &WaitingStep)> = queue
        .iter()
        .filter(here)
        .filter_map(|one| one.waiting.as_ref().map(|step| (one, step)))
        .filter(|(_, step)| actor.holds_at(step.duty, step.unit))
        .collect();
    if mine.is_empty() {
        return Err(AppError::Conflict("这一步没有等待您审核的页面，可能已由其他人办理。请刷新查看。".into()));
    }
    let opinion = match opinion {
        "" => format!("批量审核：抽查 {} 条、机审提示的逐条审核，其余整批通过", drawn.sample.len()),
        typed => format!("批量审核：{typed}"),
    };
    let (mut passed, mut refused) = (0, Vec::new());
    for handful in mine.chunks(HANDFUL) {
        match pass_handful(app, actor, id, handful, &opinion).await {
            Ok(()) => passed += handful.len() as u64,
            Err(AppError::Internal(fault)) => return Err(AppError::Internal(fault)),
            Err(_) => {
                for one in handful {
                    match pass_handful(app, actor, id, std::slice::from_ref(one), &opinion).await {
                        Ok(()) => passed += 1,
                        Err(AppError::Internal(fault)) => return Err(AppError::Internal(fault)),
                        Err(error) => refused.push(format!("《{}》：{error}", one.0.title)),
                    }
                }
            }
        }
    }
    let (name, unit, sample, opinion) = (&reached.migration.name, reached.unit.id, drawn.sample.len(), &opinion);
    app.store
        .write(|tx| async move {
            record::event("migration.pass_rest", id, name)
                .unit(unit)
                .after(serde_json::json!({
                    "position": position, "passed": passed, "sample": sample, "opinion": opinion,
                }))
                .write(&tx, Some(actor))
                .await
        })
        .await?;
    Ok((passed, refused))
}

async fn pass_handful(
    app: &App,
    actor: &Actor,
    id: MigrationId,
    handful: &[(&QueuedEdition, &WaitingStep)],
    opinion: &str,
) -> AppResult<()> {
    app.store
        .write(|tx| async move {
            for (one, step) in handful {
                let seat = pass_in(app, &tx, actor, step.review, step.step, Some(opinion)).await?;
                record::event("review.pass", step.review, &seat.edition.title)
                    .unit(seat.resource.unit)
                    .after(serde_json::json!({
                        "edition": one.edition,
                        "migration": id,
                        "step": step.name,
                        "opinion": opinion,
                        "on_behalf_of": seat.on_behalf_of,
                        "review_state": seat.review.state,
                        "edition_state": seat.edition.state,
                        "content_hash": seat.review.content_hash,
                        "original_publication": seat.edition.elements.published_on,
                    }))
                    .write(&tx, Some(actor))
                    .await?;
            }
            Ok(())
        })
        .await
}
