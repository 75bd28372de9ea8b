//! 确认变更: the second person confirms or refuses, or the author takes the change set back.

use domain::{
    actor::Actor,
    ids::LexiconChangeId,
    lexicon::{LexiconChangeState, version_name},
    time::beijing_date,
};
use jobs::EnqueueOptions;
use store::lexicon::{StoredPack, change::StoredChange};

use super::{
    change::open_change,
    content, place,
    propose::{PackSettings, settings_of},
};
use crate::{App, AppError, AppResult, record, stock::RescreenStock};

/// What the second person says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// 同意
    Confirm,
    /// 不同意
    Refuse,
}

/// Confirms or refuses. A confirmation makes a new version of the pack; the stock is screened again in the background.
///
/// # Errors
/// [`AppError::NotFound`] for another office's pack, [`AppError::Forbidden`] for its author and for those without the
/// right, [`AppError::Invalid`] for a refusal without a reason, [`AppError::Conflict`] when it was decided already or a
/// word has changed since it was proposed.
pub async fn decide(app: &App, actor: &Actor, id: LexiconChangeId, verdict: Verdict, remark: &str) -> AppResult<()> {
    let (seen, _, unit) = open_change(app, actor, id).await?;
    place::require_confirm(app, actor, &unit)?;
    if seen.proposed_by == actor.person {
        return Err(AppError::Forbidden("不能确认本人提出的变更，请由另一位有权人员确认。".to_owned()));
    }
    let remark = remark.trim();
    if verdict == Verdict::Refuse && remark.is_empty() {
        return Err(AppError::invalid("remark", "不同意时请说明原因，提出人会看到。"));
    }
    if remark.chars().count() > 500 {
        return Err(AppError::invalid("remark", "意见请控制在 500 字以内。"));
    }
    let unit = unit.id;
    app.store
        .write(|tx| async move {
            let before = store::lexicon::change::lock(&tx, id).await?.ok_or_else(not_found)?;
            if before.state != LexiconChangeState::Proposed {
                return Err(AppError::Conflict(format!("这份变更单已办结：{}。", before.state.chinese())));
            }
            let pack = store::lexicon::lock(&tx, before.pack).await?.ok_or_else(place::not_found)?;
            let mut after = StoredChange {
                state: LexiconChangeState::Refused,
                decided_by: Some(actor.person),
                decided_at: Some(tx.now()),
                remark: (!remark.is_empty()).then(|| remark.to_owned()),
                ..before.clone()
            };
            if verdict == Verdict::Confirm {
                put_into_force(&tx, &pack, &mut after).await?;
            }
            store::lexicon::change::update(&tx, &after).await?;
            record::event("lexicon.decide", id, &pack.name)
                .unit(unit)
                .before(&before)
                .after(&after)
                .write(&tx, Some(actor))
                .await
        })
        .await
}

/// Takes a change set back before it is decided; it stays on record.
///
/// # Errors
/// [`AppError::Forbidden`] for everybody but its author, [`AppError::Conflict`] when it was decided already.
pub async fn withdraw(app: &App, actor: &Actor, id: LexiconChangeId) -> AppResult<()> {
    let (seen, pack, unit) = open_change(app, actor, id).await?;
    if seen.proposed_by != actor.person {
        return Err(AppError::Forbidden("只有提出人可以撤销自己的变更单。".to_owned()));
    }
    let (pack, unit) = (&pack, unit.id);
    app.store
        .write(|tx| async move {
            let before = store::lexicon::change::lock(&tx, id).await?.ok_or_else(not_found)?;
            if !before.state.is_open() {
                return Err(AppError::Conflict(format!("这份变更单已办结：{}，不能再撤销。", before.state.chinese())));
            }
            let after = StoredChange { state: LexiconChangeState::Withdrawn, ..before.clone() };
            store::lexicon::change::update(&tx, &after).await?;
            record::event("lexicon.withdraw", id, &pack.name)
                .unit(unit)
                .before(&before)
                .after(&after)
                .write(&tx, Some(actor))
                .await
        })
        .await
}

pub(super) fn not_found() -> AppError {
    AppError::NotFound("词库变更单".to_owned())
}

async fn put_into_force(tx: &store::Tx, pack: &StoredPack, change: &mut StoredChange) -> AppResult<()> {
    let overtaken = store::lexicon::item::overtaken(tx, change.id, pack.id, 5).await?;
    if !overtaken.is_empty() {
        let hide = content::hides(&pack.category);
        let words: Vec<String> =
            overtaken.iter().map(|word| if hide { domain::lexicon::masked(word) } else { word.clone() }).collect();
        return Err(AppError::Conflict(format!(
            "提出之后，词库里的“{}”等词已被另一份变更单改过，这份变更单与现状不符。请不同意，由提出人按现状重新提出。",
            words.join("”“")
        )));
    }
    let day = beijing_date(tx.now());
    let month = format!("{:04}.{:02}.", day.year(), day.month());
    let made = store::lexicon::change::count_versions(tx, pack.id, &month).await?;
    let mut next = pack.clone();
    next.revision += 1;
    next.version = version_name(day, made);
    store::lexicon::entry::apply(tx, change.id, pack.id, next.revision, &next.version).await?;
    if let Some(settings) = &change.settings {
        let PackSettings { name, severity, message, source, active } = content::read_json(settings)?;
        next = StoredPack { name, severity, message, source, active, ..next };
    }
    next.entries = i64::try_from(store::lexicon::entry::count(tx, pack.id).await?).unwrap_or(i64::MAX);
    store::lexicon::update(tx, &next).await?;
    change.state = LexiconChangeState::Confirmed;
    change.revision = Some(next.revision);
    change.version = Some(next.version.clone());
    // Words of lists of sources and corrections of starter packs make nothing wrong that was right.
    let finds_more = change.added + change.changed > 0 && pack.corrects.is_none() && pack.category != "source";
    let back_in_use = !settings_of(pack).active && next.active;
    if (finds_more && next.active) || back_in_use {
        let job = RescreenStock { change: change.id };
        jobs::enqueue(tx, &job, EnqueueOptions { unit: Some(pack.unit), ..EnqueueOptions::default() }).await?;
        tx.after_commit_wake_jobs();
    }
    Ok(())
}
