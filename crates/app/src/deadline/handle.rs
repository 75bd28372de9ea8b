//! 暂停、恢复、重新起算、延长: what may happen to a running deadline, each only as its rule allows.

use domain::{
    actor::Actor,
    deadline::{Extension, Pause, Restart},
    ids::DeadlineId,
};
use policy::{Action, Target};
use store::deadline::{DeadlineProgress, StoredDeadline};

use super::sum::{calendar_for, civil, keep, reckon};
use crate::{App, AppError, AppResult, authorise, calendar::Calendars, record};

/// 暂停计算: time that is not counted begins now (征求第三方意见).
///
/// # Errors
/// As for all of this file: [`AppError::NotFound`] for other people's deadlines, [`AppError::Forbidden`] for those who
/// only read, [`AppError::Invalid`] for what the rule does not allow, [`AppError::Conflict`] when it is over.
pub async fn pause(app: &App, actor: &Actor, id: DeadlineId, reason: &str) -> AppResult<()> {
    let reason = &reason_of(reason)?;
    change(app, actor, id, "deadline.pause", |deadline, now| {
        if deadline.case.pauses.iter().any(|pause| pause.to.is_none()) {
            return Err(AppError::Conflict("这个时限已经暂停，不用再暂停。".to_owned()));
        }
        deadline.case.pauses.push(Pause { from: now, to: None, reason: reason.clone() });
        Ok(())
    })
    .await
}

/// 恢复计算: the open pause ends now.
///
/// # Errors
/// As [`pause`]; [`AppError::Conflict`] when nothing is paused.
pub async fn resume(app: &App, actor: &Actor, id: DeadlineId) -> AppResult<()> {
    change(app, actor, id, "deadline.resume", |deadline, now| {
        let open = deadline.case.pauses.iter_mut().find(|pause| pause.to.is_none());
        let open = open.ok_or_else(|| AppError::Conflict("这个时限没有暂停。".to_owned()))?;
        open.to = Some(now);
        Ok(())
    })
    .await
}

/// 重新起算: the correction of a request was received now (补正).
///
/// # Errors
/// As [`pause`].
pub async fn restart(app: &App, actor: &Actor, id: DeadlineId, reason: &str) -> AppResult<()> {
    let reason = &reason_of(reason)?;
    change(app, actor, id, "deadline.restart", |deadline, now| {
        deadline.case.restarts.push(Restart { at: now, reason: reason.clone() });
        Ok(())
    })
    .await
}

/// 延长: once, by `amount` in the unit of the rule, approved by the head of the office whose name goes on record.
///
/// # Errors
/// As [`pause`].
pub async fn extend(
    app: &App,
    actor: &Actor,
    id: DeadlineId,
    amount: u32,
    approved_by: &str,
    reason: &str,
) -> AppResult<()> {
    let (reason, approved_by) = (&reason_of(reason)?, approved_by.trim());
    if approved_by.is_empty() || approved_by.chars().count() > 50 {
        return Err(AppError::invalid("approved_by", "请填写批准延长的负责人姓名。"));
    }
    change(app, actor, id, "deadline.extend", |deadline, now| {
        deadline.case.extensions.push(Extension {
            amount,
            approved_at: now,
            approved_by: approved_by.to_owned(),
            reason: reason.clone(),
        });
        Ok(())
    })
    .await
}

fn reason_of(reason: &str) -> AppResult<String> {
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > 200 {
        return Err(AppError::invalid("reason", "请说明原因（200 字以内），它会显示在时限的计算过程里。"));
    }
    Ok(reason.to_owned())
}

async fn change(
    app: &App,
    actor: &Actor,
    id: DeadlineId,
    action: &str,
    apply: impl Fn(&mut StoredDeadline, jiff::civil::DateTime) -> AppResult<()> + Send + Sync,
) -> AppResult<()> {
    may_handle(app, actor, id).await?;
    let apply = &apply;
    app.store
        .write(|tx| async move {
            let before = locked_running(&tx, id).await?;
            let mut after = before.clone();
            apply(&mut after, civil(tx.now()))?;
            let unit = store::unit::by_id(&tx, after.unit).await?.ok_or_else(not_found)?;
            let calendars = Calendars::load(&tx).await?;
            let calendar = calendar_for(&calendars, Some(&unit.division), &after.terms);
            let reckoned = reckon(&after.terms, &after.case, &calendar)?;
            keep(&mut after, reckoned);
            store::deadline::update(&tx, &after).await?;
            record::event(action, id, after.title.clone())
                .unit(after.unit)
                .before(serde_json::json!({ "case": before.case, "due_at": before.due_at }))
                .after(serde_json::json!({ "case": after.case, "due_at": after.due_at }))
                .write(&tx, Some(actor))
                .await
        })
        .await
}

/// The deadline, if the actor handles its unit's.
pub(super) async fn may_handle(app: &App, actor: &Actor, id: DeadlineId) -> AppResult<StoredDeadline> {
    let read = app.store.read();
    let deadline = store::deadline::by_id(&read, id).await?.ok_or_else(not_found)?;
    let path = store::unit::path_of(&read, deadline.unit).await?.ok_or_else(not_found)?;
    let target = Target::Unit { path: &path };
    authorise::visible(app, actor, Action::DeadlineRead, &target, "办理时限")?;
    authorise::require(app, actor, Action::DeadlineHandle, &target)?;
    Ok(deadline)
}

pub(super) async fn locked_running(tx: &store::Tx, id: DeadlineId) -> AppResult<StoredDeadline> {
    let deadline = store::deadline::lock(tx, id).await?.ok_or_else(not_found)?;
    if deadline.state != DeadlineProgress::Running {
        return Err(AppError::Conflict(format!("这个时限{}，不能再改。", deadline.state.chinese())));
    }
    Ok(deadline)
}

pub(super) fn not_found() -> AppError {
    AppError::NotFound("办理时限".to_owned())
}
