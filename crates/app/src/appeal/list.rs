//! 异议一览: everything for the office that answers, one's own for everybody else.

use domain::{
    actor::Actor,
    appeal::{Appeal, AppealParty, AppealState},
    ids::AppealId,
};
use jiff::Timestamp;
use serde::Serialize;

use super::answers;
use crate::{App, AppResult, names};

/// More than this is no list that people read.
const MOST: u64 = 2_000;

/// An appeal as lists show it.
#[derive(Debug, Clone, Serialize)]
pub struct AppealRow {
    /// The appeal.
    #[serde(flatten)]
    pub appeal: Appeal,
    /// The state in words.
    pub state_words: &'static str,
    /// Who filed it.
    pub filed_by_name: String,
    /// How many people appealed.
    pub parties: usize,
    /// Who decided.
    pub decided_by_name: Option<String>,
    /// The last moment of the answer.
    pub due_at: Option<Timestamp>,
    /// Open and past it.
    pub overdue: bool,
    /// The actor is one of the parties.
    pub own: bool,
}

/// Appeals, the newest first.
pub async fn list(app: &App, actor: &Actor, state: Option<AppealState>) -> AppResult<Vec<AppealRow>> {
    let joined_by = (!answers(app, actor)).then_some(actor.person);
    let found = store::appeal::list(&app.store.read(), state, joined_by, MOST).await?;
    rows(app, actor, found).await
}

/// Open appeals that the actor may answer, the oldest first; for the work desk.
pub async fn waiting(app: &App, actor: &Actor) -> AppResult<Vec<AppealRow>> {
    if !answers(app, actor) {
        return Ok(Vec::new());
    }
    let mut waiting = list(app, actor, Some(AppealState::Open)).await?;
    waiting.retain(|row| !row.own);
    waiting.reverse();
    Ok(waiting)
}

pub(super) async fn rows(app: &App, actor: &Actor, found: Vec<Appeal>) -> AppResult<Vec<AppealRow>> {
    let read = app.store.read();
    let ids: Vec<AppealId> = found.iter().map(|one| one.id).collect();
    let parties: Vec<AppealParty> = match ids.is_empty() {
        true => Vec::new(),
        false => store::appeal::parties(&read, &ids).await?,
    };
    let people = parties.iter().map(|party| party.person).chain(found.iter().filter_map(|one| one.decided_by));
    let names = names::people(app, people.collect::<Vec<_>>()).await?;
    let now = app.now();
    let mut rows = Vec::with_capacity(found.len());
    for appeal in found {
        let due_at = match appeal.deadline {
            Some(clock) => store::deadline::by_id(&read, clock).await?.and_then(|clock| clock.due_at),
            None => None,
        };
        let mine: Vec<&AppealParty> = parties.iter().filter(|party| party.appeal == appeal.id).collect();
        rows.push(AppealRow {
            state_words: appeal.state.chinese(),
            filed_by_name: mine.first().and_then(|party| names.get(&party.person).cloned()).unwrap_or_default(),
            parties: mine.len(),
            decided_by_name: appeal.decided_by.and_then(|person| names.get(&person).cloned()),
            overdue: appeal.state == AppealState::Open && due_at.is_some_and(|due| due < now),
            due_at,
            own: mine.iter().any(|party| party.person == actor.person),
            appeal,
        });
    }
    Ok(rows)
}

/// True when the actor filed or joined it.
pub(super) async fn is_party(read: &store::Read, actor: &Actor, id: AppealId) -> AppResult<bool> {
    Ok(store::appeal::parties(read, &[id]).await?.iter().any(|party| party.person == actor.person))
}
