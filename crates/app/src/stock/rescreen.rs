//! 词库变更复查: after a confirmation, the sketches tell which editions can hold the new words; only those are screened.

use std::sync::Arc;

use domain::{
    ids::{EditionId, LexiconChangeId},
    lexicon::{ItemAction, LexiconChangeState},
    stock::{StockRunKind, StockRunState},
};
use jobs::{Attempt, EnqueueOptions, Job, JobError};
use screen::{lexicon::Entry, sketch::Probe};
use serde::{Deserialize, Serialize};
use store::stock::run::StockRun;

use super::screen_run::ScreenStock;
use crate::{App, AppError, AppResult};

/// Sketches of one look into the database: some megabytes.
const SKETCHES: u64 = 2_000;

/// With more new words than this nearly every edition holds one of them; asking each sketch for each word would cost
/// more than screening.
const MANY_WORDS: usize = 5_000;

/// Chooses what a confirmed change set can concern, and hands it to [`ScreenStock`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RescreenStock {
    /// What was confirmed.
    pub change: LexiconChangeId,
}

impl Job for RescreenStock {
    const NAME: &'static str = "stock.rescreen";
    const QUEUE: &'static str = "stock";
    type Context = App;

    async fn run(self, app: App, _attempt: Attempt) -> Result<(), JobError> {
        choose(&app, self.change).await.map_err(JobError::retry)
    }
}

/// Does the choosing. Done twice it changes nothing: a change set has one run, and it is chosen for once.
async fn choose(app: &App, id: LexiconChangeId) -> AppResult<()> {
    let read = app.store.read();
    let Some(change) = store::lexicon::change::by_id(&read, id).await? else { return Ok(()) };
    if change.state != LexiconChangeState::Confirmed {
        return Ok(());
    }
    let Some(pack) = store::lexicon::by_id(&read, change.pack).await? else { return Ok(()) };
    let Some(unit) = store::unit::by_id(&read, pack.unit).await? else { return Ok(()) };
    let run = begin(app, id, &pack).await?;
    if run.state != StockRunState::Selecting {
        return Ok(());
    }
    let probes = Arc::new(probes(&read, &change, &pack).await?);
    let path = unit.parent.is_some().then_some(unit.path.as_str());
    let (mut after, mut looked_at): (Option<EditionId>, u64) = (None, 0);
    let mut chosen: Vec<EditionId> = Vec::new();
    loop {
        let chunk = store::stock::sketch::after(&read, path, after, SKETCHES).await?;
        let Some(last) = chunk.last() else { break };
        after = Some(last.edition);
        looked_at += chunk.len() as u64;
        let probes = probes.clone();
        let found = tokio::task::spawn_blocking(move || candidates(&chunk, &probes)).await;
        chosen.extend(found.map_err(AppError::internal)?);
    }
    let chosen = &chosen;
    app.store
        .write(|tx| async move {
            let Some(mut run) = store::stock::run::lock(&tx, run.id).await? else { return Ok(()) };
            if run.state != StockRunState::Selecting {
                // Another worker was as fast.
                return Ok(());
            }
            store::stock::run::add_items(&tx, run.id, chosen).await?;
            run.looked_at = looked_at;
            run.selected = chosen.len() as u64;
            run.state = StockRunState::Screening;
            store::stock::run::update(&tx, &run).await?;
            let options = EnqueueOptions { unit: Some(run.unit), ..EnqueueOptions::default() };
            jobs::enqueue(&tx, &ScreenStock { run: run.id }, options).await?;
            Ok::<_, AppError>(())
        })
        .await
}

async fn begin(app: &App, change: LexiconChangeId, pack: &store::lexicon::StoredPack) -> AppResult<StockRun> {
    app.store
        .write(|tx| async move {
            let run = StockRun {
                id: tx.ids().fresh(),
                kind: StockRunKind::Change,
                change: Some(change),
                unit: pack.unit,
                day: None,
                state: StockRunState::Selecting,
                looked_at: 0,
                sensitive: 0,
                sampled: 0,
                selected: 0,
                screened: 0,
                hits: 0,
                started_at: tx.now(),
                finished_at: None,
            };
            store::stock::run::begin(&tx, &run).await?;
            Ok::<_, AppError>(store::stock::run::of_change(&tx, change).await?.unwrap_or(run))
        })
        .await
}

/// How to look for what the change set added or changed; `None` when there are so many words that everything is looked
/// at. A pack that comes back into use brings all its words.
async fn probes(
    read: &store::Read,
    change: &store::lexicon::change::StoredChange,
    pack: &store::lexicon::StoredPack,
) -> AppResult<Option<Vec<Probe>>> {
    let entry = |text: &str| serde_json::from_str::<Entry>(text).map_err(AppError::internal);
    let mut probes = Vec::new();
    if change.settings.is_some() {
        for (_, content) in store::lexicon::entry::all_in_force(read, pack.id).await? {
            probes.push(Probe::of(&entry(&content)?));
            if probes.len() > MANY_WORDS {
                return Ok(None);
            }
        }
    }
    if change.added + change.changed > MANY_WORDS as u64 {
        return Ok(None);
    }
    for item in store::lexicon::item::after(read, change.id, 0, 2 * MANY_WORDS as u64).await? {
        if let (ItemAction::Add | ItemAction::Change, Some(content)) = (item.action, &item.after) {
            probes.push(Probe::of(&entry(content)?));
        }
    }
    Ok(Some(probes))
}

fn candidates(chunk: &[store::stock::sketch::SketchedEdition], probes: &Option<Vec<Probe>>) -> Vec<EditionId> {
    let may_hold = |sketch: &[u8]| match probes {
        None => true,
        Some(probes) => probes.iter().any(|probe| probe.may_match(sketch)),
    };
    chunk.iter().filter(|one| may_hold(&one.sketch)).map(|one| one.edition).collect()
}
