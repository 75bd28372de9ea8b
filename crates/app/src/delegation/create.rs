//! 委托代办: hands one's reviewing duties to a stand-in.

use domain::{
    actor::Actor,
    delegation::{DELEGATED_DUTIES, Delegation, period_objection},
    ids::{DelegationId, PersonId, UnitId},
    person::Person,
    problem::FieldProblem,
    time::parse_beijing,
};
use jiff::Timestamp;
use policy::{Action, Target};
use serde::{Deserialize, Serialize};

use crate::{App, AppError, AppResult, authorise, record};

/// Form of a delegation; times as typed, in Beijing time.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewDelegation {
    /// The stand-in.
    pub to: PersonId,
    /// First minute.
    pub starts_at: String,
    /// Last minute (exclusive).
    pub ends_at: String,
    /// Why.
    pub reason: String,
}

/// People who may stand in for the caller: active colleagues at the units where the caller reviews, administrators
/// excepted.
pub async fn candidates(app: &App, actor: &Actor) -> AppResult<Vec<Person>> {
    let read = app.store.read();
    let people = store::person::colleagues(&read, &reviewing_units(actor)).await?;
    let ids: Vec<PersonId> = people.iter().map(|person| person.id).collect();
    let administrators: Vec<PersonId> = store::appointment::in_force_of(&read, &ids)
        .await?
        .into_iter()
        .filter(|held| held.duty.is_administrator())
        .map(|held| held.person)
        .collect();
    Ok(people.into_iter().filter(|person| person.id != actor.person && !administrators.contains(&person.id)).collect())
}

/// Creates a delegation from the caller to a stand-in.
pub async fn create(app: &App, actor: &Actor, new: NewDelegation) -> AppResult<DelegationId> {
    let target = Target::Person { home_unit_path: &actor.home_unit_path, is_self: true };
    authorise::require(app, actor, Action::DelegationCreate, &target)?;
    if reviewing_units(actor).is_empty() {
        return Err(AppError::Conflict("您没有可以委托的审核职责，无需设置委托代办。".into()));
    }
    let (starts_at, ends_at, reason) = check(app, &new)?;
    let stand_in = candidates(app, actor).await?.into_iter().find(|person| person.id == new.to);
    let stand_in = stand_in.ok_or_else(|| {
        AppError::invalid("to", "请选择同一单位的在岗人员作为代办人（不能是本人，也不能是系统、安全、审计管理员）。")
    })?;
    let delegation = &Delegation {
        id: app.ids.fresh(),
        from: actor.person,
        to: new.to,
        starts_at,
        ends_at,
        reason,
        revoked_at: None,
    };
    let stand_in = &stand_in;
    app.store
        .write(|tx| async move {
            // The lock meets a security administrator who is just making the stand-in an administrator.
            let now = store::person::lock(&tx, new.to).await?.filter(|now| now.person.active);
            let held = store::appointment::in_force_of(&tx, &[new.to]).await?;
            if now.is_none() || held.iter().any(|held| held.duty.is_administrator()) {
                return Err(AppError::invalid("to", "该人员刚刚变更了任职或已停用，请另选一人。"));
            }
            refuse_overlap(&tx, delegation).await?;
            store::delegation::insert(&tx, delegation).await?;
            record::event("delegation.create", delegation.id, format!("{} → {}", actor.name, stand_in.name))
                .unit(actor.home_unit)
                .after(delegation)
                .write(&tx, Some(actor))
                .await
        })
        .await?;
    Ok(delegation.id)
}

/// Units at which the actor reviews in the own name; what was delegated cannot be handed on.
fn reviewing_units(actor: &Actor) -> Vec<UnitId> {
    let mut units: Vec<UnitId> = actor
        .duties
        .iter()
        .filter(|held| held.on_behalf_of.is_none() && DELEGATED_DUTIES.contains(&held.duty))
        .map(|held| held.unit)
        .collect();
    units.sort();
    units.dedup();
    units
}

fn check(app: &App, new: &NewDelegation) -> AppResult<(Timestamp, Timestamp, String)> {
    let mut problems = Vec::new();
    let mut time = |field: &str, text: &str| {
        let read = parse_beijing(text);
        if read.is_none() {
            problems.push(FieldProblem::new(field, "请填写日期和时间，例如：2026-12-01 08:30。"));
        }
        read
    };
    let (starts_at, ends_at) = (time("starts_at", &new.starts_at), time("ends_at", &new.ends_at));
    if let (Some(starts_at), Some(ends_at)) = (starts_at, ends_at)
        && let Some(objection) = period_objection(app.now(), starts_at, ends_at)
    {
        problems.push(FieldProblem::new("ends_at", objection));
    }
    let reason = new.reason.trim().to_owned();
    if reason.is_empty() || reason.chars().count() > 200 {
        problems.push(FieldProblem::new("reason", "请填写委托原因（200 字以内），例如：出差、休假。"));
    }
    match (starts_at, ends_at) {
        (Some(starts_at), Some(ends_at)) if problems.is_empty() => Ok((starts_at, ends_at, reason)),
        _ => Err(AppError::Invalid(problems)),
    }
}

async fn refuse_overlap(tx: &store::Tx, new: &Delegation) -> AppResult<()> {
    let others = store::delegation::current_or_coming(tx, new.from, tx.now()).await?;
    let overlaps = |other: &Delegation| {
        other.from == new.from && other.to == new.to && other.starts_at < new.ends_at && new.starts_at < other.ends_at
    };
    if others.iter().any(overlaps) {
        return Err(AppError::Conflict("这段时间已经委托给同一人，请先撤销原委托或调整时间。".into()));
    }
    Ok(())
}
