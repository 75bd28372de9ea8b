//! One word with everything it ever was, and showing a masked word, which is recorded.

use std::collections::HashMap;

use domain::{
    actor::Actor,
    ids::{LexiconChangeId, LexiconPackId, PersonId},
};
use jiff::Timestamp;
use serde::Serialize;

use super::{
    change::{ChangeShow, open_change, shown},
    content::{self, EntryRow},
    list::{PackRow, stored_row},
    place,
};
use crate::{App, AppError, AppResult, names, record};

/// One event in the life of a word.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryLine {
    /// The change set.
    pub change: LexiconChangeId,
    /// 新增, 修改, 停用.
    pub action: &'static str,
    /// What became of the change set.
    pub state: &'static str,
    /// Version made.
    pub version: Option<String>,
    /// Why.
    pub reason: String,
    /// Who proposed it.
    pub proposed_by_name: String,
    /// When.
    pub proposed_at: Timestamp,
    /// Who decided.
    pub decided_by_name: Option<String>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// What it said afterwards.
    pub after: Option<EntryRow>,
}

/// A word as its page shows it.
#[derive(Debug, Clone, Serialize)]
pub struct EntryPage {
    /// The pack.
    pub pack: PackRow,
    /// As it stands, or stood last.
    pub entry: EntryRow,
    /// In force.
    pub in_force: bool,
    /// The newest first.
    pub history: Vec<HistoryLine>,
    /// The actor may propose changes.
    pub may_propose: bool,
}

/// A word of a pack, by the digest of the word.
///
/// # Errors
/// [`AppError::NotFound`] for another office's pack and for words that never stood in it.
pub async fn entry(app: &App, actor: &Actor, pack: LexiconPackId, key: &str) -> AppResult<EntryPage> {
    page(app, actor, pack, key, false).await
}

/// The same with the word shown; who looked is recorded.
///
/// # Errors
/// As [`entry`].
pub async fn reveal_entry(app: &App, actor: &Actor, pack: LexiconPackId, key: &str) -> AppResult<EntryPage> {
    let shown = page(app, actor, pack, key, true).await?;
    let (stored, unit) = place::visible(app, &app.store.read(), actor, pack).await?;
    let (name, unit) = (&stored.name, unit.id);
    app.store
        .write(|tx| async move {
            // The word itself stays out of the trail: its digest says which it was.
            record::event("lexicon.reveal", pack, name)
                .unit(unit)
                .after(serde_json::json!({ "word_key": key }))
                .write(&tx, Some(actor))
                .await
        })
        .await
        .map(|()| shown)
}

/// A change set with its words shown; who looked is recorded.
///
/// # Errors
/// [`AppError::NotFound`] for another office's pack and another person's draft.
pub async fn reveal_changes(
    app: &App,
    actor: &Actor,
    id: LexiconChangeId,
    offset: u64,
    limit: u64,
) -> AppResult<ChangeShow> {
    let (_, pack, unit) = open_change(app, actor, id).await?;
    let (name, unit) = (&pack.name, unit.id);
    app.store
        .write(|tx| async move {
            record::event("lexicon.reveal", id, name)
                .unit(unit)
                .after(serde_json::json!({ "change": id, "offset": offset, "limit": limit }))
                .write(&tx, Some(actor))
                .await
        })
        .await?;
    shown(app, actor, id, None, None, offset, limit, true).await
}

async fn page(app: &App, actor: &Actor, id: LexiconPackId, key: &str, reveal: bool) -> AppResult<EntryPage> {
    let read = app.store.read();
    let (pack, unit) = place::visible(app, &read, actor, id).await?;
    let hide = content::hides(&pack.category) && !reveal;
    let stood = store::lexicon::entry::history(&read, id, key).await?;
    let named = store::lexicon::item::of_word(&read, id, key).await?;
    let changes: Vec<LexiconChangeId> = named.iter().map(|(change, _)| *change).collect();
    let changes = store::lexicon::change::by_ids(&read, &changes).await?;
    let people: HashMap<PersonId, String> =
        names::people(app, changes.iter().flat_map(|change| [Some(change.proposed_by), change.decided_by]).flatten())
            .await?;
    let mut history = Vec::with_capacity(named.len());
    for (change, item) in &named {
        let Some(change) = changes.iter().find(|one| one.id == *change) else { continue };
        let after = item.after.as_deref().map(|text| content::stored_row(&pack, &item.word, text, hide)).transpose()?;
        let name = |person: PersonId| people.get(&person).cloned().unwrap_or_default();
        history.push(HistoryLine {
            change: change.id,
            action: if pack.corrects.is_some() { "调整" } else { item.action.chinese() },
            state: change.state.chinese(),
            version: change.version.clone(),
            reason: change.reason.clone(),
            proposed_by_name: name(change.proposed_by),
            proposed_at: change.proposed_at,
            decided_by_name: change.decided_by.map(name),
            decided_at: change.decided_at,
            after,
        });
    }
    history.sort_by_key(|line| std::cmp::Reverse(line.proposed_at));
    let last = stood.first().ok_or_else(|| AppError::NotFound("词条".to_owned()))?;
    let entry = EntryRow {
        since_version: last.since_version.clone(),
        until_version: last.until_version.clone(),
        ..content::stored_row(&pack, &last.word, &last.entry, hide)?
    };
    Ok(EntryPage {
        entry,
        in_force: last.until_version.is_none(),
        history,
        may_propose: place::rights(app, actor, &unit).propose,
        pack: stored_row(&pack, &unit)?,
    })
}
