//! 词库一览: what ships with the platform, and what the offices above, one's own and those below keep.

use std::collections::HashMap;

use domain::{
    actor::Actor,
    ids::{LexiconPackId, UnitId},
    lexicon::LexiconChangeState,
    unit::Unit,
};
use screen::lexicon::Pack;
use serde::Serialize;
use store::lexicon::StoredPack;

use super::{content, place};
use crate::{App, AppResult};

/// A pack as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackRow {
    /// The stored pack; `None` for what ships with the platform.
    pub id: Option<LexiconPackId>,
    /// Its page.
    pub path: String,
    /// Stable word.
    pub code: String,
    /// Name.
    pub name: String,
    /// Who keeps it.
    pub keeper: String,
    /// 随平台提供, 自治区级 …
    pub level: &'static str,
    /// Kind of fault.
    pub category: &'static str,
    /// Gravity of words that state none.
    pub severity: &'static str,
    /// Newest version; empty before the first.
    pub version: String,
    /// Words in force.
    pub entries: u64,
    /// Screened with.
    pub active: bool,
    /// It holds corrections of a starter pack, not words of its own.
    pub corrects: Option<String>,
    /// Change sets that wait for a second person.
    pub waiting: u64,
}

/// Every pack that the actor may know of: those that ship first, then by level and name.
pub async fn list(app: &App, actor: &Actor) -> AppResult<Vec<PackRow>> {
    let (units, below) = place::reach(app, actor)?;
    let read = app.store.read();
    let packs = store::lexicon::in_reach(&read, &units, &below).await?;
    let keepers: Vec<UnitId> = packs.iter().map(|pack| pack.unit).collect();
    let keepers: HashMap<UnitId, Unit> =
        store::unit::by_ids(&read, &keepers).await?.into_iter().map(|unit| (unit.id, unit)).collect();
    let ids: Vec<LexiconPackId> = packs.iter().map(|pack| pack.id).collect();
    let (open, _) =
        store::lexicon::change::of_packs(&read, &ids, Some(LexiconChangeState::Proposed), actor.person, 0, 1_000)
            .await?;
    let mut rows: Vec<(u8, PackRow)> = screen::lexicon::builtin().iter().map(|pack| (0, starter_row(pack))).collect();
    for pack in &packs {
        let Some(unit) = keepers.get(&pack.unit) else { continue };
        let level = place::level_of(unit);
        let waiting = open.iter().filter(|change| change.pack == pack.id).count() as u64;
        rows.push((1 + level as u8, PackRow { waiting, ..stored_row(pack, unit)? }));
    }
    rows.sort_by(|(one, a), (two, b)| (one, &a.keeper, &a.name).cmp(&(two, &b.keeper, &b.name)));
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

pub(super) fn starter_row(pack: &Pack) -> PackRow {
    PackRow {
        id: None,
        path: format!("/console/lexicons/{}", pack.id),
        code: pack.id.clone(),
        name: pack.name.clone(),
        keeper: "平台".to_owned(),
        level: "随平台提供",
        category: pack.category.chinese(),
        severity: pack.severity.chinese(),
        version: pack.version.clone(),
        entries: pack.entries.len() as u64,
        active: true,
        corrects: None,
        waiting: 0,
    }
}

pub(super) fn stored_row(pack: &StoredPack, unit: &Unit) -> AppResult<PackRow> {
    Ok(PackRow {
        id: Some(pack.id),
        path: format!("/console/lexicons/{}", pack.id),
        code: pack.code.clone(),
        name: pack.name.clone(),
        keeper: unit.name.clone(),
        level: place::level_of(unit).chinese(),
        category: content::category(&pack.category)?.chinese(),
        severity: content::severity(&pack.severity)?.chinese(),
        version: pack.version.clone(),
        entries: u64::try_from(pack.entries).unwrap_or_default(),
        active: pack.active,
        corrects: pack.corrects.clone(),
        waiting: 0,
    })
}
