//! Machine screening (机审) of an edition: run, kept, and joined with what people decided about its findings.

use domain::{
    actor::Actor,
    attachment::Attachment,
    edition::{Edition, content_hash, file_digest},
    ids::EditionId,
    placement::PlacementState,
    resource::Resource,
};
use screen::{Report, Severity, Subject};
use store::screening::StoredScreening;

use crate::{
    App, AppError, AppResult,
    edition::{
        finding::{Known, ScreenedFinding},
        load::{inside, load},
        outcome::note_outcomes,
    },
    record,
};

/// The newest report on an edition.
#[derive(Debug, Clone, PartialEq)]
pub struct Screening {
    /// Findings, grave ones first.
    pub findings: Vec<ScreenedFinding>,
    /// Version of engine and packs.
    pub engine_version: String,
    /// When.
    pub screened_at: jiff::Timestamp,
    /// The text has changed since.
    pub outdated: bool,
}

/// Screens an edition now, keeps the report and returns it. Anybody who may see the draft may ask for it.
///
/// # Errors
/// [`AppError::NotFound`] when the actor may not see the edition.
pub async fn screen(app: &App, actor: &Actor, id: EditionId) -> AppResult<Screening> {
    load(app, actor, id).await?;
    let attachments = store::attachment::of_edition(&app.store.read(), id).await?;
    crate::screening::read_missing(app, &attachments).await?;
    app.store
        .write(|tx| async move {
            let loaded = crate::edition::load::find(&tx, id).await?;
            let report = run_in(app, &tx, &loaded.edition, &loaded.resource, false).await?;
            record::event("edition.screen", id, &loaded.edition.title)
                .unit(loaded.resource.unit)
                .after(serde_json::json!({
                    "blocks": report.count(Severity::Block),
                    "warnings": report.count(Severity::Warn),
                    "hints": report.count(Severity::Hint),
                    "engine": report.engine_version,
                }))
                .write(&tx, Some(actor))
                .await
        })
        .await?;
    screening_of(app, actor, id).await?.ok_or_else(|| AppError::Internal("a report just written is missing".into()))
}

/// The newest report with the decisions about it; `None` when the edition was never screened.
///
/// # Errors
/// [`AppError::NotFound`] when the actor may not see the edition.
pub async fn screening_of(app: &App, actor: &Actor, id: EditionId) -> AppResult<Option<Screening>> {
    let loaded = load(app, actor, id).await?;
    let read = app.store.read();
    if !inside(app, &read, actor, &loaded).await? {
        return Ok(None);
    }
    let Some(stored) = store::screening::latest(&read, id).await? else { return Ok(None) };
    let attachments = store::attachment::of_edition(&read, id).await?;
    let now_hash = hash_of(&loaded.edition, &attachments);
    let report: Report = serde_json::from_str(&stored.report).map_err(AppError::internal)?;
    let known = Known::load(&read, &loaded.edition, &loaded.resource).await?;
    let findings = known.join(&loaded.edition, &loaded.resource, report.findings, stored.screened_at);
    Ok(Some(Screening {
        findings,
        engine_version: stored.engine_version,
        screened_at: stored.screened_at,
        outdated: stored.content_hash != now_hash,
    }))
}

/// Screens inside the caller's transaction and keeps the report.
pub(crate) async fn run_in(
    app: &App,
    tx: &store::Tx,
    edition: &Edition,
    resource: &Resource,
    imported: bool,
) -> AppResult<Report> {
    let attachments = store::attachment::of_edition(tx, edition.id).await?;
    let scheduled_at = store::placement::of_resource(tx, resource.id)
        .await?
        .into_iter()
        .filter(|placement| matches!(placement.state, PlacementState::Proposed | PlacementState::Scheduled))
        .filter_map(|placement| placement.publish_at)
        .min();
    // A time that an admitted edition states already may be repeated; a new one must not lie in the past.
    let admitted = store::edition::admitted_of(tx, resource.id, &edition.language).await?;
    let repeated = admitted.is_some_and(|before| before.elements.published_on == edition.elements.published_on);
    let mut subject = Subject {
        elements: edition.elements.clone(),
        scheduled_at,
        first_published_at: resource.first_published_at,
        imported: imported || repeated,
        ..Subject::new(resource.kind, &edition.title, &edition.body, tx.now())
    };
    crate::screening::with_attachments(tx, &mut subject, &attachments).await?;
    crate::screening::with_library(tx, &mut subject, resource.id).await?;
    let report = crate::lexicon::engine_of(app, tx, resource.unit).await?.screen(&subject);
    let count = |severity| i64::try_from(report.count(severity)).unwrap_or(i64::MAX);
    let stored = StoredScreening {
        id: tx.ids().fresh(),
        edition: edition.id,
        content_hash: hash_of(edition, &attachments),
        report: serde_json::to_string(&report).map_err(AppError::internal)?,
        blocks: count(Severity::Block),
        warnings: count(Severity::Warn),
        hints: count(Severity::Hint),
        engine_version: report.engine_version.clone(),
        screened_at: tx.now(),
    };
    let before = store::screening::latest(tx, edition.id).await?;
    store::screening::insert(tx, &stored).await?;
    if before.is_some() || !report.findings.is_empty() {
        let known = Known::load(tx, edition, resource).await?;
        let findings = known.join(edition, resource, report.findings.clone(), tx.now());
        note_outcomes(tx, edition, resource, before.as_ref(), (&stored, &findings)).await?;
    }
    Ok(report)
}

/// The digest that binds reports and reviews to exactly this content.
pub(crate) fn hash_of(edition: &Edition, attachments: &[Attachment]) -> String {
    let files: Vec<String> = attachments.iter().map(|file| file_digest(&file.hash, &file.file_name)).collect();
    content_hash(&edition.title, &edition.body, &edition.elements, &files)
}
