//! The run over a file.

use std::{collections::HashSet, io::BufRead};

use domain::{actor::Actor, ids::ImportBatchId, review::ReviewState};
use screen::{Severity, Subject};
use store::import_batch::{ImportBatch, ImportReject};

use super::{
    line::{ReadyLine, parse},
    place::{Place, find},
};
use crate::{
    App, AppError, AppResult,
    edition::{NewDraft, SubmitMode, create_in, submit_in},
    record,
    review::pass_in,
};

/// What the caller decided.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// Name of the file, for the record.
    pub source_name: String,
    /// Site code or slug.
    pub site: String,
    /// Column path or slug.
    pub column: String,
}

/// What became of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineOutcome {
    /// Admitted, or submitted when no reviewer was named.
    Taken,
    /// The document was there already; nothing changed.
    Unchanged,
    /// Rejected, with reasons.
    Rejected(Vec<String>),
}

/// Called after each line: number, the line as read, what became of it.
pub type Progress<'a> = &'a mut (dyn FnMut(i64, &str, &LineOutcome) + Send);

/// The sums of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Non-empty lines.
    pub lines: i64,
    /// Admitted, or submitted when no reviewer was named.
    pub taken: i64,
    /// There already.
    pub unchanged: i64,
    /// Rejected.
    pub rejected: i64,
}

/// Lines per transaction: large enough to spread the cost of a commit, small enough to lose little when killed.
const CHUNK: usize = 64;

struct Numbered {
    number: i64,
    text: String,
    ready: ReadyLine,
}

/// Imports JSON Lines as `importer`, reviewed by `reviewers` in their order (none = submitted only).
///
/// # Errors
/// [`AppError::Invalid`] or [`AppError::Forbidden`] when site, column or people do not fit: then nothing is
/// imported. Faults of single lines are reported through `progress` and do not stop the run.
pub async fn import_documents(
    app: &App,
    importer: &Actor,
    reviewers: &[Actor],
    options: &ImportOptions,
    input: &mut (dyn BufRead + Send),
    progress: Progress<'_>,
) -> AppResult<ImportReport> {
    let place = find(app, importer, reviewers, &options.site, &options.column).await?;
    let mut run = Run {
        app,
        importer,
        reviewers,
        place,
        batch: start(app, importer, reviewers, options).await?,
        seen: HashSet::new(),
    };
    run.batch.site = run.place.site.id;
    run.batch.column = run.place.column.id;
    let batch = &run.batch;
    app.store
        .write(|tx| async move {
            store::import_batch::insert(&tx, batch).await?;
            Ok::<_, AppError>(())
        })
        .await?;
    let mut waiting: Vec<Numbered> = Vec::with_capacity(CHUNK);
    let mut buffer = Vec::new();
    let mut number = 0;
    loop {
        buffer.clear();
        let read = input
            .read_until(b'\n', &mut buffer)
            .map_err(|error| AppError::Internal(format!("读取文件失败：{error}")))?;
        if read == 0 {
            break;
        }
        number += 1;
        let text = String::from_utf8_lossy(&buffer).trim_start_matches('\u{feff}').trim().to_owned();
        if text.is_empty() {
            continue;
        }
        run.batch.lines_read += 1;
        if std::str::from_utf8(&buffer).is_err() {
            let reasons = vec!["文字编码不是 UTF-8，请把文件另存为 UTF-8 后重新导入。".into()];
            run.reject(number, None, &text, reasons, progress).await?;
            continue;
        }
        match run.prepare(number, text) {
            Ok(ready) => waiting.push(ready),
            Err((text, reasons)) => run.reject(number, None, &text, reasons, progress).await?,
        }
        if waiting.len() == CHUNK {
            run.take(std::mem::take(&mut waiting), progress).await?;
        }
    }
    run.take(waiting, progress).await?;
    run.finish(options).await
}

