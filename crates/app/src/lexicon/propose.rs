//! 提出变更: one word by a form, or the settings of the pack itself. Another person confirms.

use domain::{
    actor::Actor,
    ids::{LexiconChangeId, LexiconPackId},
    lexicon::{ItemAction, LexiconChangeState},
    problem::FieldProblem,
    unit::Unit,
};
use jiff::civil::Date;
use screen::{Severity, lexicon::Entry};
use serde::{Deserialize, Serialize};
use store::lexicon::{StoredPack, change::StoredChange, item::ChangeItem};

use super::{
    content::{self, Correction},
    create::corrections_of,
    place,
    show::{PackRef, starter_pack},
};
use crate::{App, AppError, AppResult, record};

/// Characters of a word at most: a lexicon holds words, not sentences.
const LONGEST_WORD: usize = 60;

/// The form for one word, as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct NewEntry {
    /// `add`, `change` or `withdraw`; for a starter pack `change` (milder) or `withdraw` (off).
    pub action: String,
    /// The word.
    pub word: String,
    /// Stable word of the gravity; blank = the pack's own.
    pub severity: Option<String>,
    /// What to write instead.
    pub suggestion: Option<String>,
    /// Why.
    pub message: Option<String>,
    /// Longer words in which it is no hit, separated by blanks, commas or lines.
    pub allow: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// First day.
    pub valid_from: Option<String>,
    /// Last day.
    pub valid_until: Option<String>,
    /// Also by sound.
    #[serde(default)]
    pub pinyin: bool,
    /// Why the change is wanted.
    pub reason: String,
}

/// Settings of a pack that a change set may change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackSettings {
    /// Name.
    pub name: String,
    /// Stable word of the gravity.
    pub severity: String,
    /// What is said of a word that brings no sentence of its own.
    pub message: String,
    /// Where the words come from.
    pub source: String,
    /// Screened with.
    #[serde(default)]
    pub active: bool,
}

/// Proposes a change of one word.
///
/// # Errors
/// [`AppError::NotFound`] for another office's pack, [`AppError::Forbidden`] for those who only read it,
/// [`AppError::Invalid`] for what cannot be, [`AppError::Conflict`] when the word does not stand as the form says.
pub async fn propose(app: &App, actor: &Actor, which: &PackRef, new: &NewEntry) -> AppResult<LexiconChangeId> {
    let (pack, unit) = match which {
        PackRef::Stored(id) => place::visible(app, &app.store.read(), actor, *id).await?,
        PackRef::Starter(code) => {
            let id = corrections_of(app, actor, code).await?;
            place::visible(app, &app.store.read(), actor, id).await?
        }
    };
    place::require_propose(app, actor, &unit)?;
    let mut problems = Vec::new();
    let reason = reason(&new.reason, &mut problems);
    let word = new.word.trim();
    if word.is_empty() || word.chars().count() > LONGEST_WORD {
        problems.push(FieldProblem::new("word", format!("请填写词语（{LONGEST_WORD} 字以内）。")));
    }
    let mut action = ItemAction::parse(&new.action).unwrap_or_else(|| {
        problems.push(FieldProblem::new("action", "请选择新增、修改还是停用。"));
        ItemAction::Add
    });
    let severity = severity_of(new.severity.as_deref(), &mut problems);
    let before = store::lexicon::entry::in_force(&app.store.read(), pack.id, &[content::key_of(word)]).await?;
    let before = before.into_values().next();
    let after = match &pack.corrects {
        Some(starter) => {
            let correction = correction(starter, word, action, severity, &mut problems)?;
            // Seen from the pack of corrections, the first word about an entry is an addition.
            action = if before.is_some() { ItemAction::Change } else { ItemAction::Add };
            Some(content::json(&correction)?)
        }
        None if action == ItemAction::Withdraw => None,
        None => {
            let entry = entry(new, word, severity, &mut problems);
            refuse_unusable(&pack, &entry, &mut problems)?;
            Some(content::json(&entry)?)
        }
    };
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    let word_problem = |message: &str| Err(AppError::invalid("word", message));
    match (action, &before) {
        (ItemAction::Add, Some(_)) => return word_problem("这个词已经在词库里，请改选“修改”。"),
        (ItemAction::Change | ItemAction::Withdraw, None) => return word_problem("词库里没有这个词，请核对写法。"),
        (_, before) if before.is_some() && *before == after => return word_problem("和现有内容相同，没有需要变更的。"),
        _ => {}
    }
    let item =
        ChangeItem { position: 1, action, word_key: content::key_of(word), word: word.to_owned(), before, after };
    begin(app, actor, &pack, &unit, reason, None, vec![item]).await
}

