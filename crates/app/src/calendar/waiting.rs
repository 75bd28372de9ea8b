//! Entries with their two people, as pages and the work desk show them.

use domain::actor::Actor;
use policy::{Action, Target};
use serde::Serialize;
use store::holiday_arrangement::{Entered, EnteredArrangement, EnteredState};

use super::{
    confirm::name_of,
    preview::{DayRow, day_rows},
};
use crate::{App, AppError, AppResult, names, rule};

/// An entry as people read it.
#[derive(Debug, Clone, Serialize)]
pub struct EntryView {
    /// Key.
    pub id: domain::ids::ArrangementId,
    /// 2027年节假日安排, 2027-07-18 那达慕.
    pub name: String,
    /// The year it is about.
    pub year: i16,
    /// Name of the division of a local day.
    pub division_name: Option<String>,
    /// A local day: 放假 or 上班, and whether it counts for deadlines set by law.
    pub effect: Option<String>,
    /// Every day of a yearly arrangement.
    pub days: Vec<DayRow>,
    /// Address or 文号.
    pub source: String,
    /// The text as it was entered.
    pub original: String,
    /// Stable word of the state.
    pub state: &'static str,
    /// The state in words.
    pub state_words: &'static str,
    /// Who entered it.
    pub proposed_by_name: String,
    /// When.
    pub proposed_at: jiff::Timestamp,
    /// Who confirmed or refused it.
    pub decided_by_name: Option<String>,
    /// When.
    pub decided_at: Option<jiff::Timestamp>,
    /// What was said.
    pub remark: Option<String>,
    /// The actor may be the second person.
    pub may_decide: bool,
    /// It waits, but the actor entered it.
    pub own: bool,
}

/// What the actor may confirm or refuse, the oldest first; for the work desk.
pub async fn waiting(app: &App, actor: &Actor) -> AppResult<Vec<EntryView>> {
    let proposed = store::holiday_arrangement::proposed(&app.store.read()).await?;
    if proposed.is_empty() {
        return Ok(Vec::new());
    }
    let mut waiting = views(app, actor, proposed).await?;
    waiting.retain(|view| view.may_decide);
    Ok(waiting)
}

/// Entries that the actor may know of: every year, and the local days of the own places.
pub(super) async fn views(app: &App, actor: &Actor, entries: Vec<EnteredArrangement>) -> AppResult<Vec<EntryView>> {
    let people = entries.iter().flat_map(|one| [Some(one.proposed_by), one.decided_by]).flatten().collect::<Vec<_>>();
    let names = names::people(app, people).await?;
    let places = rule::places(app, actor).await?;
    let mut views = Vec::new();
    for entry in entries {
        let (mut division_name, mut effect, mut days) = (None, None, Vec::new());
        let decides = match &entry.entered {
            Entered::Year(arrangement) => {
                days = day_rows(arrangement);
                app.policy.decide(actor, Action::CalendarConfirm, &Target::Platform).allowed
            }
            Entered::Local(division, day) => {
                let Some(place) = places.iter().find(|place| place.code == *division) else { continue };
                division_name = Some(place.name.clone());
                let word = if day.effect == domain::calendar::LocalDayEffect::Off { "放假" } else { "上班" };
                let reach = if day.counts_for_statutory_deadlines {
                    "也用于法定时限"
                } else {
                    "只用于本地自定时限"
                };
                effect = Some(format!("{word}，{reach}"));
                match rule::office_of(&app.store.read(), division).await {
                    Ok(office) => {
                        let target = Target::Unit { path: &office.path };
                        app.policy.decide(actor, Action::LocalDayConfirm, &target).allowed
                    }
                    Err(AppError::Conflict(_)) => false,
                    Err(error) => return Err(error),
                }
            }
        };
        let (proposed, mine) = (entry.state == EnteredState::Proposed, entry.proposed_by == actor.person);
        views.push(EntryView {
            id: entry.id,
            name: name_of(&entry.entered),
            year: entry.entered.year(),
            division_name,
            effect,
            days,
            source: entry.source,
            original: entry.original,
            state: entry.state.as_str(),
            state_words: entry.state.chinese(),
            proposed_by_name: names.get(&entry.proposed_by).cloned().unwrap_or_default(),
            proposed_at: entry.proposed_at,
            decided_by_name: entry.decided_by.and_then(|person| names.get(&person).cloned()),
            decided_at: entry.decided_at,
            remark: entry.remark,
            may_decide: proposed && decides && !mine,
            own: proposed && mine,
        });
    }
    Ok(views)
}
