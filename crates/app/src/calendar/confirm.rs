//! 复核: the second of two people confirms or sends back what the first entered.

use domain::{actor::Actor, ids::ArrangementId};
use jobs::EnqueueOptions;
use policy::{Action, Target};
use store::holiday_arrangement::{Entered, EnteredArrangement, EnteredState};

use super::remind;
use crate::{App, AppError, AppResult, alarm, authorise, deadline::RecomputeDeadlines, record, rule};

/// What the second person says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// 复核无误
    Confirm,
    /// 退回
    Refuse,
}

/// Confirms or refuses. A confirmed entry replaces the one before it, and every running deadline is computed anew.
///
/// # Errors
/// [`AppError::NotFound`] for other divisions' local days, [`AppError::Forbidden`] for the person who entered it and
/// for those without the duty, [`AppError::Invalid`] for a refusal without a reason, [`AppError::Conflict`] when it
/// was decided already.
pub async fn decide(app: &App, actor: &Actor, id: ArrangementId, verdict: Verdict, remark: &str) -> AppResult<()> {
    let not_found = || AppError::NotFound("节假日安排".to_owned());
    let seen = store::holiday_arrangement::by_id(&app.store.read(), id).await?.ok_or_else(not_found)?;
    may_decide(app, actor, &seen.entered).await?;
    if seen.proposed_by == actor.person {
        return Err(AppError::Forbidden("不能复核本人录入的安排，请由另一位人员对照原文复核。".to_owned()));
    }
    let remark = remark.trim();
    if verdict == Verdict::Refuse && remark.is_empty() {
        return Err(AppError::invalid("remark", "退回时请说明哪里不对，录入的人要据此改正。"));
    }
    if remark.chars().count() > 500 {
        return Err(AppError::invalid("remark", "复核意见请控制在 500 字以内。"));
    }
    app.store
        .write(|tx| async move {
            let before = store::holiday_arrangement::lock(&tx, id).await?.ok_or_else(not_found)?;
            if before.state != EnteredState::Proposed {
                return Err(AppError::Conflict(format!("这份安排已经办结：{}。", before.state.chinese())));
            }
            let mut after = before.clone();
            after.decided_by = Some(actor.person);
            after.decided_at = Some(tx.now());
            after.remark = (!remark.is_empty()).then(|| remark.to_owned());
            after.state = EnteredState::Refused;
            let mut replaced = None;
            if verdict == Verdict::Confirm {
                after.state = EnteredState::InForce;
                replaced = supersede(&tx, &after).await?;
            }
            store::holiday_arrangement::update(&tx, &after).await.map_err(|error| match error {
                store::StoreError::Duplicate { .. } => {
                    AppError::Conflict("刚刚有另一份安排生效，请刷新页面核对。".to_owned())
                }
                other => other.into(),
            })?;
            let action = match after.entered {
                Entered::Year(_) => "calendar.confirm",
                Entered::Local(..) => "local_day.confirm",
            };
            record::event(action, id, name_of(&after.entered))
                .before(serde_json::json!({ "state": before.state.as_str(), "replaced": replaced }))
                .after(&after)
                .write(&tx, Some(actor))
                .await?;
            if after.state == EnteredState::InForce {
                if let Entered::Year(arrangement) = &after.entered {
                    for occasion in remind::occasions(arrangement.year) {
                        alarm::clear_occasion(&tx, &occasion).await?;
                    }
                }
                let job = RecomputeDeadlines { arrangement: id, after: None };
                jobs::enqueue(&tx, &job, EnqueueOptions::default()).await?;
            }
            Ok(())
        })
        .await
}

/// Puts the entry that held out of force.
async fn supersede(tx: &store::Tx, new: &EnteredArrangement) -> AppResult<Option<ArrangementId>> {
    let held = store::holiday_arrangement::lock_in_force(tx, &new.entered.occasion()).await?;
    let Some(mut held) = held else { return Ok(None) };
    held.state = EnteredState::Superseded;
    store::holiday_arrangement::update(tx, &held).await?;
    Ok(Some(held.id))
}

async fn may_decide(app: &App, actor: &Actor, entered: &Entered) -> AppResult<()> {
    match entered {
        Entered::Year(_) => authorise::require(app, actor, Action::CalendarConfirm, &Target::Platform),
        Entered::Local(division, _) => {
            let places = rule::places(app, actor).await?;
            if !places.iter().any(|place| place.code == *division) {
                return Err(AppError::NotFound("节假日安排".to_owned()));
            }
            let office = rule::office_of(&app.store.read(), division).await?;
            authorise::require(app, actor, Action::LocalDayConfirm, &Target::Unit { path: &office.path })
        }
    }
}

/// 2027年节假日安排, 2027-07-18 那达慕.
pub(super) fn name_of(entered: &Entered) -> String {
    match entered {
        Entered::Year(arrangement) => format!("{}年节假日安排", arrangement.year),
        Entered::Local(_, day) => format!("{} {}", day.date, day.name),
    }
}
