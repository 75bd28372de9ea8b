//! 机审例外一览: everything that is or was not told again, with who, why and until when.

use std::collections::HashMap;

use domain::{
    actor::Actor,
    ids::{ResourceId, UnitId},
    screening_exception::{ExceptionState, ScreeningException},
    time::beijing_date,
    unit::Unit,
};
use policy::{Action, Target};
use serde::Serialize;

use crate::{App, AppResult, names, office_scope::office_scope};

/// More than this is no list that people read.
const MOST: u64 = 2_000;

/// An exception as people read it.
#[derive(Debug, Clone, Serialize)]
pub struct ExceptionView {
    /// The exception.
    #[serde(flatten)]
    pub exception: ScreeningException,
    /// Whose it is.
    pub unit_name: String,
    /// 本稿, 本单位（这几个字）, 本单位（整条规则）.
    pub scope_words: &'static str,
    /// Title of the item.
    pub item_title: Option<String>,
    /// 待复核, 生效中, 已到期, 未通过, 已终止.
    pub state_words: &'static str,
    /// Who asked for it.
    pub proposed_by_name: String,
    /// Who confirmed or refused it.
    pub decided_by_name: Option<String>,
    /// Who ended it.
    pub ended_by_name: Option<String>,
    /// The actor may be the second person.
    pub may_decide: bool,
    /// It waits, but the actor asked for it.
    pub own: bool,
    /// The actor may end it.
    pub may_end: bool,
}

/// Exceptions of the actor's offices and of what they oversee, the newest first.
pub async fn list(app: &App, actor: &Actor, state: Option<ExceptionState>) -> AppResult<Vec<ExceptionView>> {
    let stored = store::screening_exception::list(&app.store.read(), &office_scope(actor), state, MOST).await?;
    views(app, actor, stored).await
}

/// Those that the actor may confirm or refuse, the oldest first; for the work desk.
pub async fn waiting(app: &App, actor: &Actor) -> AppResult<Vec<ExceptionView>> {
    let mut waiting = list(app, actor, Some(ExceptionState::Proposed)).await?;
    waiting.retain(|view| view.may_decide);
    waiting.reverse();
    Ok(waiting)
}

async fn views(app: &App, actor: &Actor, stored: Vec<ScreeningException>) -> AppResult<Vec<ExceptionView>> {
    if stored.is_empty() {
        return Ok(Vec::new());
    }
    let read = app.store.read();
    let mut ids: Vec<UnitId> = stored.iter().map(|one| one.unit).collect();
    ids.sort_unstable();
    ids.dedup();
    let units: HashMap<UnitId, Unit> =
        store::unit::by_ids(&read, &ids).await?.into_iter().map(|unit| (unit.id, unit)).collect();
    let people = stored.iter().flat_map(|one| [Some(one.proposed_by), one.decided_by, one.ended_by]).flatten();
    let names = names::people(app, people.collect::<Vec<_>>()).await?;
    let mut resources: Vec<ResourceId> = stored.iter().filter_map(|one| one.resource).collect();
    resources.sort_unstable();
    resources.dedup();
    let titles: HashMap<ResourceId, String> = crate::library::titles(app, actor, &resources)
        .await?
        .into_iter()
        .map(|one| (one.resource, one.title))
        .collect();
    let acting = app.policy.acting(actor);
    let today = beijing_date(app.now());
    let views = stored.into_iter().filter_map(|exception| {
        let unit = units.get(&exception.unit)?;
        let may = |action| acting.decide(action, &Target::Unit { path: &unit.path }).allowed;
        let proposed = exception.state == ExceptionState::Proposed;
        let over = exception.is_over(today);
        let mine = exception.proposed_by == actor.person;
        let name = |person| names.get(&person).cloned();
        Some(ExceptionView {
            unit_name: unit.name.clone(),
            scope_words: match (exception.resource.is_some(), exception.words.is_empty()) {
                (true, _) => "本稿（这几个字）",
                (false, false) => "本单位（这几个字）",
                (false, true) => "本单位（整条规则）",
            },
            item_title: exception.resource.map(|resource| titles.get(&resource).cloned().unwrap_or_default()),
            state_words: if over { "已到期" } else { exception.state.chinese() },
            proposed_by_name: name(exception.proposed_by).unwrap_or_default(),
            decided_by_name: exception.decided_by.and_then(name),
            ended_by_name: exception.ended_by.and_then(name),
            may_decide: proposed && !mine && may(Action::ExceptionConfirm),
            own: proposed && mine,
            may_end: (proposed || (exception.state == ExceptionState::InForce && !over)) && may(Action::ExceptionEnd),
            exception,
        })
    });
    Ok(views.collect())
}
