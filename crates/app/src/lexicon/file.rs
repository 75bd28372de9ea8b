//! 批量导入: a file becomes a draft that its author looks through and then submits. A hundred thousand lines go into the
//! database in chunks; no page ever shows them all.

use std::collections::HashSet;

use domain::{
    actor::Actor,
    ids::{LexiconChangeId, LexiconPackId},
    lexicon::{ItemAction, LexiconChangeState},
    unit::Unit,
};
use screen::lexicon::{Entry, Imported, import};
use store::lexicon::{
    StoredPack,
    change::StoredChange,
    item::{ChangeItem, RejectedLine},
};

use super::{change::open_change, content, place, propose::reason};
use crate::{App, AppError, AppResult, record};

/// Lines of one file at most.
const MOST_LINES: usize = 200_000;

/// Reads a CSV or TXT file into a draft; nothing is proposed yet.
///
/// # Errors
/// [`AppError::Invalid`] when nothing in the file can be used; otherwise as [`super::propose`].
pub async fn import_file(
    app: &App,
    actor: &Actor,
    id: LexiconPackId,
    file_name: &str,
    bytes: &[u8],
    why: &str,
) -> AppResult<LexiconChangeId> {
    let (pack, unit) = place::visible(app, &app.store.read(), actor, id).await?;
    place::require_propose(app, actor, &unit)?;
    if pack.corrects.is_some() {
        return Err(AppError::Conflict("对随平台词库的调整请逐条提出，不能批量导入。".to_owned()));
    }
    let mut problems = Vec::new();
    let reason = reason(why, &mut problems);
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    let owned = bytes.to_vec();
    let read = tokio::task::spawn_blocking(move || import(&owned, None, false));
    let Imported { entries, repeated, rejected } =
        read.await.map_err(AppError::internal)?.map_err(|message| AppError::invalid("file", message))?;
    if entries.len() + rejected.len() > MOST_LINES {
        let message = format!("文件有 {} 行，一次最多 {MOST_LINES} 行，请分几次导入。", entries.len() + rejected.len());
        return Err(AppError::invalid("file", message));
    }
    let mut plan = plan(app, &pack, entries, rejected).await?;
    plan.repeated += repeated as u64;
    keep(app, actor, &pack, &unit, file_name, reason, plan).await
}

/// Hands a draft over to the second person.
///
/// # Errors
/// [`AppError::Conflict`] when it is no draft any more or holds nothing to change.
pub async fn submit(app: &App, actor: &Actor, id: LexiconChangeId) -> AppResult<()> {
    let (seen, pack, unit) = open_change(app, actor, id).await?;
    place::require_propose(app, actor, &unit)?;
    if seen.proposed_by != actor.person {
        return Err(AppError::Forbidden("只有提出人可以提交。".to_owned()));
    }
    let (pack, unit) = (&pack, unit.id);
    app.store
        .write(|tx| async move {
            let before = store::lexicon::change::lock(&tx, id).await?.ok_or_else(super::decide::not_found)?;
            if before.state != LexiconChangeState::Draft {
                return Err(AppError::Conflict(format!("这份变更单{}，不用再提交。", before.state.chinese())));
            }
            if before.added + before.changed + before.withdrawn == 0 {
                return Err(AppError::Conflict("这份变更单没有可以变更的词语，请放弃后重新导入。".to_owned()));
            }
            let after = StoredChange { state: LexiconChangeState::Proposed, proposed_at: tx.now(), ..before.clone() };
            store::lexicon::change::update(&tx, &after).await?;
            record::event("lexicon.propose", id, &pack.name)
                .unit(unit)
                .before(&before)
                .after(&after)
                .write(&tx, Some(actor))
                .await
        })
        .await
}

struct Plan {
    items: Vec<ChangeItem>,
    rejected: Vec<RejectedLine>,
    repeated: u64,
}

/// Compares what the file says with what stands in the pack.
async fn plan(
    app: &App,
    pack: &StoredPack,
    entries: Vec<Entry>,
    rejected: Vec<screen::lexicon::Rejected>,
) -> AppResult<Plan> {
    let keys: Vec<String> = entries.iter().map(|entry| content::key_of(&entry.word)).collect();
    let standing = store::lexicon::entry::in_force(&app.store.read(), pack.id, &keys).await?;
    let mut items: Vec<ChangeItem> = Vec::with_capacity(entries.len());
    let mut seen: HashSet<String> = HashSet::with_capacity(entries.len());
    let mut repeated = 0;
    for (entry, key) in entries.into_iter().zip(keys) {
        if !seen.insert(key.clone()) {
            repeated += 1;
            continue;
        }
        let after = content::json(&entry)?;
        let before = standing.get(&key).cloned();
        if before.as_ref() == Some(&after) {
            repeated += 1;
            continue;
        }
        items.push(ChangeItem {
            position: i64::try_from(items.len() + 1).unwrap_or(i64::MAX),
            action: if before.is_some() { ItemAction::Change } else { ItemAction::Add },
            word_key: key,
            word: entry.word,
            before,
            after: Some(after),
        });
    }
    let mut lines: Vec<RejectedLine> = Vec::with_capacity(rejected.len());
    for line in rejected {
        let number = line.line as u64;
        // Several words of one line may be refused: one row tells them all.
        match lines.last_mut().filter(|last| last.line == number) {
            Some(last) => last.reason = format!("{}；{}", last.reason, line.reason),
            None => lines.push(RejectedLine {
                line: number,
                text: line.text.replace('\0', "").chars().take(500).collect(),
                reason: line.reason,
            }),
        }
    }
    lines.sort_by_key(|line| line.line);
    lines.dedup_by_key(|line| line.line);
    Ok(Plan { items, rejected: lines, repeated })
}

async fn keep(
    app: &App,
    actor: &Actor,
    pack: &StoredPack,
    unit: &Unit,
    file_name: &str,
    reason: String,
    plan: Plan,
) -> AppResult<LexiconChangeId> {
    let (reason, plan) = (&reason, &plan);
    app.store
        .write(|tx| async move {
            let count = |action| plan.items.iter().filter(|item| item.action == action).count() as u64;
            let change = StoredChange {
                id: tx.ids().fresh(),
                pack: pack.id,
                state: LexiconChangeState::Draft,
                reason: reason.clone(),
                settings: None,
                file_name: Some(file_name.chars().take(200).collect()),
                added: count(ItemAction::Add),
                changed: count(ItemAction::Change),
                withdrawn: 0,
                repeated: plan.repeated,
                rejected: plan.rejected.len() as u64,
                proposed_by: actor.person,
                proposed_at: tx.now(),
                decided_by: None,
                decided_at: None,
                remark: None,
                revision: None,
                version: None,
            };
            store::lexicon::change::insert(&tx, &change).await?;
            store::lexicon::item::insert(&tx, change.id, &plan.items).await?;
            store::lexicon::item::insert_rejected(&tx, change.id, &plan.rejected).await?;
            record::event("lexicon.import", change.id, &pack.name)
                .unit(unit.id)
                .after(&change)
                .write(&tx, Some(actor))
                .await?;
            Ok(change.id)
        })
        .await
}
