//! Reading everything that was collected and not read yet (识别), with what the screening would say of it.

use std::sync::Arc;

use domain::{
    ids::MigrationId,
    migration::{Migration, OldPage, OldPageKind},
    resource::ResourceKind,
};
use extract::page::SiteRules;
use screen::{Engine, Severity, Subject};

use super::{
    address::canonical,
    collect::stopping,
    reach::surroundings,
    read_files::grave,
    reading::{self, Reading},
};
use crate::{App, AppError, AppResult};

/// Pages read between two writes.
const HANDFUL: u64 = 32;
/// Remarks of the screening kept with a page.
const MOST_REMARKS: usize = 5;

/// Reads every page whose bytes are new.
pub(super) async fn read_all(app: &App, id: MigrationId) -> AppResult<()> {
    let read = app.store.read();
    let Some(migration) = store::migration::project::by_id(&read, id).await? else { return Ok(()) };
    let reached = surroundings(&read, migration).await?;
    let engine = crate::lexicon::engine_for(app, &read, &reached.unit.path).await?;
    let rules = Arc::new(rules_of(&reached.migration)?);
    loop {
        let pages = store::migration::page::after(&read, id, &[OldPageKind::Unread], None, HANDFUL).await?;
        if pages.is_empty() || stopping(app, id).await? {
            return Ok(());
        }
        let mut with_bytes = Vec::with_capacity(pages.len());
        for page in pages {
            let bytes = match &page.hash {
                Some(hash) => app.files.get(hash).await?,
                None => None,
            };
            with_bytes.push((page, bytes));
        }
        let (engine, rules, now) = (engine.clone(), rules.clone(), app.now());
        let hosts = reached.migration.hosts.clone();
        let read_pages = tokio::task::spawn_blocking(move || {
            with_bytes
                .into_iter()
                .map(|(page, bytes)| match bytes {
                    Some(bytes) => with_reading(page, &bytes, (*rules).as_ref(), &engine, now, &hosts),
                    None => lost(page),
                })
                .collect::<AppResult<Vec<OldPage>>>()
        });
        let read_pages = read_pages.await.map_err(AppError::internal)??;
        let read_pages = &read_pages;
        app.store
            .write(|tx| async move {
                for page in read_pages {
                    store::migration::page::update(&tx, page).await?;
                }
                Ok::<_, AppError>(())
            })
            .await?;
    }
}

/// The rules for reading the pages of this site.
pub(super) fn rules_of(migration: &Migration) -> AppResult<Option<SiteRules>> {
    migration.rules.as_deref().map(serde_json::from_str).transpose().map_err(AppError::internal)
}

fn lost(page: OldPage) -> AppResult<OldPage> {
    let fault = Some("保存的原件不在了，请再次采集。".to_owned());
    Ok(OldPage { kind: OldPageKind::Failed, fault, ..page })
}

fn with_reading(
    page: OldPage,
    bytes: &[u8],
    rules: Option<&SiteRules>,
    engine: &Engine,
    now: jiff::Timestamp,
    hosts: &[String],
) -> AppResult<OldPage> {
    let reading = reading::read(bytes, &page.address, page.media_type.as_deref(), rules);
    let to_elsewhere = reading.refresh.as_deref().and_then(canonical).filter(|target| target.text != page.address);
    if let (Some(target), true) = (to_elsewhere, reading.text.chars().count() < 200) {
        let read_round = page.changed_round;
        return Ok(OldPage { kind: OldPageKind::Redirect, target: Some(target.text), read_round, ..page });
    }
    let mut remarks = reading.remarks.clone();
    let gaps = reading.gaps();
    if reading.kind.is_text() && !gaps.is_empty() {
        remarks.push(format!("没有读到{}。", gaps.join("、")));
    }
    let report = engine.screen(&subject(&reading, now));
    let count = |severity| i64::try_from(report.count(severity)).unwrap_or(i64::MAX);
    let (blocks, warns, findings) = if reading.kind.is_text() {
        let findings = report.findings.iter().filter(|finding| finding.severity <= Severity::Warn).collect();
        (count(Severity::Block), count(Severity::Warn), findings)
    } else {
        // It cannot become a draft, but its original may be archived.
        let findings = grave(&report);
        (i64::try_from(findings.len()).unwrap_or(i64::MAX), 0, findings)
    };
    let room = MOST_REMARKS.saturating_sub(remarks.len());
    remarks.extend(findings.into_iter().take(room).map(|finding| match finding.excerpt.is_empty() {
        true => finding.message.clone(),
        false => format!("“{}”：{}", finding.excerpt, finding.message),
    }));
    let own = |link: &String| canonical(link).is_some_and(|link| hosts.contains(&link.host));
    Ok(OldPage {
        kind: reading.kind,
        published_at: reading.published_at,
        source: reading.source.clone(),
        document_number: reading.document_number.clone(),
        column_key: reading.column_key.clone(),
        text_hash: reading.text_hash(),
        text_length: i64::try_from(reading.text.chars().filter(|one| !one.is_whitespace()).count()).unwrap_or(i64::MAX),
        found: serde_json::to_string(&reading.found).map_err(AppError::internal)?.replace("\\u0000", " "),
        further: reading.further.iter().filter(|link| own(link)).cloned().collect(),
        links: reading.links.iter().filter(|link| own(link)).cloned().collect(),
        title: reading.title,
        blocks,
        warns,
        remarks,
        read_round: page.changed_round,
        fault: None,
        ..page
    })
}

fn subject(reading: &Reading, now: jiff::Timestamp) -> Subject {
    let kind = if reading.document_number.is_some() { ResourceKind::Policy } else { ResourceKind::Article };
    // Files come along and get addresses of their own: what the old site called them is no finding.
    let pictures = render::rich_text::pictures(&reading.html);
    let comes_along = |address: &str| {
        reading.attachments.iter().any(|(file, _)| file == address) || pictures.iter().any(|picture| picture == address)
    };
    let html = render::rich_text::rewrite_references(&reading.html, |address| {
        let file = canonical(address).filter(|_| comes_along(address))?;
        Some(file.path)
    });
    Subject { elements: reading.elements_for(kind), imported: true, ..Subject::new(kind, &reading.title, &html, now) }
}
