//! What stored words mean to the screening: entries of packs, and corrections of starter packs.

use std::collections::HashMap;

use domain::{ids::LexiconPackId, lexicon::masked};
use screen::{
    Category, Severity,
    lexicon::{Entry, Pack, fold::Folded},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use store::{Read, lexicon::StoredPack};

use sha2::{Digest, Sha256};

use crate::{AppError, AppResult};

/// What the region decided about an entry of a starter pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// 停用: it is not looked for.
    #[serde(default)]
    pub off: bool,
    /// Another gravity, milder than the starter pack's.
    #[serde(default)]
    pub severity: Option<Severity>,
}

/// An entry as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntryRow {
    /// Digest of the word, for addresses.
    pub key: String,
    /// The word, masked in packs of sensitive words.
    pub word: String,
    /// Only the first character is shown.
    pub masked: bool,
    /// 须改正, 请核对, 提示.
    pub severity: String,
    /// What to write instead.
    pub suggestion: Option<String>,
    /// Why.
    pub message: Option<String>,
    /// Longer words in which it is no hit; a count in packs of sensitive words.
    pub allow: String,
    /// Where it comes from.
    pub source: Option<String>,
    /// 2026-01-01 起 … 止.
    pub valid: String,
    /// Also by sound.
    pub pinyin: bool,
    /// Version in which it began.
    pub since_version: String,
    /// Version in which it ended.
    pub until_version: Option<String>,
}

/// Digest of a word, the same for all its spellings: 32 hexadecimal digits.
pub(crate) fn key_of(word: &str) -> String {
    hex::encode(&Sha256::digest(Folded::of(word).text)[..16])
}

pub(super) fn category(text: &str) -> AppResult<Category> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).map_err(AppError::internal)
}

pub(super) fn severity(text: &str) -> AppResult<Severity> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).map_err(AppError::internal)
}

/// The stable word of a category.
pub(super) fn word_of(category: Category) -> String {
    serde_json::to_value(category).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Lists that say what may be published without further proof are kept by the region alone: an office must not be able
/// to approve its own sources.
pub(super) fn is_regional(category: &str) -> bool {
    [Category::Source, Category::Map].into_iter().any(|regional| word_of(regional) == category)
}

pub(super) fn read_json<T: DeserializeOwned>(text: &str) -> AppResult<T> {
    serde_json::from_str(text).map_err(AppError::internal)
}

pub(super) fn json(value: &impl Serialize) -> AppResult<String> {
    serde_json::to_string(value).map_err(AppError::internal)
}

/// A stored pack without its words.
pub(super) fn head(pack: &StoredPack) -> AppResult<Pack> {
    Ok(Pack {
        id: pack.code.clone(),
        name: pack.name.clone(),
        version: if pack.version.is_empty() { "0".to_owned() } else { pack.version.clone() },
        category: category(&pack.category)?,
        severity: severity(&pack.severity)?,
        message: pack.message.clone(),
        source: pack.source.clone(),
        allow: Vec::new(),
        entries: Vec::new(),
    })
}

/// A stored pack with its words in force.
pub(super) async fn pack(read: &Read, stored: &StoredPack) -> AppResult<Pack> {
    let mut pack = head(stored)?;
    let rows = store::lexicon::entry::all_in_force(read, stored.id).await?;
    pack.entries = rows.iter().map(|(_, entry)| read_json(entry)).collect::<AppResult<_>>()?;
    Ok(pack)
}

/// The corrections in force of a pack of corrections, by key of the word.
pub(super) async fn corrections(read: &Read, pack: LexiconPackId) -> AppResult<Vec<(String, Correction)>> {
    let rows = store::lexicon::entry::all_in_force(read, pack).await?;
    rows.iter().map(|(key, entry)| Ok((key.clone(), read_json(entry)?))).collect()
}

/// Applies corrections to the starter packs.
pub(super) fn correct(starters: &mut [Pack], stored: &StoredPack, corrections: &[(String, Correction)]) {
    let by_key: HashMap<&str, Correction> =
        corrections.iter().map(|(key, correction)| (key.as_str(), *correction)).collect();
    let Some(pack) = starters.iter_mut().find(|pack| Some(&pack.id) == stored.corrects.as_ref()) else { return };
    pack.version = format!("{}+{}", pack.version, stored.version);
    pack.entries.retain_mut(|entry| match by_key.get(key_of(&entry.word).as_str()) {
        Some(correction) => {
            entry.severity = correction.severity.or(entry.severity);
            !correction.off
        }
        None => true,
    });
}

/// An entry for a list. `hide` masks the word.
pub(super) fn row(entry: &Entry, pack_severity: Severity, hide: bool) -> EntryRow {
    let valid = match (entry.valid_from, entry.valid_until) {
        (None, None) => String::new(),
        (Some(from), None) => format!("{from} 起"),
        (None, Some(until)) => format!("至 {until}"),
        (Some(from), Some(until)) => format!("{from} 至 {until}"),
    };
    EntryRow {
        key: key_of(&entry.word),
        word: if hide { masked(&entry.word) } else { entry.word.clone() },
        masked: hide,
        severity: entry.severity.unwrap_or(pack_severity).chinese().to_owned(),
        suggestion: entry.suggestion.clone(),
        message: entry.message.clone(),
        allow: match (hide, entry.allow.len()) {
            (_, 0) => String::new(),
            (true, count) => format!("{count} 个词"),
            (false, _) => entry.allow.join("、"),
        },
        source: entry.source.clone(),
        valid,
        pinyin: entry.pinyin,
        since_version: String::new(),
        until_version: None,
    }
}

/// A correction for a list.
pub(super) fn correction_row(word: &str, correction: Correction, hide: bool) -> EntryRow {
    let mut row = row(&Entry::new(word), Severity::Hint, hide);
    row.severity = match correction {
        Correction { off: true, .. } => "停用".to_owned(),
        Correction { severity: Some(severity), .. } => format!("改为{}", severity.chinese()),
        Correction { .. } => "不变".to_owned(),
    };
    row
}

/// A stored word for a list, whatever kind of pack it stands in.
pub(super) fn stored_row(pack: &StoredPack, word: &str, content: &str, hide: bool) -> AppResult<EntryRow> {
    if pack.corrects.is_some() {
        return Ok(correction_row(word, read_json(content)?, hide));
    }
    Ok(row(&read_json(content)?, severity(&pack.severity)?, hide))
}

/// Obscene and other sensitive words are not spread by the very list that is to stop them.
pub(super) fn hides(category: &str) -> bool {
    category == "sensitive"
}
