//! 试一试: what the screening would say about a text once a change set were confirmed. Nothing is kept.

use std::collections::{BTreeMap, HashSet};

use domain::{actor::Actor, ids::LexiconChangeId, lexicon::ItemAction, resource::ResourceKind};
use screen::{Severity, Subject};
use serde::Serialize;

use super::{
    change::open_change,
    content,
    engine::{Instead, engine_with, units_on},
};
use crate::{App, AppError, AppResult};

/// Characters of a text at most.
const LONGEST: usize = 20_000;

/// A hit in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// The words with a little of their surroundings.
    pub excerpt: String,
    /// Gravity.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub suggestion: Option<String>,
    /// It is there because of the change set.
    pub new: bool,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tried {
    /// Hits with the change set, grave ones first.
    pub hits: Vec<Hit>,
    /// Hits of today that would be gone.
    pub gone: Vec<Hit>,
}

/// Screens a text as if the change set were confirmed, and as it is today.
///
/// # Errors
/// [`AppError::NotFound`] for another office's pack, [`AppError::Invalid`] for a blank or very long text.
pub async fn try_out(app: &App, actor: &Actor, id: LexiconChangeId, text: &str) -> AppResult<Tried> {
    let (change, pack, unit) = open_change(app, actor, id).await?;
    if text.trim().is_empty() {
        return Err(AppError::invalid("text", "请粘贴一段文字再试。"));
    }
    if text.chars().count() > LONGEST {
        return Err(AppError::invalid("text", format!("文字太长，请控制在 {LONGEST} 字以内。")));
    }
    let read = app.store.read();
    let units = units_on(&unit.path);
    let mut packs = store::lexicon::in_force(&read, &units).await?;
    let now = engine_with(app, &read, &units, &packs, None).await?;
    if !packs.iter().any(|one| one.id == pack.id) {
        packs.push(pack.clone());
    }
    let instead = match pack.corrects.is_some() {
        true => {
            let mut all: BTreeMap<_, _> = content::corrections(&read, pack.id).await?.into_iter().collect();
            for item in items(&read, id).await? {
                if let Some(after) = &item.after {
                    all.insert(item.word_key.clone(), content::read_json(after)?);
                }
            }
            Instead::Corrections(pack.code.clone(), all.into_iter().collect())
        }
        false => Instead::Pack(changed_pack(&read, &change, &pack).await?),
    };
    let then = engine_with(app, &read, &units, &packs, Some(&instead)).await?;
    let subject = subject(text, app.now());
    let run = tokio::task::spawn_blocking(move || (now.screen(&subject), then.screen(&subject)));
    let (now, then) = run.await.map_err(AppError::internal)?;
    let known: HashSet<&str> = now.findings.iter().map(screen::Finding::fingerprint).collect();
    let coming: HashSet<&str> = then.findings.iter().map(screen::Finding::fingerprint).collect();
    Ok(Tried {
        hits: then
            .findings
            .iter()
            .filter(about_words)
            .map(|one| hit(one, !known.contains(one.fingerprint())))
            .collect(),
        gone: now
            .findings
            .iter()
            .filter(|one| !coming.contains(one.fingerprint()))
            .map(|one| hit(one, false))
            .collect(),
    })
}

async fn items(read: &store::Read, change: LexiconChangeId) -> AppResult<Vec<store::lexicon::item::ChangeItem>> {
    let mut all = Vec::new();
    loop {
        let last = all.last().map_or(0, |item: &store::lexicon::item::ChangeItem| item.position);
        let more = store::lexicon::item::after(read, change, last, 10_000).await?;
        if more.is_empty() {
            return Ok(all);
        }
        all.extend(more);
    }
}

async fn changed_pack(
    read: &store::Read,
    change: &store::lexicon::change::StoredChange,
    stored: &store::lexicon::StoredPack,
) -> AppResult<screen::lexicon::Pack> {
    let mut entries: BTreeMap<String, screen::lexicon::Entry> = BTreeMap::new();
    for (key, entry) in store::lexicon::entry::all_in_force(read, stored.id).await? {
        entries.insert(key, content::read_json(&entry)?);
    }
    for item in items(read, change.id).await? {
        match (&item.action, &item.after) {
            (ItemAction::Withdraw, _) | (_, None) => {
                entries.remove(&item.word_key);
            }
            (_, Some(after)) => {
                entries.insert(item.word_key.clone(), content::read_json(after)?);
            }
        }
    }
    let mut pack = content::head(stored)?;
    if let Some(settings) = &change.settings {
        let settings: super::PackSettings = content::read_json(settings)?;
        pack.severity = content::severity(&settings.severity)?;
        pack.message = settings.message;
        pack.source = settings.source;
    }
    pack.entries = entries.into_values().collect();
    Ok(pack)
}

/// The text as an ordinary piece of information whose elements are in order, so that only its words are judged.
fn subject(text: &str, now: jiff::Timestamp) -> Subject {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let body: String = escaped.lines().map(|line| format!("<p>{line}</p>")).collect();
    Subject::new(ResourceKind::Article, "试一试", body, now)
}

fn about_words(finding: &&screen::Finding) -> bool {
    finding.category != screen::Category::Completeness
}

fn hit(finding: &screen::Finding, new: bool) -> Hit {
    Hit {
        excerpt: finding.excerpt.clone(),
        severity: Severity::chinese(finding.severity),
        message: finding.message.clone(),
        suggestion: finding.suggestion.clone(),
        new,
    }
}
