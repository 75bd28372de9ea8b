//! 变更单: what is proposed, word by word, and what became of it.

use std::collections::HashMap;

use domain::{
    actor::Actor,
    ids::{LexiconChangeId, LexiconPackId, PersonId},
    lexicon::{ItemAction, LexiconChangeState, masked},
    unit::Unit,
};
use jiff::Timestamp;
use screen::Severity;
use serde::Serialize;
use store::{
    Read,
    lexicon::{StoredPack, change::StoredChange, item::RejectedLine},
};

use super::{
    content::{self, EntryRow},
    decide::not_found,
    place,
    propose::{PackSettings, settings_of},
};
use crate::{App, AppResult, names};

/// A change set as lists show it.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeRow {
    /// Key.
    pub id: LexiconChangeId,
    /// The pack.
    pub pack: LexiconPackId,
    /// Its name.
    pub pack_name: String,
    /// Who keeps it.
    pub keeper: String,
    /// 自治区级 …
    pub level: &'static str,
    /// State, as a stable word and in Chinese.
    pub state: LexiconChangeState,
    /// In Chinese.
    pub state_words: &'static str,
    /// Why.
    pub reason: String,
    /// 新增 3、修改 1 …
    pub summary: String,
    /// The file that was read.
    pub file_name: Option<String>,
    /// Who proposed it.
    pub proposed_by_name: String,
    /// When.
    pub proposed_at: Timestamp,
    /// Who decided.
    pub decided_by_name: Option<String>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// What was said on deciding.
    pub remark: Option<String>,
    /// Version made.
    pub version: Option<String>,
    /// The actor may confirm or refuse it.
    pub may_decide: bool,
    /// It waits for a second person, but the actor proposed it.
    pub own: bool,
}