async fn start(app: &App, importer: &Actor, reviewers: &[Actor], options: &ImportOptions) -> AppResult<ImportBatch> {
    Ok(ImportBatch {
        id: app.ids.fresh::<ImportBatchId>(),
        source_name: options.source_name.clone(),
        site: app.ids.fresh(),
        column: app.ids.fresh(),
        imported_by: importer.person,
        reviewed_by: reviewers.last().map(|reviewer| reviewer.person),
        done: false,
        lines_read: 0,
        admitted: 0,
        rejected: 0,
        unchanged: 0,
        started_at: app.now(),
        ended_at: None,
    })
}

struct Run<'a> {
    app: &'a App,
    importer: &'a Actor,
    reviewers: &'a [Actor],
    place: Place,
    batch: ImportBatch,
    seen: HashSet<String>,
}

impl Run<'_> {
    /// Everything that can be judged without the database.
    fn prepare(&mut self, number: i64, text: String) -> Result<Numbered, (String, Vec<String>)> {
        let line = match parse(&text) {
            Ok(line) => line,
            Err(error) => return Err((text, error.reasons)),
        };
        let mut ready = match line.ready(self.app.now()) {
            Ok(ready) => ready,
            Err(error) => return Err((text, error.reasons)),
        };
        ready.origin_key = format!("{}/{}", self.place.unit.code, ready.origin_key);
        if !self.seen.insert(ready.origin_key.clone()) {
            return Err((text, vec!["同一文件中前面已有相同 id 的记录。".into()]));
        }
        let subject = Subject {
            elements: ready.elements.clone(),
            imported: true,
            ..Subject::new(ready.kind, &ready.title, &ready.body, self.app.now())
        };
        let standing: Vec<String> = self
            .app
            .screen
            .screen(&subject)
            .with_severity(Severity::Block)
            .map(|finding| match finding.excerpt.is_empty() {
                true => format!("机审：{}", finding.message),
                false => format!("机审：“{}”{}", finding.excerpt, finding.message),
            })
            .collect();
        if standing.is_empty() { Ok(Numbered { number, text, ready }) } else { Err((text, standing)) }
    }

    /// Takes a chunk in one transaction; when that fails, line by line, so that one bad line cannot stop the others.
    async fn take(&mut self, chunk: Vec<Numbered>, progress: Progress<'_>) -> AppResult<()> {
        if chunk.is_empty() {
            return Ok(());
        }
        match self.write(&chunk).await {
            Ok(outcomes) => {
                for (one, outcome) in chunk.iter().zip(outcomes) {
                    self.count(&outcome);
                    progress(one.number, &one.text, &outcome);
                }
            }
            Err(AppError::Internal(fault)) => return Err(AppError::Internal(fault)),
            Err(_) => {
                for one in chunk {
                    match self.write(std::slice::from_ref(&one)).await {
                        Ok(outcomes) => {
                            for outcome in outcomes {
                                self.count(&outcome);
                                progress(one.number, &one.text, &outcome);
                            }
                        }
                        Err(AppError::Internal(fault)) => return Err(AppError::Internal(fault)),
                        Err(error) => {
                            let reasons = match error {
                                AppError::Invalid(problems) => problems.into_iter().map(|one| one.message).collect(),
                                other => vec![other.to_string()],
                            };
                            self.reject(one.number, Some(&one.ready.origin_key), &one.text, reasons, progress).await?;
                        }
                    }
                }
            }
        }
        self.save().await
    }

    async fn write(&self, chunk: &[Numbered]) -> AppResult<Vec<LineOutcome>> {
        self.app
            .store
            .write(|tx| async move {
                let mut outcomes = Vec::with_capacity(chunk.len());
                for one in chunk {
                    outcomes.push(self.write_one(&tx, one).await?);
                }
                Ok(outcomes)
            })
            .await
    }

    async fn write_one(&self, tx: &store::Tx, one: &Numbered) -> AppResult<LineOutcome> {
        if store::resource::by_origin_key(tx, &one.ready.origin_key).await?.is_some() {
            return Ok(LineOutcome::Unchanged);
        }
        let draft = NewDraft {
            kind: one.ready.kind,
            unit: self.place.unit.id,
            title: one.ready.title.clone(),
            body: one.ready.body.clone(),
            elements: one.ready.elements.clone(),
            origin_key: Some(one.ready.origin_key.clone()),
            address_month: Some(one.ready.address_month.clone()),
        };
        let loaded = create_in(self.app, tx, self.importer, &draft).await?;
        crate::placement::propose_in(tx, self.importer, &loaded, &self.place.site, &self.place.column).await?;
        let steps = (!self.place.steps.is_empty()).then(|| self.place.steps.clone());
        let submission = submit_in(self.app, tx, self.importer, loaded, SubmitMode::Import { steps }).await?;
        let mut review = submission.review;
        for (reviewer, position) in self.reviewers.iter().zip(1..) {
            let step = review.steps.iter().find(|step| step.position == position).map(|step| step.id);
            let step = step.ok_or_else(|| AppError::Internal("an import review lacks a step".into()))?;
            review = pass_in(self.app, tx, reviewer, review.id, step, Some("批量导入审核")).await?.review;
        }
        record::event("edition.import", submission.edition.id, &submission.edition.title)
            .unit(self.place.unit.id)
            .after(serde_json::json!({
                "batch": self.batch.id,
                "line": one.number,
                "origin_key": one.ready.origin_key,
                "original_publication": one.ready.elements.published_on,
                "reviewed_by": self.reviewers.iter().map(|reviewer| &reviewer.login).collect::<Vec<_>>(),
                "admitted": review.state == ReviewState::Passed,
                "content_hash": review.content_hash,
            }))
            .write(tx, Some(self.importer))
            .await?;
        Ok(LineOutcome::Taken)
    }

    fn count(&mut self, outcome: &LineOutcome) {
        match outcome {
            LineOutcome::Taken => self.batch.admitted += 1,
            LineOutcome::Unchanged => self.batch.unchanged += 1,
            LineOutcome::Rejected(_) => self.batch.rejected += 1,
        }
    }

    async fn reject(
        &mut self,
        line: i64,
        origin_key: Option<&str>,
        text: &str,
        reasons: Vec<String>,
        progress: Progress<'_>,
    ) -> AppResult<()> {
        let reject = ImportReject { line, origin_key: origin_key.map(str::to_owned), reasons: reasons.join("") };
        let (id, rejects) = (self.batch.id, std::slice::from_ref(&reject));
        self.app
            .store
            .write(|tx| async move {
                store::import_batch::add_rejects(&tx, id, rejects).await?;
                Ok::<_, AppError>(())
            })
            .await?;
        let outcome = LineOutcome::Rejected(reasons);
        self.count(&outcome);
        progress(line, text, &outcome);
        Ok(())
    }

    async fn save(&self) -> AppResult<()> {
        let batch = &self.batch;
        self.app
            .store
            .write(|tx| async move {
                store::import_batch::update(&tx, batch).await?;
                Ok::<_, AppError>(())
            })
            .await
    }

    async fn finish(mut self, options: &ImportOptions) -> AppResult<ImportReport> {
        self.batch.done = true;
        self.batch.ended_at = Some(self.app.now());
        let (batch, place, importer) = (&self.batch, &self.place, self.importer);
        self.app
            .store
            .write(|tx| async move {
                store::import_batch::update(&tx, batch).await?;
                record::event("import.run", batch.id, &options.source_name)
                    .unit(place.unit.id)
                    .after(serde_json::json!({
                        "site": place.site.slug, "column": place.column.path, "lines": batch.lines_read,
                        "admitted": batch.admitted, "unchanged": batch.unchanged, "rejected": batch.rejected,
                    }))
                    .write(&tx, Some(importer))
                    .await
            })
            .await?;
        Ok(ImportReport {
            lines: self.batch.lines_read,
            taken: self.batch.admitted,
            unchanged: self.batch.unchanged,
            rejected: self.batch.rejected,
        })
    }
}
