//! 办理时限一览: what is overdue first, then what is nearly due.

use std::collections::HashMap;

use domain::{
    actor::Actor,
    calendar::WorkCalendar,
    deadline::{DeadlineState, compute},
    duty::Duty,
    ids::{DeadlineId, PersonId, UnitId},
    unit::Unit,
};
use jiff::Timestamp;
use serde::Serialize;
use store::{
    Scope,
    deadline::{DeadlineProgress, DeadlineScope, StoredDeadline},
};

use super::sum::{calendar_for, civil};
use crate::{App, AppResult, calendar::Calendars, names};

/// More than this is no list that people read.
const MOST: u64 = 2_000;

/// The colour of the light, the most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// 红灯: 超期
    Overdue,
    /// 黄灯: 即将到期
    Yellow,
    /// The year is not known yet.
    Unknown,
    /// 绿灯
    Running,
    /// 暂停计算
    Paused,
    /// 办结 or 取消
    Over,
}

/// A deadline as lists show it.
#[derive(Debug, Clone, Serialize)]
pub struct DeadlineRow {
    /// Key.
    pub id: DeadlineId,
    /// Name of the thing.
    pub title: String,
    /// Its page.
    pub path: String,
    /// Name of the deadline.
    pub name: String,
    /// The rule.
    pub rule: String,
    /// Whose it is.
    pub unit_name: String,
    /// Who does it.
    pub owner_name: Option<String>,
    /// The last moment.
    pub due_at: Option<Timestamp>,
    /// The light.
    pub light: Light,
    /// 还剩 4 个工作日 …
    pub words: String,
    /// The actor does it, or nobody in particular.
    pub mine: bool,
}

/// What the owner is told.
#[derive(Debug, Clone, Serialize)]
pub struct NoticeRow {
    /// Key.
    pub id: uuid::Uuid,
    /// Whose due moment moved.
    pub deadline: DeadlineId,
    /// Name of the thing.
    pub title: String,
    /// The last moment before.
    pub due_before: Option<Timestamp>,
    /// The last moment now.
    pub due_after: Option<Timestamp>,
    /// Why.
    pub reason: String,
    /// When.
    pub created_at: Timestamp,
}

/// Deadlines of the actor's units, the most pressing first; running ones unless `state` says otherwise.
pub async fn list(app: &App, actor: &Actor, state: Option<DeadlineProgress>) -> AppResult<Vec<DeadlineRow>> {
    let stored = store::deadline::list(&app.store.read(), &scope(actor), state, MOST).await?;
    rows(app, actor, stored).await
}

/// What presses the actor's own hand: nearly due or overdue, theirs or nobody's; for the work desk.
pub async fn desk(app: &App, actor: &Actor) -> AppResult<Vec<DeadlineRow>> {
    let running = Some(DeadlineProgress::Running);
    let stored = store::deadline::list(&app.store.read(), &own_scope(actor), running, MOST).await?;
    let mut rows = rows(app, actor, stored).await?;
    rows.retain(|row| row.mine && matches!(row.light, Light::Overdue | Light::Yellow));
    Ok(rows)
}

/// Moved due moments that the actor has not yet acknowledged, the newest first; for the work desk.
pub async fn notices(app: &App, actor: &Actor) -> AppResult<Vec<NoticeRow>> {
    let read = app.store.read();
    let stored = store::deadline::list(&read, &own_scope(actor), Some(DeadlineProgress::Running), MOST).await?;
    let ids: Vec<DeadlineId> = stored.iter().map(|deadline| deadline.id).collect();
    let open = store::deadline::notice::of(&read, &ids, true).await?;
    Ok(open
        .into_iter()
        .filter(|notice| notice.person.is_none_or(|person| person == actor.person))
        .filter_map(|notice| {
            let deadline = stored.iter().find(|deadline| deadline.id == notice.deadline)?;
            Some(NoticeRow {
                id: notice.id,
                deadline: notice.deadline,
                title: deadline.title.clone(),
                due_before: notice.due_before,
                due_after: notice.due_after,
                reason: notice.reason,
                created_at: notice.created_at,
            })
        })
        .collect())
}