/// One word of a change set, with exactly what changes.
#[derive(Debug, Clone, Serialize)]
pub struct ItemRow {
    /// Place in the change set.
    pub position: i64,
    /// What is done.
    pub action: ItemAction,
    /// In Chinese.
    pub action_words: &'static str,
    /// The word, masked in packs of sensitive words.
    pub word: String,
    /// Field, before, after; only what differs.
    pub differences: Vec<(&'static str, String, String)>,
}

/// A change set as its page shows it.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeShow {
    /// The change set.
    #[serde(flatten)]
    pub row: ChangeRow,
    /// Words added, changed, withdrawn.
    pub added: u64,
    /// Words changed.
    pub changed: u64,
    /// Words withdrawn.
    pub withdrawn: u64,
    /// Lines that change nothing.
    pub repeated: u64,
    /// Lines that could not be used.
    pub rejected: u64,
    /// Settings that change: field, before, after.
    pub settings: Vec<(&'static str, String, String)>,
    /// A page of the words.
    pub items: Vec<ItemRow>,
    /// How many match.
    pub total: u64,
    /// The first lines that could not be used.
    pub rejected_lines: Vec<RejectedLine>,
    /// Words are masked.
    pub masked: bool,
    /// The actor may hand it over to the second person.
    pub may_submit: bool,
    /// The actor may take it back.
    pub may_withdraw: bool,
}

/// A page of the change sets that the actor may know of, the newest first, and how many there are. Drafts are their
/// author's own.
pub async fn changes(
    app: &App,
    actor: &Actor,
    pack: Option<LexiconPackId>,
    state: Option<LexiconChangeState>,
    offset: u64,
    limit: u64,
) -> AppResult<(Vec<ChangeRow>, u64)> {
    let read = app.store.read();
    let packs: Vec<StoredPack> = match pack {
        Some(id) => vec![place::visible(app, &read, actor, id).await?.0],
        None => {
            let (units, below) = place::reach(app, actor)?;
            store::lexicon::in_reach(&read, &units, &below).await?
        }
    };
    let ids: Vec<LexiconPackId> = packs.iter().map(|pack| pack.id).collect();
    let (found, total) = store::lexicon::change::of_packs(&read, &ids, state, actor.person, offset, limit).await?;
    Ok((rows(app, actor, &read, &packs, found).await?, total))
}

/// What waits for the actor's own confirmation, for the work desk.
pub async fn waiting(app: &App, actor: &Actor) -> AppResult<Vec<ChangeRow>> {
    if !app.policy.decide(actor, policy::Action::LexiconRead, &policy::Target::Platform).allowed {
        return Ok(Vec::new());
    }
    let (mut rows, _) = changes(app, actor, None, Some(LexiconChangeState::Proposed), 0, 200).await?;
    rows.retain(|row| row.may_decide);
    Ok(rows)
}

/// A change set with a page of its words; `reveal` shows what is masked, which only [`super::reveal_changes`] asks for.
#[expect(clippy::too_many_arguments, reason = "the page, what it is cut down to, and whether words are shown")]
pub(super) async fn shown(
    app: &App,
    actor: &Actor,
    id: LexiconChangeId,
    action: Option<ItemAction>,
    search: Option<&str>,
    offset: u64,
    limit: u64,
    reveal: bool,
) -> AppResult<ChangeShow> {
    let read = app.store.read();
    let (change, pack, _) = open_change(app, actor, id).await?;
    let hide = content::hides(&pack.category) && !reveal;
    let (items, total) = store::lexicon::item::page(&read, id, action, search, offset, limit).await?;
    let items = items
        .iter()
        .map(|item| {
            let side = |content: &Option<String>| -> AppResult<Option<EntryRow>> {
                content.as_deref().map(|text| content::stored_row(&pack, &item.word, text, hide)).transpose()
            };
            Ok(ItemRow {
                position: item.position,
                action: item.action,
                action_words: item.action.chinese(),
                word: if hide { masked(&item.word) } else { item.word.clone() },
                differences: differences(side(&item.before)?, side(&item.after)?),
            })
        })
        .collect::<AppResult<Vec<_>>>()?;
    let settings = match (&change.settings, change.state.is_open()) {
        (Some(settings), true) => setting_differences(&settings_of(&pack), &content::read_json(settings)?)?,
        (Some(settings), false) => setting_differences(&PackSettings::default(), &content::read_json(settings)?)?,
        (None, _) => Vec::new(),
    };
    let rejected_lines = match change.rejected {
        0 => Vec::new(),
        _ if hide => Vec::new(),
        _ => store::lexicon::item::rejected(&read, id, 100).await?,
    };
    let mine = change.proposed_by == actor.person;
    let row = rows(app, actor, &read, std::slice::from_ref(&pack), vec![change.clone()]).await?;
    Ok(ChangeShow {
        row: row.into_iter().next().ok_or_else(not_found)?,
        added: change.added,
        changed: change.changed,
        withdrawn: change.withdrawn,
        repeated: change.repeated,
        rejected: change.rejected,
        settings,
        items,
        total,
        rejected_lines,
        masked: hide,
        may_submit: mine
            && change.state == LexiconChangeState::Draft
            && change.added + change.changed + change.withdrawn > 0,
        may_withdraw: mine && change.state.is_open(),
    })
}

/// A change set with a page of its words.
///
/// # Errors
/// [`crate::AppError::NotFound`] for another office's pack and another person's draft.
pub async fn show(
    app: &App,
    actor: &Actor,
    id: LexiconChangeId,
    action: Option<ItemAction>,
    search: Option<&str>,
    offset: u64,
    limit: u64,
) -> AppResult<ChangeShow> {
    shown(app, actor, id, action, search, offset, limit, false).await
}

/// Every line of the file that could not be used, for its author to mend.
///
/// # Errors
/// As [`show`].
pub async fn rejected(app: &App, actor: &Actor, id: LexiconChangeId) -> AppResult<Vec<RejectedLine>> {
    let (change, pack, _) = open_change(app, actor, id).await?;
    if content::hides(&pack.category) && change.proposed_by != actor.person {
        return Err(crate::AppError::Forbidden("敏感词文件中未能导入的行只供提出人下载。".to_owned()));
    }
    Ok(store::lexicon::item::rejected(&app.store.read(), id, 200_000).await?)
}

/// A change set with its pack and unit, if the actor may know of it. Drafts are their author's own.
pub(super) async fn open_change(
    app: &App,
    actor: &Actor,
    id: LexiconChangeId,
) -> AppResult<(StoredChange, StoredPack, Unit)> {
    let read = app.store.read();
    let change = store::lexicon::change::by_id(&read, id).await?.ok_or_else(not_found)?;
    let (pack, unit) = place::visible(app, &read, actor, change.pack).await?;
    if change.state == LexiconChangeState::Draft && change.proposed_by != actor.person {
        return Err(not_found());
    }
    Ok((change, pack, unit))
}

async fn rows(
    app: &App,
    actor: &Actor,
    read: &Read,
    packs: &[StoredPack],
    changes: Vec<StoredChange>,
) -> AppResult<Vec<ChangeRow>> {
    let units: Vec<_> = packs.iter().map(|pack| pack.unit).collect();
    let units: HashMap<_, Unit> =
        store::unit::by_ids(read, &units).await?.into_iter().map(|unit| (unit.id, unit)).collect();
    let people: HashMap<PersonId, String> =
        names::people(app, changes.iter().flat_map(|change| [Some(change.proposed_by), change.decided_by]).flatten())
            .await?;
    let name = |person: PersonId| people.get(&person).cloned().unwrap_or_default();
    let row = |change: StoredChange| {
        let pack = packs.iter().find(|pack| pack.id == change.pack)?;
        let unit = units.get(&pack.unit)?;
        let own = change.proposed_by == actor.person;
        let waits = change.state == LexiconChangeState::Proposed;
        Some(ChangeRow {
            id: change.id,
            pack: pack.id,
            pack_name: pack.name.clone(),
            keeper: unit.name.clone(),
            level: place::level_of(unit).chinese(),
            state: change.state,
            state_words: change.state.chinese(),
            summary: summary(&change),
            reason: change.reason,
            file_name: change.file_name,
            proposed_by_name: name(change.proposed_by),
            proposed_at: change.proposed_at,
            decided_by_name: change.decided_by.map(name),
            decided_at: change.decided_at,
            remark: change.remark,
            version: change.version,
            may_decide: waits && !own && place::rights(app, actor, unit).confirm,
            own: waits && own,
        })
    };
    Ok(changes.into_iter().filter_map(row).collect())
}

fn summary(change: &StoredChange) -> String {
    let mut parts = Vec::new();
    for (count, words) in [(change.added, "新增"), (change.changed, "修改"), (change.withdrawn, "停用")] {
        if count > 0 {
            parts.push(format!("{words} {count} 个词"));
        }
    }
    if change.settings.is_some() {
        parts.push("修改词库设置".to_owned());
    }
    if parts.is_empty() { "没有变更".to_owned() } else { parts.join("，") }
}

fn differences(before: Option<EntryRow>, after: Option<EntryRow>) -> Vec<(&'static str, String, String)> {
    let sides = |row: Option<EntryRow>| match row {
        None => std::array::from_fn(|_| String::new()),
        Some(row) => [
            row.severity,
            row.suggestion.unwrap_or_default(),
            row.message.unwrap_or_default(),
            row.allow,
            row.source.unwrap_or_default(),
            row.valid,
            if row.pinyin { "是".to_owned() } else { String::new() },
        ],
    };
    let labels: [&'static str; 7] = ["严重程度", "建议", "说明", "允许的词", "来源", "有效期", "同音也查"];
    let (before, after): ([String; 7], [String; 7]) = (sides(before), sides(after));
    labels
        .into_iter()
        .zip(before.into_iter().zip(after))
        .filter(|(_, (before, after))| before != after)
        .map(|(label, (before, after))| (label, before, after))
        .collect()
}

fn setting_differences(before: &PackSettings, after: &PackSettings) -> AppResult<Vec<(&'static str, String, String)>> {
    let severity = |text: &str| -> AppResult<String> {
        if text.is_empty() {
            return Ok(String::new());
        }
        Ok(content::severity(text).map(Severity::chinese)?.to_owned())
    };
    let in_use = |yes: bool| if yes { "在用" } else { "停用" }.to_owned();
    let known = !before.name.is_empty();
    let all = [
        ("名称", before.name.clone(), after.name.clone()),
        ("严重程度", severity(&before.severity)?, severity(&after.severity)?),
        ("提示语", before.message.clone(), after.message.clone()),
        ("来源", before.source.clone(), after.source.clone()),
        ("状态", if known { in_use(before.active) } else { String::new() }, in_use(after.active)),
    ];
    Ok(all.into_iter().filter(|(_, before, after)| before != after).collect())
}
