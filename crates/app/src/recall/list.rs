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

async fn visible(app: &App, read: &store::Read, actor: &Actor, id: ResourceId) -> AppResult<()> {
    let owned = store::resource::by_id(read, id).await?.ok_or_else(|| AppError::NotFound("撤回记录".into()))?;
    let admitted = store::edition::admitted_of(read, id, LANGUAGE_CHINESE).await?;
    let open = admitted.as_ref().is_some_and(|edition| edition.elements.open_mode.may_be_published());
    let target = Target::Resource { unit_path: &owned.unit_path, admitted: admitted.is_some(), open };
    authorise::visible(app, actor, Action::ResourceRead, &target, "撤回记录")
}
