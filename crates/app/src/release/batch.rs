//! Rendering in batches: load what a batch needs, draw on a blocking thread, compare, store the bytes.
//!
//! No batch holds a database write. Bytes are in the file store before any row names them; a killed process leaves
//! at most unused files (see [`crate::files`]).

mod content;
mod lists;
mod site_pages;

use std::{collections::BTreeMap, sync::Arc};

use futures::{StreamExt, TryStreamExt, stream};
use store::{
    Read,
    live_page::{Sources, StandingPage},
};

use super::{draw::Drawn, task::PageTask, view::SiteView};
use crate::{App, AppResult};

/// Content pages loaded and drawn together.
const CONTENT_BATCH: usize = 200;
/// List pages of one column loaded and drawn together.
const LIST_BATCH: usize = 25;
/// Batches in the air at once: one is loading or storing while others are drawn on the other cores.
const BATCHES_AT_ONCE: usize = 3;
/// Files written at once by one batch.
const PUTS_AT_ONCE: usize = 16;

/// A page that the release will put live, or whose sources changed.
pub(crate) struct Made {
    pub(crate) standing: StandingPage,
    /// What stood at the path; its page equals the new one when only the sources changed.
    pub(crate) before: Option<StandingPage>,
}

impl Made {
    /// Other bytes, another status or another edition than what is live.
    pub(crate) fn changes_page(&self) -> bool {
        self.before.as_ref().is_none_or(|before| before.page != self.standing.page)
    }

    /// The page must be found by other things than before.
    pub(crate) fn changes_dependencies(&self) -> bool {
        self.before.as_ref().is_none_or(|before| before.sources.dependencies != self.standing.sources.dependencies)
    }
}

/// What came of rendering.
#[derive(Default)]
pub(crate) struct Outcome {
    /// Pages that differ from what is live.
    pub(crate) made: Vec<Made>,
    /// Every path that a task made, changed or not.
    pub(crate) standing: std::collections::HashSet<String>,
    /// Pages that may not go out, with the reasons; their former version stays.
    pub(crate) refused: Vec<(String, Vec<String>)>,
}

/// Renders all tasks. With `heal`, bytes that the file store has lost are stored again even when nothing changed:
/// files are not forced to the disk one by one, so a power cut may lose the newest of them.
pub(crate) async fn render_all(
    app: &App,
    read: &Read,
    view: &Arc<SiteView>,
    tasks: Vec<PageTask>,
    heal: bool,
) -> AppResult<Outcome> {
    let batches = split(tasks);
    let outcomes: Vec<Outcome> =
        stream::iter(batches.into_iter().map(|batch| render_batch(app, read, view, batch, heal)))
            .buffer_unordered(BATCHES_AT_ONCE)
            .try_collect()
            .await?;
    let mut all = Outcome::default();
    for outcome in outcomes {
        all.made.extend(outcome.made);
        all.standing.extend(outcome.standing);
        all.refused.extend(outcome.refused);
    }
    Ok(all)
}

async fn render_batch(
    app: &App,
    read: &Read,
    view: &Arc<SiteView>,
    batch: Vec<PageTask>,
    heal: bool,
) -> AppResult<Outcome> {
    let drawn = match batch.first() {
        Some(PageTask::Content(_)) => content::pages(app, read, view, &batch).await?,
        Some(PageTask::Gone(_)) => content::gone(app, read, view, &batch).await?,
        Some(PageTask::List(..)) => lists::pages(app, read, view, &batch).await?,
        _ => site_pages::pages(app, read, view, &batch).await?,
    };
    compare_and_store(app, read, view, drawn, heal).await
}

/// Keeps what differs from what is live, with its bytes safely stored.
async fn compare_and_store(
    app: &App,
    read: &Read,
    view: &SiteView,
    drawn: Vec<Drawn>,
    heal: bool,
) -> AppResult<Outcome> {
    let paths: Vec<String> = drawn.iter().map(|one| one.page.path.clone()).collect();
    let site = view.site.id;
    let mut before: BTreeMap<String, StandingPage> = store::live_page::at(read, site, &paths)
        .await?
        .into_iter()
        .map(|standing| (standing.page.path.clone(), standing))
        .collect();
    let mut outcome = Outcome::default();
    let mut to_store = Vec::new();
    for one in drawn {
        outcome.standing.insert(one.page.path.clone());
        if !one.refusals.is_empty() {
            outcome.refused.push((one.page.path, one.refusals));
            continue;
        }
        let before = before.remove(&one.page.path);
        let sources = Sources { dependencies: sorted(one.dependencies), shown: sorted(one.shown) };
        let made = Made { standing: StandingPage { page: one.page, sources }, before };
        if made.changes_page() || (heal && !app.files.has(&made.standing.page.hash).await?) {
            to_store.extend(one.bytes);
        }
        if made.before.as_ref() == Some(&made.standing) {
            continue;
        }
        outcome.made.push(made);
    }
    stream::iter(to_store.into_iter().map(|bytes| app.files.put(bytes)))
        .buffer_unordered(PUTS_AT_ONCE)
        .try_for_each(|_| async { Ok(()) })
        .await?;
    Ok(outcome)
}

fn sorted<T: Ord>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    all.into_iter().collect::<std::collections::BTreeSet<T>>().into_iter().collect()
}

/// Batches of one kind each; a column's list pages stay together.
fn split(tasks: Vec<PageTask>) -> Vec<Vec<PageTask>> {
    let (mut content, mut gone, mut single) = (Vec::new(), Vec::new(), Vec::new());
    let mut lists: BTreeMap<_, Vec<PageTask>> = BTreeMap::new();
    for task in tasks {
        match task {
            PageTask::Content(_) => content.push(task),
            PageTask::Gone(_) => gone.push(task),
            PageTask::List(column, _) => lists.entry(column).or_default().push(task),
            _ => single.push(task),
        }
    }
    let chunks = |tasks: Vec<PageTask>, size: usize| tasks.chunks(size).map(<[PageTask]>::to_vec).collect::<Vec<_>>();
    let mut batches = chunks(content, CONTENT_BATCH);
    batches.extend(chunks(gone, CONTENT_BATCH));
    batches.extend(lists.into_values().flat_map(|tasks| chunks(tasks, LIST_BATCH)));
    batches.extend(chunks(single, 1));
    batches
}

/// Runs drawing on a thread where it may take its time.
async fn on_blocking_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> AppResult<T> {
    tokio::task::spawn_blocking(work).await.map_err(crate::AppError::internal)
}
