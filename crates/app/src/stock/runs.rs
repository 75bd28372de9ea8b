//! 检查记录: when the stock was gone over, how much of it, and what was found.

use std::collections::HashMap;

use domain::{
    actor::Actor,
    duty::Duty,
    ids::{LexiconChangeId, UnitId},
    stock::StockRunKind,
};
use serde::Serialize;
use store::stock::{issue::IssueFilter, run::StockRun};

use super::list::{below, scope, separated};
use crate::{App, AppResult, lexicon::units_on, names};

/// A run as lists show it.
#[derive(Debug, Clone, Serialize)]
pub struct RunRow {
    /// The run.
    #[serde(flatten)]
    pub run: StockRun,
    /// 每日扫描抽查 …
    pub kind_words: &'static str,
    /// 检查中 …
    pub state_words: &'static str,
    /// Whose stock.
    pub unit_name: String,
    /// The pack whose change caused it.
    pub pack_name: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// New hits that the actor may see.
    pub own_hits: u64,
}

/// A page of the runs over stock that the actor oversees, the newest first, and how many there are. The daily run goes
/// over everybody's stock, so every competent office sees it, with the hits in its own.
pub async fn runs(
    app: &App,
    actor: &Actor,
    kind: Option<StockRunKind>,
    offset: u64,
    limit: u64,
) -> AppResult<(Vec<RunRow>, u64)> {
    let read = app.store.read();
    let over = [Duty::SiteManager, Duty::Supervisor, Duty::Observer];
    let overseen = below(actor, &over);
    // Runs of the units above go over the actor's stock too.
    let above: Vec<UnitId> = match separated(actor) {
        true => Vec::new(),
        false => actor.paths_of(&over).iter().flat_map(|path| units_on(path)).collect(),
    };
    let (found, total) = store::stock::run::list(&read, &above, &overseen, kind, offset, limit).await?;
    let units: HashMap<UnitId, String> = names::units(app, found.iter().map(|run| run.unit)).await?;
    let changes: Vec<LexiconChangeId> = found.iter().filter_map(|run| run.change).collect();
    let changes = store::lexicon::change::by_ids(&read, &changes).await?;
    let scope = scope(actor);
    let mut rows = Vec::with_capacity(found.len());
    for run in found {
        let change = run.change.and_then(|id| changes.iter().find(|change| change.id == id));
        let pack = match change {
            Some(change) => store::lexicon::by_id(&read, change.pack).await?,
            None => None,
        };
        let filter = IssueFilter { run: Some(run.id), ..IssueFilter::default() };
        rows.push(RunRow {
            kind_words: run.kind.chinese(),
            state_words: run.state.chinese(),
            unit_name: units.get(&run.unit).cloned().unwrap_or_default(),
            pack_name: pack.map(|pack| pack.name),
            version: change.and_then(|change| change.version.clone()),
            own_hits: store::stock::issue::count(&read, &scope, &filter).await?,
            run,
        });
    }
    Ok((rows, total))
}
