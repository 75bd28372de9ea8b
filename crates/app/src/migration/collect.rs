//! Collecting (采集): the source is read, then its pages, then they are assessed. Killed at any moment, it goes on.

use std::io::Cursor;

use domain::{
    ids::MigrationId,
    migration::{Migration, MigrationState, SourceKind},
};
use extract::source::{Base, Item, Items, Limits};
use jobs::{Attempt, Job, JobError};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use super::{
    assess, crawl,
    keep::{Captured, keep},
    read,
    read_files::read_files,
    record,
};
use crate::{App, AppError, AppResult};

/// Things of a file kept in one transaction.
const HANDFUL: usize = 50;

/// Collects, reads and assesses the pages of an old site.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CollectMigration {
    /// The migration.
    pub migration: MigrationId,
}

impl Job for CollectMigration {
    const NAME: &'static str = "migration.collect";
    const QUEUE: &'static str = "migration";
    type Context = App;

    async fn run(self, app: App, _attempt: Attempt) -> Result<(), JobError> {
        run(&app, self.migration).await.map_err(JobError::retry)
    }
}

/// Does the whole of it. What people must know stands in the migration's `fault`; only faults of the platform are errors.
async fn run(app: &App, id: MigrationId) -> AppResult<()> {
    let Some(migration) = store::migration::project::by_id(&app.store.read(), id).await? else { return Ok(()) };
    match migration.state {
        MigrationState::Collecting if super::control::is_local(&migration) => Ok(()),
        MigrationState::Collecting => {
            let outcome = match migration.source.kind {
                SourceKind::Site => crawl::crawl(app, &migration).await,
                SourceKind::File | SourceKind::Folder | SourceKind::Instance => from_store(app, &migration).await,
            };
            collected(app, id, outcome).await
        }
        MigrationState::Reading => conclude(app, id).await,
        _ => Ok(()),
    }
}

/// Goes on to read what was collected, or notes why nothing goes on.
pub(super) async fn collected(app: &App, id: MigrationId, outcome: AppResult<()>) -> AppResult<()> {
    match outcome {
        Ok(()) => {}
        Err(AppError::Internal(fault)) => return Err(AppError::Internal(fault)),
        Err(error) => return stand_still(app, id, error.to_string()).await,
    }
    if stopping(app, id).await? {
        return stand_still(app, id, PAUSED.to_owned()).await;
    }
    app.store
        .write(|tx| async move {
            let Some(mut migration) = store::migration::project::lock(&tx, id).await? else { return Ok(()) };
            if migration.state == MigrationState::Collecting {
                migration.state = MigrationState::Reading;
                store::migration::project::update(&tx, &migration).await?;
            }
            Ok::<_, AppError>(())
        })
        .await?;
    conclude(app, id).await
}

const PAUSED: &str = "已按要求暂停，已采集的页面都在。";

/// Reads and assesses what was collected.
async fn conclude(app: &App, id: MigrationId) -> AppResult<()> {
    read::read_all(app, id).await?;
    read_files(app, id).await?;
    if stopping(app, id).await? {
        return stand_still(app, id, PAUSED.to_owned()).await;
    }
    assess::conclude(app, id).await
}

/// Whether somebody asked to stop, or gave the migration up.
pub(super) async fn stopping(app: &App, id: MigrationId) -> AppResult<bool> {
    let migration = store::migration::project::by_id(&app.store.read(), id).await?;
    Ok(migration.is_none_or(|migration| migration.stopping || migration.state.is_over()))
}

/// Notes why nothing goes on.
pub(super) async fn stand_still(app: &App, id: MigrationId, why: String) -> AppResult<()> {
    let why = &why;
    app.store
        .write(|tx| async move {
            let Some(mut migration) = store::migration::project::lock(&tx, id).await? else { return Ok(()) };
            migration.fault = Some(why.clone());
            store::migration::project::update(&tx, &migration).await?;
            Ok(())
        })
        .await
}

async fn from_store(app: &App, migration: &Migration) -> AppResult<()> {
    let source = &migration.source;
    let hash = source.file_hash.as_deref().unwrap_or_default();
    let name = source.file_name.clone().unwrap_or_default();
    let bytes = app.files.get(hash).await?;
    let bytes = bytes.ok_or_else(|| AppError::Internal(format!("the file {hash} of a migration is missing")))?;
    let head = bytes.get(..bytes.len().min(extract::source::DETECTION_BYTES)).unwrap_or_default();
    let Some(kind) = extract::source::detect(head, &name) else {
        return Err(AppError::Conflict(format!("无法识别文件“{name}”的类型，请确认文件完整后重新建立迁移。")));
    };
    let base = Base::at(&migration.source.address);
    take_items(app, migration, move |send| {
        let items = extract::source::open(kind, Cursor::new(bytes), &name, &base, &Limits::default());
        pour(items, send);
    })
    .await
}

/// Pours items into the channel until nobody wants more.
pub(super) fn pour(items: Items<'_>, send: &mpsc::Sender<Item>) {
    for item in items {
        if send.blocking_send(item).is_err() {
            return;
        }
    }
}

/// Keeps what `read`, on a thread of its own, finds in a file.
pub(super) async fn take_items(
    app: &App,
    migration: &Migration,
    read: impl FnOnce(&mpsc::Sender<Item>) + Send + 'static,
) -> AppResult<()> {
    let (send, mut receive) = mpsc::channel::<Item>(HANDFUL);
    let reading = tokio::task::spawn_blocking(move || read(&send));
    let mut waiting = Vec::with_capacity(HANDFUL);
    while let Some(item) = receive.recv().await {
        waiting.push(captured(migration, item)?);
        if waiting.len() == HANDFUL {
            keep(app, migration, std::mem::take(&mut waiting)).await?;
            if stopping(app, migration.id).await? {
                break;
            }
        }
    }
    drop(receive);
    keep(app, migration, waiting).await?;
    reading.await.map_err(AppError::internal)
}

fn captured(migration: &Migration, item: Item) -> AppResult<Captured> {
    Ok(match item {
        Item::Capture(one) => {
            let same = one.repeats.is_some();
            Captured {
                address: one.address,
                other_addresses: one.other_addresses,
                status: if same { Some(304) } else { one.status },
                media_type: one.content_type,
                collected_at: one.fetched_at.or(one.modified),
                last_modified: one.modified.map(|at| at.to_string()),
                redirect: one.redirect,
                body: (!same).then(|| one.body.into()),
                referrer: Some(one.place),
                ..Captured::default()
            }
        }
        Item::Record(one) => record::captured(&migration.source.address, *one)?,
        Item::Refused(one) => Captured {
            address: format!("{}#{}", migration.source.file_name.as_deref().unwrap_or("来源文件"), one.place),
            fault: Some(one.reason),
            referrer: Some(one.place),
            ..Captured::default()
        },
    })
}