/// The same as deciding `deadline.read` one by one.
fn scope(actor: &Actor) -> DeadlineScope {
    let over = [Duty::SiteManager, Duty::Supervisor, Duty::Observer];
    DeadlineScope { units: own_units(actor), below: below(actor, &over) }
}

/// Where the actor handles deadlines.
fn own_scope(actor: &Actor) -> DeadlineScope {
    DeadlineScope { units: own_units(actor), below: below(actor, &[Duty::SiteManager]) }
}

fn below(actor: &Actor, duties: &[Duty]) -> Scope {
    let held = actor.duties.iter().filter(|held| held.on_behalf_of.is_none() && duties.contains(&held.duty));
    match separated(actor) {
        true => Scope::below(Vec::<String>::new()),
        false => Scope::below(held.map(|held| held.unit_path.clone())),
    }
}

fn own_units(actor: &Actor) -> Vec<UnitId> {
    let reviewing = [Duty::Reviewer1, Duty::Reviewer2, Duty::Reviewer3, Duty::Reviewer4];
    let counts = |duty: Duty, own: bool| reviewing.contains(&duty) || (own && duty == Duty::Editor);
    let held = actor.duties.iter().filter(|held| counts(held.duty, held.on_behalf_of.is_none()));
    if separated(actor) { Vec::new() } else { held.map(|held| held.unit).collect() }
}

/// Administrators never take part in what offices do.
fn separated(actor: &Actor) -> bool {
    actor.duties.iter().any(|held| held.on_behalf_of.is_none() && held.duty.is_administrator())
}

async fn rows(app: &App, actor: &Actor, stored: Vec<StoredDeadline>) -> AppResult<Vec<DeadlineRow>> {
    let read = app.store.read();
    let mut ids: Vec<UnitId> = stored.iter().map(|deadline| deadline.unit).collect();
    ids.sort_unstable();
    ids.dedup();
    let units: HashMap<UnitId, Unit> =
        store::unit::by_ids(&read, &ids).await?.into_iter().map(|unit| (unit.id, unit)).collect();
    let people: HashMap<PersonId, String> =
        names::people(app, stored.iter().filter_map(|deadline| deadline.owner)).await?;
    let calendars = Calendars::load(&read).await?;
    let mut rows: Vec<DeadlineRow> = stored
        .into_iter()
        .map(|deadline| {
            let unit = units.get(&deadline.unit);
            let calendar = calendar_for(&calendars, unit.map(|unit| &unit.division), &deadline.terms);
            let (light, words) = light(&deadline, &calendar, app.now());
            DeadlineRow {
                id: deadline.id,
                name: deadline.terms.name.clone(),
                unit_name: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
                owner_name: deadline.owner.and_then(|person| people.get(&person).cloned()),
                mine: deadline.owner.is_none_or(|person| person == actor.person),
                due_at: deadline.due_at,
                title: deadline.title,
                path: deadline.path,
                rule: deadline.rule,
                light,
                words,
            }
        })
        .collect();
    // Stable, so that within a light the first due stays first.
    rows.sort_by_key(|row| row.light);
    Ok(rows)
}

/// The light and the words at `now`.
pub(super) fn light(deadline: &StoredDeadline, calendar: &WorkCalendar, now: Timestamp) -> (Light, String) {
    if deadline.state != DeadlineProgress::Running {
        let late = deadline.due_at.zip(deadline.finished_at).is_some_and(|(due, done)| done > due);
        let words = deadline.state.chinese();
        let late = late && deadline.state == DeadlineProgress::Met;
        return (Light::Over, if late { format!("{words}，办结时已超期") } else { words.to_owned() });
    }
    let sum = match compute(&deadline.terms, &deadline.case, calendar) {
        Ok(sum) => sum,
        Err(error) => return (Light::Unknown, format!("到期日暂不能推算：{error}")),
    };
    let state = sum.state(civil(now), calendar);
    let light = match &state {
        DeadlineState::Running { .. } => Light::Running,
        DeadlineState::Paused { .. } => Light::Paused,
        DeadlineState::Yellow { .. } => Light::Yellow,
        DeadlineState::Overdue { .. } => Light::Overdue,
    };
    (light, sum.state_in_chinese(&state))
}
