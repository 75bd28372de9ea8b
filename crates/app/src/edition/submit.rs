//! Submitting a draft to review (送审): complete, screened, bound by a digest, handed to the first step of its chain.

use domain::{
    actor::Actor,
    edition::{Edition, EditionState},
    element::{missing_elements, overlong_elements},
    ids::{EditionId, ReviewId},
    problem::FieldProblem,
    resource::{Resource, ResourceKind},
    review::{Review, ReviewState, ReviewStep, StepOutcome},
    review_chain::ChainStep,
    time::beijing_date,
};
use jiff::{SignedDuration, Timestamp};
use policy::Action;

use crate::{
    App, AppError, AppResult,
    edition::{
        adopt::suggestions,
        finding::Known,
        load::{Loaded, lock_for, require_editable},
        screen::{hash_of, run_in},
    },
    record,
    review_chain::{ResolvedChain, resolve_in},
};

/// How an edition comes to be submitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubmitMode {
    /// Written here.
    Ordinary,
    /// Taken over from another system, where it was public already.
    Import {
        /// The steps of the batch review; `None` = the chain that applies anyway.
        steps: Option<Vec<ChainStep>>,
    },
}

/// What submission led to.
#[derive(Debug, Clone)]
pub struct Submission {
    /// The edition, now in review.
    pub edition: Edition,
    /// The review that runs.
    pub review: Review,
}

/// Submits a draft.
///
/// # Errors
/// [`AppError::Invalid`] with one entry per missing element, wrong number, standing finding of the machine or place
/// where it may not appear; [`AppError::Conflict`] when it is not a draft or changed since `lock_version`.
pub async fn submit(app: &App, actor: &Actor, id: EditionId, lock_version: i64) -> AppResult<Submission> {
    app.store
        .write(|tx| async move {
            let loaded = lock_for(app, &tx, actor, id, Action::EditionSubmit).await?;
            if loaded.edition.lock_version != lock_version {
                return Err(AppError::Conflict("本稿在您打开之后又被保存过。请核对最新内容，再送审。".into()));
            }
            let unit = loaded.resource.unit;
            let submission = submit_in(app, &tx, actor, loaded, SubmitMode::Ordinary).await?;
            record::event("edition.submit", id, &submission.edition.title)
                .unit(unit)
                .after(serde_json::json!({
                    "review": submission.review.id,
                    "content_hash": submission.review.content_hash,
                    "steps": submission.review.steps.iter().map(|step| &step.name).collect::<Vec<_>>(),
                }))
                .write(&tx, Some(actor))
                .await?;
            Ok(submission)
        })
        .await
}

/// [`submit`] inside the caller's transaction (rows locked, permission asked), without an audit event of its own.
///
/// # Errors
/// As [`submit`].
pub async fn submit_in(
    app: &App,
    tx: &store::Tx,
    actor: &Actor,
    loaded: Loaded,
    mode: SubmitMode,
) -> AppResult<Submission> {
    let imported = matches!(mode, SubmitMode::Import { .. });
    let Loaded { mut edition, resource, .. } = loaded;
    require_editable(&edition)?;
    let mut problems = form_problems(&edition, &resource, imported);
    problems.extend(crate::placement::proposal_problems(tx, &resource, &edition).await?);
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    if resource.kind == ResourceKind::Policy {
        issue_index_number(tx, &mut edition, &resource).await?;
    }
    refuse_standing_findings(app, tx, &edition, &resource, imported).await?;
    let attachments = store::attachment::of_edition(tx, edition.id).await?;
    let now = tx.now();
    edition.state = EditionState::InReview;
    edition.submitted_by = Some(actor.person);
    edition.submitted_at = Some(now);
    edition.updated_at = now;
    edition.content_hash = Some(hash_of(&edition, &attachments));
    edition.lock_version = store::edition::update(tx, &edition).await?;
    let chain = match mode {
        SubmitMode::Import { steps: Some(steps) } => ResolvedChain { name: "导入批量审核".into(), steps },
        _ => resolve_in(tx, &resource).await?,
    };
    let hours = store::setting::in_force(tx).await?.value("review.due_hours");
    let review = start_review(tx, &edition, &resource, &chain, now, hours);
    store::review::insert(tx, &review, &chain.name).await?;
    Ok(Submission { edition, review })
}

