//! Sketches for what was admitted before there were any; every night looks whether some are missing.

use domain::ids::EditionId;
use jobs::{Attempt, Job, JobError};
use serde::{Deserialize, Serialize};

use super::{
    note::{draw_lot, sketch_of},
    screen_run::subject_of,
};
use crate::{App, AppError, AppResult};

/// Editions sketched between two writes.
const HANDFUL: u64 = 200;

/// Makes missing sketches.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SketchStock {}

impl Job for SketchStock {
    const NAME: &'static str = "stock.sketch";
    const QUEUE: &'static str = "stock";
    type Context = App;

    async fn run(self, app: App, _attempt: Attempt) -> Result<(), JobError> {
        backfill(&app).await.map(|_| ()).map_err(JobError::retry)
    }
}

/// Makes all that are missing; returns how many were. What another worker made meanwhile is only written again.
async fn backfill(app: &App) -> AppResult<u64> {
    let (mut after, mut made): (Option<EditionId>, u64) = (None, 0);
    loop {
        let read = app.store.read();
        let keys = store::stock::sketch::missing_after(&read, after, HANDFUL).await?;
        let Some(last) = keys.last() else { return Ok(made) };
        after = Some(*last);
        let mut sketched = Vec::with_capacity(keys.len());
        for key in keys {
            let Some(edition) = store::edition::by_id(&read, key).await? else { continue };
            let Some(owned) = store::resource::by_id(&read, edition.resource).await? else { continue };
            let attachments = store::attachment::of_edition(&read, edition.id).await?;
            crate::screening::read_missing(app, &attachments).await?;
            let subject = subject_of(&read, &edition, &owned.resource, app.now()).await?;
            let sketch = tokio::task::spawn_blocking(move || sketch_of(&subject)).await.map_err(AppError::internal)?;
            sketched.push((edition, sketch.as_bytes().to_vec(), draw_lot(app)));
        }
        let sketched = &sketched;
        made += app
            .store
            .write(|tx| async move {
                let mut made = 0;
                for (edition, sketch, lot) in sketched {
                    // It may have been superseded or recalled since it was read.
                    let now = store::edition::by_id(&tx, edition.id).await?;
                    if now.is_some_and(|now| now.state == domain::edition::EditionState::Admitted) {
                        let (resource, language) = (edition.resource, &edition.language);
                        store::stock::sketch::keep(&tx, edition.id, resource, language, sketch.clone(), *lot).await?;
                        crate::screening::keep_signature(&tx, edition).await?;
                        made += 1;
                    }
                }
                Ok::<_, AppError>(made)
            })
            .await?;
    }
}
