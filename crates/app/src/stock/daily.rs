//! 每日扫描抽查: everything live in 重点敏感栏目, and a sample of everything else, every night.

use domain::{
    ids::EditionId,
    stock::{StockRunKind, StockRunState},
    time::beijing_date,
};
use jobs::{Attempt, EnqueueOptions, Job, JobError};
use serde::{Deserialize, Serialize};
use store::stock::run::StockRun;

use super::{note::draw_lot, screen_run::ScreenStock};
use crate::{App, AppError, AppResult};

/// Chooses what the day's run screens, and hands it to [`ScreenStock`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ScreenDaily {}

impl Job for ScreenDaily {
    const NAME: &'static str = "stock.daily";
    const QUEUE: &'static str = "stock";
    type Context = App;

    async fn run(self, app: App, _attempt: Attempt) -> Result<(), JobError> {
        choose(&app).await.map_err(JobError::retry)
    }
}

/// Does the choosing, once a day.
async fn choose(app: &App) -> AppResult<()> {
    let lot = draw_lot(app);
    app.store
        .write(|tx| async move {
            let Some(root) = store::unit::root(&tx).await? else { return Ok(()) };
            let count: u64 = store::setting::in_force(&tx).await?.value("stock.daily_sample").try_into().unwrap_or(0);
            let mut run = StockRun {
                id: tx.ids().fresh(),
                kind: StockRunKind::Daily,
                change: None,
                unit: root.id,
                day: Some(beijing_date(tx.now())),
                state: StockRunState::Screening,
                looked_at: 0,
                sensitive: 0,
                sampled: 0,
                selected: 0,
                screened: 0,
                hits: 0,
                started_at: tx.now(),
                finished_at: None,
            };
            if !store::stock::run::begin(&tx, &run).await? {
                return Ok(());
            }
            let sensitive = store::stock::sketch::in_sensitive_columns(&tx).await?;
            // Some of the sample may stand in those columns: draw enough for all the others.
            let drawn = store::stock::sketch::sample(&tx, lot, count + sensitive.len() as u64).await?;
            let others: Vec<EditionId> = drawn
                .into_iter()
                .filter(|edition| sensitive.binary_search(edition).is_err())
                .take(usize::try_from(count).unwrap_or(usize::MAX))
                .collect();
            store::stock::run::add_items(&tx, run.id, &sensitive).await?;
            store::stock::run::add_items(&tx, run.id, &others).await?;
            run.sensitive = sensitive.len() as u64;
            run.sampled = others.len() as u64;
            run.selected = run.sensitive + run.sampled;
            store::stock::run::update(&tx, &run).await?;
            jobs::enqueue(&tx, &ScreenStock { run: run.id }, EnqueueOptions::default()).await?;
            Ok::<_, AppError>(())
        })
        .await
}
