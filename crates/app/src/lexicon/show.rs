//! One pack with a page of its words.

use domain::{actor::Actor, ids::LexiconPackId};
use screen::lexicon::Pack;
use serde::Serialize;

use super::{
    content::{self, EntryRow},
    list::{PackRow, starter_row, stored_row},
    place,
};
use crate::{App, AppError, AppResult};

/// Which pack an address names: a stored one by its key, or one that ships by its word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PackRef {
    /// A pack that an office keeps.
    Stored(LexiconPackId),
    /// A pack that ships with the platform.
    Starter(String),
}

impl From<&str> for PackRef {
    fn from(text: &str) -> Self {
        text.parse().map_or_else(|_| Self::Starter(text.to_owned()), Self::Stored)
    }
}

/// A pack as its page shows it.
#[derive(Debug, Clone, Serialize)]
pub struct PackShow {
    /// The pack.
    #[serde(flatten)]
    pub row: PackRow,
    /// What is said of a word that brings no sentence of its own.
    pub message: String,
    /// Where the words come from.
    pub source: String,
    /// Stable word of the gravity, for forms.
    pub severity_word: String,
    /// A page of its words.
    pub words: Vec<EntryRow>,
    /// How many match.
    pub total: u64,
    /// Words are masked.
    pub masked: bool,
    /// The actor may propose changes.
    pub may_propose: bool,
    /// The region may correct this starter pack; the actor may propose that.
    pub may_correct: bool,
    /// The pack that holds the corrections of this starter pack.
    pub corrections: Option<LexiconPackId>,
}

/// The pack with a page of its words; `ended` shows those that are no longer in force.
///
/// # Errors
/// [`AppError::NotFound`] for another office's pack.
pub async fn show(
    app: &App,
    actor: &Actor,
    which: &PackRef,
    ended: bool,
    search: Option<&str>,
    offset: u64,
    limit: u64,
) -> AppResult<PackShow> {
    match which {
        PackRef::Starter(code) => starter(app, actor, code, search, offset, limit).await,
        PackRef::Stored(id) => stored(app, actor, *id, ended, search, offset, limit).await,
    }
}

/// A pack that ships with the platform.
pub(super) fn starter_pack(code: &str) -> AppResult<&'static Pack> {
    let found = screen::lexicon::builtin().iter().find(|pack| pack.id == code);
    found.map(AsRef::as_ref).ok_or_else(place::not_found)
}

async fn starter(
    app: &App,
    actor: &Actor,
    code: &str,
    search: Option<&str>,
    offset: u64,
    limit: u64,
) -> AppResult<PackShow> {
    place::reach(app, actor)?;
    let pack = starter_pack(code)?;
    let read = app.store.read();
    let root = store::unit::root(&read).await?;
    let may_correct = root.as_ref().is_some_and(|root| place::rights(app, actor, root).propose);
    let corrections = store::lexicon::of_starter(&read, code).await?.map(|pack| pack.id);
    let corrected = match corrections {
        Some(id) => content::corrections(&read, id).await?.into_iter().collect(),
        None => std::collections::HashMap::new(),
    };
    let hide = content::hides(&content::word_of(pack.category));
    let matches = pack.entries.iter().filter(|entry| search.is_none_or(|words| entry.word.contains(words)));
    let total = matches.clone().count() as u64;
    let skip = usize::try_from(offset).unwrap_or(usize::MAX);
    let words = matches.skip(skip).take(usize::try_from(limit).unwrap_or(usize::MAX)).map(|entry| {
        let mut row = content::row(entry, pack.severity, hide);
        if let Some(correction) = corrected.get(&row.key) {
            let changed = content::correction_row(&entry.word, *correction, hide).severity;
            row.severity = format!("{}（自治区{changed}）", row.severity);
        }
        row
    });
    Ok(PackShow {
        row: starter_row(pack),
        message: pack.message.clone(),
        source: pack.source.clone(),
        severity_word: pack.severity.as_str().to_owned(),
        words: words.collect(),
        total,
        masked: hide,
        may_propose: false,
        may_correct,
        corrections,
    })
}

async fn stored(
    app: &App,
    actor: &Actor,
    id: LexiconPackId,
    ended: bool,
    search: Option<&str>,
    offset: u64,
    limit: u64,
) -> AppResult<PackShow> {
    let read = app.store.read();
    let (pack, unit) = place::visible(app, &read, actor, id).await?;
    let hide = content::hides(&pack.category);
    let (found, total) = store::lexicon::entry::page(&read, id, ended, search, offset, limit).await?;
    let words = found
        .into_iter()
        .map(|entry| {
            Ok::<_, AppError>(EntryRow {
                since_version: entry.since_version.clone(),
                until_version: entry.until_version.clone(),
                ..content::stored_row(&pack, &entry.word, &entry.entry, hide)?
            })
        })
        .collect::<AppResult<_>>()?;
    Ok(PackShow {
        row: stored_row(&pack, &unit)?,
        message: pack.message.clone(),
        source: pack.source.clone(),
        severity_word: pack.severity.clone(),
        words,
        total,
        masked: hide,
        may_propose: place::rights(app, actor, &unit).propose,
        may_correct: false,
        corrections: None,
    })
}
