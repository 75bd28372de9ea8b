//! Recalls and their receipts, for those who may see the resource.

use domain::{
    actor::Actor,
    edition::LANGUAGE_CHINESE,
    ids::{RecallId, ResourceId},
    recall::{Recall, RecallReceipt},
};
use policy::{Action, Target};

use crate::{App, AppError, AppResult, authorise};

/// A recall with what became of each place.
#[derive(Debug, Clone)]
pub struct RecallView {
    /// The recall.
    pub recall: Recall,
    /// Its receipts, by site and path.
    pub receipts: Vec<RecallReceipt>,
}

impl RecallView {
    /// Places that still show it.
    pub fn open(&self) -> usize {
        self.receipts.iter().filter(|receipt| receipt.cleared_at.is_none()).count()
    }
}

/// One recall with its receipts.
pub async fn receipts(app: &App, actor: &Actor, id: RecallId) -> AppResult<RecallView> {
    let read = app.store.read();
    let recall = store::recall::by_id(&read, id).await?.ok_or_else(|| AppError::NotFound("撤回记录".into()))?;
    visible(app, &read, actor, recall.resource).await?;
    let receipts = store::recall::receipts(&read, id).await?;
    Ok(RecallView { recall, receipts })
}

/// The recalls of a resource, newest first.
pub async fn of_resource(app: &App, actor: &Actor, id: ResourceId) -> AppResult<Vec<RecallView>> {
    let read = app.store.read();
    visible(app, &read, actor, id).await?;
    let mut found = Vec::new();
    for recall in store::recall::of_resource(&read, id).await? {
        let receipts = store::recall::receipts(&read, recall.id).await?;
        found.push(RecallView { recall, receipts });
    }
    Ok(found)
}

/// A recall as lists show it.
#[derive(Debug, Clone)]
pub struct RecallLine {
    /// The recall.
    pub recall: Recall,
    /// Title of the edition that was withdrawn.
    pub title: String,
    /// Name of the unit that answers for it.
    pub unit_name: String,
    /// Places where it showed.
    pub places: u64,
    /// Places that have signed.
    pub cleared: u64,
}

/// A page of the list of recalls.
#[derive(Debug, Clone)]
pub struct RecallPage {
    /// Newest first.
    pub rows: Vec<RecallLine>,
    /// How many there are in all.
    pub total: u64,
}

/// Recalls of what the actor may read, newest first.
pub async fn list(app: &App, actor: &Actor, offset: u64, limit: u64) -> AppResult<RecallPage> {
    let readable = policy::readable_paths(actor);
    let scope =
        store::library::LibraryScope { paths: readable.paths, units: readable.exact_units, shared: readable.library };
    let read = app.store.read();
    let (recalls, total) = store::recall::newest(&read, &scope, offset, limit).await?;
    let keys: Vec<RecallId> = recalls.iter().map(|recall| recall.id).collect();
    let progress = store::recall::progress(&read, &keys).await?;
    let mut rows = Vec::with_capacity(recalls.len());
    for recall in recalls {
        let (title, unit_name) = words(&read, &recall).await?;
        let come = progress.get(&recall.id).copied().unwrap_or_default();
        rows.push(RecallLine { title, unit_name, places: come.places, cleared: come.cleared, recall });
    }
    Ok(RecallPage { rows, total })
}

/// Title and unit of what was recalled.
pub(super) async fn words(read: &store::Read, recall: &Recall) -> AppResult<(String, String)> {
    let edition = store::edition::by_id(read, recall.edition).await?;
    let unit = match store::resource::by_id(read, recall.resource).await? {
        Some(owned) => store::unit::by_id(read, owned.resource.unit).await?,
        None => None,
    };
    Ok((edition.map(|edition| edition.title).unwrap_or_default(), unit.map(|unit| unit.name).unwrap_or_default()))
}

async fn visible(app: &App, read: &store::Read, actor: &Actor, id: ResourceId) -> AppResult<()> {
    let owned = store::resource::by_id(read, id).await?.ok_or_else(|| AppError::NotFound("撤回记录".into()))?;
    let admitted = store::edition::admitted_of(read, id, LANGUAGE_CHINESE).await?;
    let open = admitted.as_ref().is_some_and(|edition| edition.elements.open_mode.may_be_published());
    let target = Target::Resource { unit_path: &owned.unit_path, admitted: admitted.is_some(), open };
    authorise::visible(app, actor, Action::ResourceRead, &target, "撤回记录")
}