/// Proposes other settings of a pack.
///
/// # Errors
/// As [`propose`].
pub async fn propose_settings(
    app: &App,
    actor: &Actor,
    id: LexiconPackId,
    settings: &PackSettings,
    why: &str,
) -> AppResult<LexiconChangeId> {
    let (pack, unit) = place::visible(app, &app.store.read(), actor, id).await?;
    place::require_propose(app, actor, &unit)?;
    let mut problems = Vec::new();
    let reason = reason(why, &mut problems);
    let wanted = PackSettings {
        name: settings.name.trim().to_owned(),
        severity: settings.severity.clone(),
        message: settings.message.trim().to_owned(),
        source: settings.source.trim().to_owned(),
        active: settings.active,
    };
    for (field, text, most, words) in [
        ("name", &wanted.name, 40, "请填写词库名称（40 字以内）。"),
        ("message", &wanted.message, 200, "请填写提示语（200 字以内）。"),
        ("source", &wanted.source, 200, "请填写词语的来源（200 字以内）。"),
    ] {
        if text.is_empty() || text.chars().count() > most {
            problems.push(FieldProblem::new(field, words));
        }
    }
    if severity_of(Some(&wanted.severity), &mut problems).is_none() && problems.is_empty() {
        problems.push(FieldProblem::new("severity", "请选择严重程度。"));
    }
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    if wanted == settings_of(&pack) {
        return Err(AppError::invalid("name", "和现有设置相同，没有需要变更的。"));
    }
    begin(app, actor, &pack, &unit, reason, Some(content::json(&wanted)?), Vec::new()).await
}

/// The settings as they stand.
pub(super) fn settings_of(pack: &StoredPack) -> PackSettings {
    PackSettings {
        name: pack.name.clone(),
        severity: pack.severity.clone(),
        message: pack.message.clone(),
        source: pack.source.clone(),
        active: pack.active,
    }
}

pub(super) fn reason(text: &str, problems: &mut Vec<FieldProblem>) -> String {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 500 {
        problems.push(FieldProblem::new("reason", "请说明变更原因（500 字以内），确认人要看。"));
    }
    text.to_owned()
}

async fn begin(
    app: &App,
    actor: &Actor,
    pack: &StoredPack,
    unit: &Unit,
    reason: String,
    settings: Option<String>,
    items: Vec<ChangeItem>,
) -> AppResult<LexiconChangeId> {
    let (reason, settings, items) = (&reason, &settings, &items);
    app.store
        .write(|tx| async move {
            let count = |action| items.iter().filter(|item| item.action == action).count() as u64;
            let change = StoredChange {
                id: tx.ids().fresh(),
                pack: pack.id,
                state: LexiconChangeState::Proposed,
                reason: reason.clone(),
                settings: settings.clone(),
                file_name: None,
                added: count(ItemAction::Add),
                changed: count(ItemAction::Change),
                withdrawn: count(ItemAction::Withdraw),
                repeated: 0,
                rejected: 0,
                proposed_by: actor.person,
                proposed_at: tx.now(),
                decided_by: None,
                decided_at: None,
                remark: None,
                revision: None,
                version: None,
            };
            store::lexicon::change::insert(&tx, &change).await?;
            store::lexicon::item::insert(&tx, change.id, items).await?;
            record::event("lexicon.propose", change.id, &pack.name)
                .unit(unit.id)
                .after(&change)
                .write(&tx, Some(actor))
                .await?;
            Ok(change.id)
        })
        .await
}