fn form_problems(edition: &Edition, resource: &Resource, imported: bool) -> Vec<FieldProblem> {
    let body_text = render::rich_text::clean(&edition.body).plain_text;
    let has_picture = edition.body.contains("<img");
    let text = if body_text.trim().is_empty() && has_picture { "图" } else { body_text.as_str() };
    let mut problems = missing_elements(resource.kind, &edition.title, text, &edition.elements);
    problems.extend(overlong_elements(&edition.title, &edition.elements));
    // Whether an old document is still in force, and which subject it falls under, is a person's judgement; old sites seldom
    // said it. The page leaves both open until somebody makes it.
    problems.retain(|problem| !(imported && matches!(problem.field.as_str(), "validity" | "subject_class")));
    if !edition.elements.open_mode.may_be_published() {
        problems.push(FieldProblem::new(
            "open_mode",
            "公开方式为“依申请公开”或“不予公开”的信息不能送审发布。如可公开，请改为“主动公开”。",
        ));
    }
    problems
}

/// Gives a policy its index number before review, so that reviewers pass exactly what will be published. A number
/// once issued stays with its resource for ever, whatever becomes of the edition.
async fn issue_index_number(tx: &store::Tx, edition: &mut Edition, resource: &Resource) -> AppResult<()> {
    if let Some(typed) = &edition.elements.index_number {
        match store::index_number::holder(tx, typed).await? {
            Some(holder) if holder != resource.id => {
                return Err(AppError::invalid(
                    "index_number",
                    format!("索引号 {typed} 已被另一条信息使用，索引号不得重复。"),
                ));
            }
            _ => return Ok(()),
        }
    }
    if let Some(issued) = store::index_number::of_resource(tx, resource.id).await? {
        edition.elements.index_number = Some(issued);
        return Ok(());
    }
    let unit = store::unit::by_id(tx, resource.unit).await?;
    let Some(organ) = unit.and_then(|unit| unit.organ_code) else { return Ok(()) };
    let year = edition.elements.written_on.unwrap_or_else(|| beijing_date(tx.now())).year();
    let serial = store::index_number::last_serial(tx, &organ, year).await? + 1;
    let number = format!("{organ}/{year}-{serial:05}");
    store::index_number::insert(tx, &organ, year, serial, &number, resource.id).await?;
    edition.elements.index_number = Some(number);
    Ok(())
}

async fn refuse_standing_findings(
    app: &App,
    tx: &store::Tx,
    edition: &Edition,
    resource: &Resource,
    imported: bool,
) -> AppResult<()> {
    let report = run_in(app, tx, edition, resource, imported).await?;
    if !report.blocks() {
        return Ok(());
    }
    let known = Known::load(tx, edition, resource).await?;
    let problems: Vec<FieldProblem> = known
        .join(edition, resource, report.findings, tx.now())
        .into_iter()
        .filter(|one| one.stands_in_the_way())
        .map(|one| {
            let place = if one.finding.excerpt.is_empty() {
                String::new()
            } else {
                format!("“{}”：", one.finding.excerpt)
            };
            let advice = suggestions(&one.finding).into_iter().next();
            let advice =
                advice.or(one.finding.suggestion.clone()).map(|text| format!(" 建议：{text}")).unwrap_or_default();
            FieldProblem::new("screening", format!("{place}{}{advice}", one.finding.message))
        })
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(AppError::Invalid(problems)) }
}

fn start_review(
    tx: &store::Tx,
    edition: &Edition,
    resource: &Resource,
    chain: &ResolvedChain,
    now: Timestamp,
    due_hours: i64,
) -> Review {
    let id: ReviewId = tx.ids().fresh();
    let steps = chain
        .steps
        .iter()
        .zip(1..)
        .map(|(step, position)| ReviewStep {
            id: tx.ids().fresh(),
            review: id,
            position,
            name: step.name.clone(),
            duty: step.duty,
            unit: step.unit.unwrap_or(resource.unit),
            outcome: StepOutcome::Waiting,
            decided_by: None,
            on_behalf_of: None,
            decided_at: None,
            opinion: None,
            waiting_since: (position == 1).then_some(now),
            due_at: (position == 1).then(|| due(now, due_hours)),
        })
        .collect();
    Review {
        id,
        edition: edition.id,
        unit: resource.unit,
        state: ReviewState::Running,
        current_position: 1,
        urgent_reason: None,
        content_hash: edition.content_hash.clone().unwrap_or_default(),
        started_at: now,
        ended_at: None,
        steps,
        lock_version: 1,
    }
}

/// The moment `hours` after `from`.
pub(crate) fn due(from: Timestamp, hours: i64) -> Timestamp {
    from.checked_add(SignedDuration::from_hours(hours)).unwrap_or(Timestamp::MAX)
}
