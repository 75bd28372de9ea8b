//! What happens to the stock in the transactions of admission and recall.

use domain::{
    edition::Edition,
    ids::{EditionId, ResourceId},
    resource::Resource,
    stock::{StockIssueState, StockRunKind, StockRunState},
};
use jobs::EnqueueOptions;
use screen::{Report, Subject, View, sketch::Sketch};
use store::{Tx, stock::run::StockRun};

use super::screen_run::{ScreenStock, subject_of};
use crate::{App, AppResult, lexicon};

/// The sketch of an edition: of every text that the checks look at, by the same view, so that nothing they can find
/// is missing from it.
pub(super) fn sketch_of(subject: &Subject) -> Sketch {
    let view = View::of(subject);
    let texts: Vec<&str> = view.texts().iter().map(|field| field.text.as_ref()).collect();
    Sketch::of(&texts.join("\n"))
}

/// A lot, drawn by chance and not negative.
pub(super) fn draw_lot(app: &App) -> i64 {
    let mut random = [0u8; 8];
    app.entropy.fill(&mut random);
    i64::from_be_bytes(random) & i64::MAX
}

/// Keeps the sketch of an edition that was just admitted, closes what it mends, and has it looked at again when words
/// came into force after it was screened.
pub(crate) async fn after_admission(
    app: &App,
    tx: &Tx,
    edition: &Edition,
    resource: &Resource,
    unit_path: &str,
) -> AppResult<()> {
    crate::screening::keep_signature(tx, edition).await?;
    let sketch = sketch_of(&subject_of(tx, edition, resource, tx.now()).await?);
    let bytes = sketch.as_bytes().to_vec();
    store::stock::sketch::keep(tx, edition.id, resource.id, &edition.language, bytes, draw_lot(app)).await?;
    let stored = store::screening::latest(tx, edition.id).await?;
    let report: Option<Report> = stored.as_ref().and_then(|stored| serde_json::from_str(&stored.report).ok());
    if let Some(report) = &report {
        for (issue, fingerprint) in store::stock::issue::open_of(tx, resource.id).await? {
            if !report.findings.iter().any(|finding| finding.fingerprint() == fingerprint) {
                let remark = format!("第 {} 版已入库，不再有这个问题。", edition.number);
                store::stock::issue::close(tx, issue, StockIssueState::Handled, None, &remark).await?;
            }
        }
    }
    let units = lexicon::units_on(unit_path);
    let packs: Vec<_> = store::lexicon::in_force(tx, &units).await?.into_iter().map(|pack| pack.id).collect();
    let newest = store::lexicon::change::newest_confirmation(tx, &packs).await?;
    let screened = stored.map(|stored| stored.screened_at);
    if newest.is_some_and(|newest| screened.is_none_or(|screened| screened < newest)) {
        look_again(tx, edition.id, resource).await?;
    }
    Ok(())
}

async fn look_again(tx: &Tx, edition: EditionId, resource: &Resource) -> AppResult<()> {
    let run = StockRun {
        id: tx.ids().fresh(),
        kind: StockRunKind::Admission,
        change: None,
        unit: resource.unit,
        day: None,
        state: StockRunState::Screening,
        looked_at: 1,
        sensitive: 0,
        sampled: 0,
        selected: 1,
        screened: 0,
        hits: 0,
        started_at: tx.now(),
        finished_at: None,
    };
    store::stock::run::begin(tx, &run).await?;
    store::stock::run::add_items(tx, run.id, &[edition]).await?;
    jobs::enqueue(tx, &ScreenStock { run: run.id }, EnqueueOptions::default()).await?;
    Ok(())
}

/// A recalled resource is no stock any more, and what was found in it is dealt with.
pub(crate) async fn after_recall(tx: &Tx, resource: ResourceId) -> AppResult<()> {
    store::stock::sketch::forget(tx, resource).await?;
    store::edition_signature::forget(tx, resource).await?;
    for (issue, _) in store::stock::issue::open_of(tx, resource).await? {
        store::stock::issue::close(tx, issue, StockIssueState::Handled, None, "信息已撤回。").await?;
    }
    Ok(())
}
