//! Imports that were run, with the lines they rejected.

use std::collections::{BTreeMap, btree_map::Entry};

use domain::{
    actor::Actor,
    ids::{ImportBatchId, SiteId},
    site::Site,
};
use policy::{Action, Target};
use store::import_batch::ImportBatch;

use crate::{App, AppError, AppResult, names};

pub use store::import_batch::ImportReject as RejectedLine;

/// A batch with the names that people know.
#[derive(Debug, Clone)]
pub struct BatchLine {
    /// The batch.
    pub batch: ImportBatch,
    /// Name of its site.
    pub site_name: String,
    /// Name of its column.
    pub column_name: String,
    /// Who imported.
    pub imported_by: String,
    /// Who reviewed last.
    pub reviewed_by: Option<String>,
}

/// A page of the list.
#[derive(Debug, Clone)]
pub struct BatchPage {
    /// Newest first.
    pub rows: Vec<BatchLine>,
    /// How many there are in all.
    pub total: u64,
}

/// Imports into sites of the offices whose unadmitted texts the actor may read.
pub async fn list(app: &App, actor: &Actor, offset: u64, limit: u64) -> AppResult<BatchPage> {
    let sites: Vec<SiteId> = crate::site::list(app, actor)
        .await?
        .into_iter()
        .filter(|site| may_read(app, actor, site))
        .map(|site| site.id)
        .collect();
    let (batches, total) = store::import_batch::of_sites(&app.store.read(), &sites, offset, limit).await?;
    Ok(BatchPage { rows: lines(app, batches).await?, total })
}

/// One import with its rejected lines.
pub async fn show(app: &App, actor: &Actor, id: ImportBatchId) -> AppResult<(BatchLine, Vec<RejectedLine>)> {
    let missing = || AppError::NotFound("导入批次".into());
    let read = app.store.read();
    let batch = store::import_batch::by_id(&read, id).await?.ok_or_else(missing)?;
    let site = store::site::by_id(&read, batch.site).await?.ok_or_else(missing)?;
    if !may_read(app, actor, &site) {
        return Err(missing());
    }
    let rejects = store::import_batch::rejects(&read, id).await?;
    let line = lines(app, vec![batch]).await?.pop().ok_or_else(missing)?;
    Ok((line, rejects))
}

fn may_read(app: &App, actor: &Actor, site: &Site) -> bool {
    let target = Target::Resource { unit_path: &site.sponsor_path, admitted: false, open: false };
    app.policy.decide(actor, Action::ResourceRead, &target).allowed
}

async fn lines(app: &App, batches: Vec<ImportBatch>) -> AppResult<Vec<BatchLine>> {
    let read = app.store.read();
    let everybody: Vec<_> =
        batches.iter().flat_map(|batch| [Some(batch.imported_by), batch.reviewed_by]).flatten().collect();
    let people = names::people(app, everybody).await?;
    let mut sites: BTreeMap<SiteId, String> = BTreeMap::new();
    let mut rows = Vec::with_capacity(batches.len());
    for batch in batches {
        if let Entry::Vacant(unknown) = sites.entry(batch.site) {
            unknown.insert(store::site::by_id(&read, batch.site).await?.map(|site| site.name).unwrap_or_default());
        }
        let column = store::column::by_id(&read, batch.column).await?;
        rows.push(BatchLine {
            site_name: sites.get(&batch.site).cloned().unwrap_or_default(),
            column_name: column.map(|column| column.name).unwrap_or_default(),
            imported_by: people.get(&batch.imported_by).cloned().unwrap_or_default(),
            reviewed_by: batch.reviewed_by.and_then(|person| people.get(&person).cloned()),
            batch,
        });
    }
    Ok(rows)
}
