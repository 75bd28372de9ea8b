//! Screening what a run has chosen, a handful at a time; a worker that dies loses one handful at most.

use std::{collections::HashSet, sync::Arc};

use domain::{
    edition::{Edition, EditionState},
    ids::{EditionId, ResourceId, StockRunId},
    resource::Resource,
    stock::{StockRunKind, StockRunState},
};
use jobs::{Attempt, Job, JobError};
use screen::{Engine, Finding, Report, Severity, Subject};
use serde::{Deserialize, Serialize};
use store::stock::{issue::NewIssue, run::StockRun};

use crate::{App, AppError, AppResult, lexicon, record};

/// Editions screened between two writes.
const HANDFUL: u64 = 100;

/// Screens what is left of a run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ScreenStock {
    /// The run.
    pub run: StockRunId,
}

impl Job for ScreenStock {
    const NAME: &'static str = "stock.screen";
    const QUEUE: &'static str = "stock";
    type Context = App;

    async fn run(self, app: App, _attempt: Attempt) -> Result<(), JobError> {
        screen(&app, self.run).await.map_err(JobError::retry)
    }
}

/// What was found in one edition.
struct Looked {
    resource: ResourceId,
    edition: EditionId,
    title: String,
    findings: Vec<Finding>,
}

/// Screens handful after handful until nothing is left. Two workers at once share the work and report nothing twice.
pub(super) async fn screen(app: &App, id: StockRunId) -> AppResult<()> {
    loop {
        let read = app.store.read();
        let Some(run) = store::stock::run::by_id(&read, id).await? else { return Ok(()) };
        if run.state == StockRunState::Done {
            return Ok(());
        }
        let prefix = match run.change {
            None => None,
            Some(change) => {
                let change = store::lexicon::change::by_id(&read, change).await?;
                let pack = match change {
                    Some(change) => store::lexicon::by_id(&read, change.pack).await?,
                    None => None,
                };
                pack.map(|pack| format!("lexicon.{}.", pack.code))
            }
        };
        let handful = store::stock::run::next_items(&read, id, HANDFUL).await?;
        let mut looked = Vec::with_capacity(handful.len());
        for edition in &handful {
            if let Some(found) = look(app, &read, &run, *edition, prefix.as_deref()).await? {
                looked.push(found);
            }
        }
        if keep(app, id, &handful, &looked).await? {
            return Ok(());
        }
    }
}

/// Screens one edition as it stands in the library; `None` when it is no stock any more.
async fn look(
    app: &App,
    read: &store::Read,
    run: &StockRun,
    id: EditionId,
    prefix: Option<&str>,
) -> AppResult<Option<Looked>> {
    let Some(edition) = store::edition::by_id(read, id).await? else { return Ok(None) };
    if edition.state != EditionState::Admitted {
        return Ok(None);
    }
    let Some(owned) = store::resource::by_id(read, edition.resource).await? else { return Ok(None) };
    let engine = lexicon::engine_for(app, read, &owned.unit_path).await?;
    let subject = subject_of(read, &edition, &owned.resource, app.now()).await?;
    let report = run_engine(engine, subject).await?;
    let known = known_of(read, id).await?;
    // A daily run must not repeat slight remarks that nobody would take a published text down for.
    let least = if run.kind == StockRunKind::Change { Severity::Hint } else { Severity::Warn };
    let findings = report
        .findings
        .into_iter()
        .filter(|finding| prefix.is_none_or(|prefix| finding.rule_id.starts_with(prefix)))
        .filter(|finding| finding.severity <= least)
        .filter(|finding| !known.contains(finding.fingerprint()))
        .collect();
    Ok(Some(Looked { resource: edition.resource, edition: id, title: edition.title, findings }))
}

/// What the screening said before the edition was admitted: people have dealt with that already.
async fn known_of(read: &store::Read, edition: EditionId) -> AppResult<HashSet<String>> {
    let Some(stored) = store::screening::latest(read, edition).await? else { return Ok(HashSet::new()) };
    let report: Report = serde_json::from_str(&stored.report).map_err(AppError::internal)?;
    Ok(report.findings.into_iter().map(|finding| finding.fingerprint).collect())
}

/// An admitted edition. Its own time of publication is long past and right.
pub(super) async fn subject_of(
    read: &store::Read,
    edition: &Edition,
    resource: &Resource,
    now: jiff::Timestamp,
) -> AppResult<Subject> {
    let mut subject = Subject {
        elements: edition.elements.clone(),
        first_published_at: resource.first_published_at,
        imported: true,
        ..Subject::new(resource.kind, &edition.title, &edition.body, now)
    };
    let attachments = store::attachment::of_edition(read, edition.id).await?;
    crate::screening::with_attachments(read, &mut subject, &attachments).await?;
    Ok(subject)
}

async fn run_engine(engine: Arc<Engine>, subject: Subject) -> AppResult<Report> {
    tokio::task::spawn_blocking(move || engine.screen(&subject)).await.map_err(AppError::internal)
}

/// Keeps what is new and strikes the handful off; `true` when the run is done.
async fn keep(app: &App, id: StockRunId, handful: &[EditionId], looked: &[Looked]) -> AppResult<bool> {
    app.store
        .write(|tx| async move {
            let Some(mut run) = store::stock::run::lock(&tx, id).await? else { return Ok(true) };
            if run.state == StockRunState::Done {
                return Ok(true);
            }
            // Another worker may have had the same handful.
            let mine = store::stock::run::still_waiting(&tx, id, handful).await?;
            let mut issues = Vec::new();
            for one in looked.iter().filter(|one| mine.contains(&one.edition)) {
                for finding in &one.findings {
                    issues.push(NewIssue {
                        id: tx.ids().fresh(),
                        resource: one.resource,
                        edition: one.edition,
                        run: id,
                        fingerprint: finding.fingerprint().to_owned(),
                        finding: serde_json::to_string(finding).map_err(AppError::internal)?,
                        severity: finding.severity.as_str().to_owned(),
                        title: one.title.clone(),
                    });
                }
            }
            run.hits += store::stock::issue::note(&tx, &issues).await?;
            run.screened += mine.len() as u64;
            store::stock::run::strike_off(&tx, id, &mine).await?;
            let done = store::stock::run::next_items(&tx, id, 1).await?.is_empty();
            if done {
                run.state = StockRunState::Done;
                run.finished_at = Some(tx.now());
                record::event("stock.run", id, run.kind.chinese()).unit(run.unit).after(&run).write(&tx, None).await?;
            }
            store::stock::run::update(&tx, &run).await?;
            Ok(done)
        })
        .await
}