fn severity_of(text: Option<&str>, problems: &mut Vec<FieldProblem>) -> Option<Severity> {
    let text = text.map(str::trim).filter(|text| !text.is_empty())?;
    let found = Severity::ALL.into_iter().find(|severity| severity.as_str() == text);
    if found.is_none() {
        problems.push(FieldProblem::new("severity", "请选择严重程度。"));
    }
    found
}

/// What the region may do with an entry that ships: switch it off, or make it milder.
fn correction(
    starter: &str,
    word: &str,
    action: ItemAction,
    severity: Option<Severity>,
    problems: &mut Vec<FieldProblem>,
) -> AppResult<Correction> {
    let pack = starter_pack(starter)?;
    let Some(entry) = pack.entries.iter().find(|entry| content::key_of(&entry.word) == content::key_of(word)) else {
        problems.push(FieldProblem::new("word", "随平台词库里没有这个词。要增加词语，请在自治区的词库里新增。"));
        return Ok(Correction { off: false, severity: None });
    };
    let shipped = entry.severity.unwrap_or(pack.severity);
    match action {
        ItemAction::Withdraw => Ok(Correction { off: true, severity: None }),
        _ if severity.is_none_or(|severity| severity < shipped) => {
            let message = format!("请选择比“{}”轻或相同的严重程度，或选“停用”。", shipped.chinese());
            problems.push(FieldProblem::new("severity", message));
            Ok(Correction { off: false, severity })
        }
        _ => Ok(Correction { off: false, severity }),
    }
}

fn entry(new: &NewEntry, word: &str, severity: Option<Severity>, problems: &mut Vec<FieldProblem>) -> Entry {
    let mut text = |field: &str, value: &Option<String>, most: usize| {
        let value = value.as_deref().map(str::trim).filter(|value| !value.is_empty())?.to_owned();
        if value.chars().count() > most {
            problems.push(FieldProblem::new(field, format!("请控制在 {most} 字以内。")));
        }
        Some(value)
    };
    let suggestion = text("suggestion", &new.suggestion, 200);
    let message = text("message", &new.message, 200);
    let source = text("source", &new.source, 200);
    let allow = text("allow", &new.allow, 2_000).unwrap_or_default();
    let mut day = |field: &str, value: &Option<String>| {
        let value = value.as_deref().map(str::trim).filter(|value| !value.is_empty())?;
        let day = value.parse::<Date>();
        if day.is_err() {
            problems.push(FieldProblem::new(field, "请填写日期，例如 2026-12-01。"));
        }
        day.ok()
    };
    let (valid_from, valid_until) = (day("valid_from", &new.valid_from), day("valid_until", &new.valid_until));
    if valid_from.zip(valid_until).is_some_and(|(from, until)| until < from) {
        problems.push(FieldProblem::new("valid_until", "截止日期不能早于起始日期。"));
    }
    let allow: Vec<String> = allow
        .split([' ', '\u{3000}', ',', '，', '、', ';', '；', '\n', '\r', '\t'])
        .map(str::trim)
        .filter(|allowed| !allowed.is_empty())
        .map(str::to_owned)
        .collect();
    if let Some(wrong) = allow.iter().find(|allowed| !allowed.contains(word) || *allowed == word) {
        let message = format!("允许的词须是包含“{word}”的更长的词，“{wrong}”不是。");
        problems.push(FieldProblem::new("allow", message));
    }
    Entry {
        word: word.to_owned(),
        severity,
        suggestion,
        message,
        allow,
        source,
        valid_from,
        valid_until,
        pinyin: new.pinyin,
    }
}

/// The engine has the last word about what can be looked for.
fn refuse_unusable(pack: &StoredPack, entry: &Entry, problems: &mut Vec<FieldProblem>) -> AppResult<()> {
    if !problems.is_empty() {
        return Ok(());
    }
    let mut tried = content::head(pack)?;
    tried.entries.push(entry.clone());
    if let Err(wrong) = screen::Engine::with_checks(Vec::new()).with_layer(&[tried]) {
        problems.push(FieldProblem::new("word", wrong.join("；")));
    }
    Ok(())
}
