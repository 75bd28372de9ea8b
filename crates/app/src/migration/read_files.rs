//! What the screening would say of the files of an old site: an archived original is for everybody, and old sites are
//! full of lists with ID numbers.

use std::sync::Arc;

use domain::{
    ids::MigrationId,
    migration::{OldPage, OldPageKind},
    resource::ResourceKind,
};
use screen::{Category, Engine, Finding, Report, Severity, Subject};

use super::{collect::stopping, reach::surroundings};
use crate::{App, AppError, AppResult, screening::read_attachment};

/// Files read between two writes.
const HANDFUL: u64 = 16;
/// Remarks kept with a file.
const MOST_REMARKS: usize = 5;
/// What no archived original may show unless a person looked at it; the rest of the rules is for new texts.
const GRAVE: [Category; 2] = [Category::Privacy, Category::Sensitive];

/// The findings that count for what is archived as it is.
pub(super) fn grave(report: &Report) -> Vec<&Finding> {
    report.findings.iter().filter(|one| one.severity == Severity::Block && GRAVE.contains(&one.category)).collect()
}

/// Screens every document whose bytes are new. Killed at any moment, it goes on.
pub(super) async fn read_files(app: &App, id: MigrationId) -> AppResult<()> {
    let read = app.store.read();
    let Some(migration) = store::migration::project::by_id(&read, id).await? else { return Ok(()) };
    let reached = surroundings(&read, migration).await?;
    let engine = crate::lexicon::engine_for(app, &read, &reached.unit.path).await?;
    let mut after = None;
    loop {
        let pages = store::migration::page::after(&read, id, &[OldPageKind::File], after, HANDFUL).await?;
        let Some(last) = pages.last() else { return Ok(()) };
        if stopping(app, id).await? {
            return Ok(());
        }
        after = Some(last.id);
        let mut screened = Vec::new();
        for page in pages.into_iter().filter(|page| page.read_round < page.changed_round && is_document(page)) {
            let Some(hash) = &page.hash else { continue };
            let Some(bytes) = app.files.get(hash).await? else { continue };
            let (engine, now) = (Arc::clone(&engine), app.now());
            let done = tokio::task::spawn_blocking(move || screened_file(page, &bytes, &engine, now));
            screened.push(done.await.map_err(AppError::internal)?);
        }
        let screened = &screened;
        app.store
            .write(|tx| async move {
                for page in screened {
                    store::migration::page::update(&tx, page).await?;
                }
                Ok::<_, AppError>(())
            })
            .await?;
    }
}

fn screened_file(page: OldPage, bytes: &[u8], engine: &Engine, now: jiff::Timestamp) -> OldPage {
    let name = page.address.split('?').next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    let reading = read_attachment(name, bytes);
    let mut subject = Subject::new(ResourceKind::Article, String::new(), String::new(), now);
    subject.attachments = vec![reading.text];
    let report = engine.screen(&subject);
    let grave = grave(&report);
    let remarks = grave.iter().take(MOST_REMARKS).map(|finding| finding.message.clone());
    let remarks = remarks.chain(reading.notices.into_iter().take(MOST_REMARKS)).collect();
    let blocks = i64::try_from(grave.len()).unwrap_or(i64::MAX);
    OldPage { blocks, warns: 0, remarks, read_round: page.changed_round, ..page }
}

/// Not what a page is dressed with.
fn is_document(page: &OldPage) -> bool {
    let media = page.media_type.as_deref().unwrap_or_default();
    let dress = ["image/", "video/", "audio/", "font/", "text/css"];
    !dress.iter().any(|kind| media.starts_with(kind)) && !media.contains("javascript") && !media.contains("font")
}
