//! Filling an empty instance.

use jiff::SignedDuration;
use jobs::{Worker, WorkerOptions};

use super::{
    DemoClock,
    people::Cast,
    placeholders::{at, day_ago},
    play::Play,
    presence::{BEGUN, FILLED, Presence, presence},
    sites::Stage,
    source,
};
use crate::{App, AppError, AppResult, record, registry, unit};

/// Days between the founding of the demo and its first document.
const PREPARATION_DAYS: i64 = 3;

/// Fills an empty instance; `clock` must be the clock that `app` was joined with. `progress` is told how many of how
/// many documents have been written. When all is done every site is published and the clock shows the real time.
///
/// # Errors
/// [`AppError::Conflict`] when the instance is not empty.
pub async fn fill(app: &App, clock: &DemoClock, progress: &mut (dyn FnMut(usize, usize) + Send)) -> AppResult<()> {
    if presence(app).await? != Presence::Empty {
        return Err(AppError::Conflict("数据库不是空的，示例数据只能填入空库。".into()));
    }
    let documents = source::documents()?;
    let now = clock.real_now();
    let oldest = documents.iter().map(|sample| sample.days_ago).max().unwrap_or(0);
    let founded = at(day_ago(now, oldest + PREPARATION_DAYS), "09:00");
    clock.move_to(founded);
    unit::seed(app).await?;
    mark(app, BEGUN, "开始填入示例数据").await?;
    let cast = Cast::hire(app, &source::cast()?).await?;
    clock.move_to(founded.checked_add(SignedDuration::from_hours(2)).unwrap_or(founded));
    let stage = Stage::build(app, &cast, &source::sites()?).await?;
    let mut play = Play::new(app, clock, cast, stage, documents);
    play.run(progress).await?;
    clock.release();
    Worker::new(app.store.clone(), registry(), app.clone(), WorkerOptions::default()).run_until_idle().await?;
    mark(app, FILLED, "示例数据填写完毕").await
}

async fn mark(app: &App, action: &str, words: &str) -> AppResult<()> {
    app.store.write(|tx| async move { record::event(action, "demo", words).write(&tx, None).await }).await
}
