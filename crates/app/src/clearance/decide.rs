//! 决定放行: the holder of the last step lets the finding pass or refuses, never in the own text.

use domain::{
    actor::Actor,
    clearance::{Clearance, ClearanceState, own_hand_objection},
    finding_outcome::Outcome,
    ids::{ClearanceId, PersonId},
    screening_exception::reason_problem,
};
use policy::Action;

use super::not_found;
use crate::{
    App, AppError, AppResult,
    edition::{Loaded, find, known_finding},
    names, record,
    review::seat_of,
    review_chain::resolve_in,
};

/// What the last reviewer says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// 放行
    Grant,
    /// 不予放行
    Refuse,
}

/// What a transaction led to: a step that moved is kept although the decision is refused.
enum Done {
    Decided,
    Moved(String),
}

/// Decides a request.
///
/// # Errors
/// [`AppError::NotFound`] for everybody who does not hold the last step, [`AppError::Forbidden`] for whoever had a hand
/// in the text, [`AppError::Invalid`] without a reason, [`AppError::Conflict`] when somebody else decided first, the
/// words have changed, or the chain has another last step by now.
pub async fn decide(app: &App, actor: &Actor, id: ClearanceId, verdict: Verdict, remark: &str) -> AppResult<()> {
    let seen = store::clearance::by_id(&app.store.read(), id).await?.ok_or_else(not_found)?;
    seat(app, &app.store.read(), actor, &seen).await?;
    if let Some(problem) = reason_problem(remark) {
        return Err(AppError::invalid("remark", problem.message.replace("审核人会看到", "采编和各审核人会看到")));
    }
    let remark = remark.trim();
    let done = app
        .store
        .write(|tx| async move {
            let loaded = locked(&tx, &seen_again(&tx, id).await?).await?;
            let before = store::clearance::lock(&tx, id).await?.ok_or_else(not_found)?;
            let on_behalf_of = seat(app, &tx, actor, &before).await?;
            require_open(app, &before).await?;
            require_other_hand(&loaded, &before, actor, on_behalf_of)?;
            if !loaded.edition.state.editable() {
                let state = loaded.edition.state.chinese();
                return Err(AppError::Conflict(format!("本稿当前为“{state}”，这项放行申请已不需要决定。")));
            }
            if let Some(moved) = follow_the_chain(&tx, &loaded, &before).await? {
                return Ok(Done::Moved(moved));
            }
            let same = match known_finding(app, &tx, &loaded, &before.fingerprint).await {
                Ok((finding, words)) => words.key(&finding) == before.words,
                Err(AppError::NotFound(_)) => false,
                Err(error) => return Err(error),
            };
            if !same && verdict == Verdict::Grant {
                return Err(AppError::Conflict(
                    "申请之后这处文字已经改动，不能按原申请放行。请采编人员重新机审。".into(),
                ));
            }
            let after = Clearance {
                state: if verdict == Verdict::Grant { ClearanceState::Granted } else { ClearanceState::Refused },
                decided_by: Some(actor.person),
                on_behalf_of,
                decided_at: Some(tx.now()),
                remark: Some(remark.to_owned()),
                ..before.clone()
            };
            store::clearance::update(&tx, &after).await?;
            if verdict == Verdict::Grant {
                let key = [after.fingerprint.clone()];
                let outcome = Some(Outcome::Overruled);
                store::finding_outcome::decide(&tx, loaded.resource.id, &key, outcome, tx.now()).await?;
            }
            let action = if verdict == Verdict::Grant { "clearance.grant" } else { "clearance.refuse" };
            record::event(action, id, &loaded.edition.title)
                .unit(after.unit)
                .before(&before)
                .after(&after)
                .write(&tx, Some(actor))
                .await?;
            Ok::<_, AppError>(Done::Decided)
        })
        .await?;
    match done {
        Done::Decided => Ok(()),
        Done::Moved(message) => Err(AppError::Conflict(message)),
    }
}

/// Demands that the actor holds the step; the absent person in whose place, if any.
pub(super) async fn seat(
    app: &App,
    read: &store::Read,
    actor: &Actor,
    clearance: &Clearance,
) -> AppResult<Option<PersonId>> {
    let seat = (clearance.step.duty, clearance.step.unit);
    match seat_of(app, read, actor, seat, Action::ClearanceDecide).await {
        Err(AppError::NotFound(_)) => Err(not_found()),
        other => other,
    }
}

fn require_other_hand(
    loaded: &Loaded,
    clearance: &Clearance,
    actor: &Actor,
    on_behalf_of: Option<PersonId>,
) -> AppResult<()> {
    let edition = &loaded.edition;
    let writers: Vec<PersonId> = edition.writers.iter().copied().chain([edition.written_by]).collect();
    match own_hand_objection(&writers, edition.submitted_by, clearance.asked_by, actor.person, on_behalf_of) {
        Some(objection) => Err(AppError::Forbidden(objection.to_owned())),
        None => Ok(()),
    }
}

async fn require_open(app: &App, clearance: &Clearance) -> AppResult<()> {
    if clearance.state == ClearanceState::Asked {
        return Ok(());
    }
    let names = names::people(app, clearance.decided_by).await?;
    let who = clearance.decided_by.and_then(|person| names.get(&person).cloned()).unwrap_or_default();
    Err(AppError::Conflict(format!("这项放行申请已由{who}办结：{}。请刷新页面查看。", clearance.state.chinese())))
}

/// When the chain ends elsewhere by now, the request goes there.
async fn follow_the_chain(tx: &store::Tx, loaded: &Loaded, clearance: &Clearance) -> AppResult<Option<String>> {
    let last = resolve_in(tx, &loaded.resource).await?.last_step(loaded.resource.unit);
    let Some(last) = last.filter(|last| !last.same_seat(&clearance.step)) else { return Ok(None) };
    let message = format!("审核链有变化，最后一步现在是“{}”，放行申请已转给承担该职责的人员。", last.name);
    store::clearance::update(tx, &Clearance { step: last, ..clearance.clone() }).await?;
    Ok(Some(message))
}

async fn seen_again(tx: &store::Tx, id: ClearanceId) -> AppResult<Clearance> {
    store::clearance::by_id(tx, id).await?.ok_or_else(not_found)
}

/// Resource and edition, locked in the order used everywhere.
pub(super) async fn locked(tx: &store::Tx, clearance: &Clearance) -> AppResult<Loaded> {
    let seen = find(tx, clearance.edition).await?;
    store::resource::lock(tx, seen.resource.id).await?.ok_or_else(not_found)?;
    store::edition::lock(tx, clearance.edition).await?.ok_or_else(not_found)?;
    find(tx, clearance.edition).await
}
