//! 调整记录: every amendment with who asked for it, why, and who decided.

use domain::{
    actor::Actor,
    rule::{Amendment, AmendmentState, Rule},
    time::beijing_date,
};
use policy::{Action, Target};
use serde::Serialize;

use super::place::{Place, office_of, places};
use crate::{App, AppError, AppResult, names};

/// An amendment as people read it.
#[derive(Debug, Clone, Serialize)]
pub struct AmendmentView {
    /// The amendment.
    #[serde(flatten)]
    pub amendment: Amendment,
    /// Name of the rule.
    pub rule_name: String,
    /// Name of the parameter.
    pub parameter_name: String,
    /// Its unit.
    pub unit: String,
    /// The wanted value in words.
    pub value_words: String,
    /// Name of the region or league.
    pub division_name: String,
    /// 待自治区审批, 未到生效日, 生效中, 已终止, 未批准, 已撤销.
    pub state_words: &'static str,
    /// Who asked for it.
    pub proposed_by_name: String,
    /// Who decided.
    pub decided_by_name: Option<String>,
    /// The actor may approve or refuse it.
    pub may_decide: bool,
    /// It waits for the region, but the actor asked for it: another person decides.
    pub own: bool,
    /// The actor may take it back.
    pub may_withdraw: bool,
    /// The actor may end it.
    pub may_end: bool,
}

/// All amendments of the places whose rules the actor may read, the newest first; `state` keeps those in one state.
///
/// # Errors
/// [`AppError::Forbidden`] for people without any duty.
pub async fn amendments(app: &App, actor: &Actor, state: Option<AmendmentState>) -> AppResult<Vec<AmendmentView>> {
    let places = places(app, actor).await?;
    let mut all = store::rule_amendment::all(&app.store.read()).await?;
    all.retain(|amendment| state.is_none_or(|state| amendment.state == state));
    views(app, actor, &places, all).await
}

/// Looser values that the actor may approve or refuse, the oldest first; for the work desk.
pub async fn waiting(app: &App, actor: &Actor) -> AppResult<Vec<AmendmentView>> {
    if !app.policy.decide(actor, Action::RuleDecide, &Target::Platform).allowed {
        return Ok(Vec::new());
    }
    let proposed = store::rule_amendment::proposed(&app.store.read()).await?;
    if proposed.is_empty() {
        return Ok(Vec::new());
    }
    let mut waiting = views(app, actor, &places(app, actor).await?, proposed).await?;
    waiting.retain(|view| view.may_decide);
    waiting.reverse();
    Ok(waiting)
}

/// Those of `all` that belong to one of `places`.
pub(super) async fn views(
    app: &App,
    actor: &Actor,
    places: &[Place],
    all: Vec<Amendment>,
) -> AppResult<Vec<AmendmentView>> {
    let people: Vec<_> = all.iter().flat_map(|one| [Some(one.proposed_by), one.decided_by]).flatten().collect();
    let names = names::people(app, people).await?;
    let acting = app.policy.acting(actor);
    let decides = acting.decide(Action::RuleDecide, &Target::Platform).allowed;
    let mut amends = Vec::new();
    for place in places {
        let office = match office_of(&app.store.read(), &place.code).await {
            Ok(office) => office,
            Err(AppError::Conflict(_)) => continue,
            Err(error) => return Err(error),
        };
        if acting.decide(Action::RuleAmend, &Target::Unit { path: &office.path }).allowed {
            amends.push(&place.code);
        }
    }
    let today = beijing_date(app.now());
    let mut views = Vec::new();
    for amendment in all {
        let Some(place) = places.iter().find(|place| place.code == amendment.division) else { continue };
        let (mine, changes) = (amendment.proposed_by == actor.person, amends.contains(&&amendment.division));
        let (proposed, over) =
            (amendment.state == AmendmentState::Proposed, amendment.until.is_some_and(|day| day < today));
        let rule = rule_of(app, &amendment);
        let parameter = rule.and_then(|rule| rule.parameter(&amendment.key));
        views.push(AmendmentView {
            rule_name: rule.map_or_else(|| amendment.rule.to_string(), |rule| rule.name.clone()),
            parameter_name: parameter.map_or_else(|| amendment.key.clone(), |parameter| parameter.name.clone()),
            unit: parameter.map_or_else(String::new, |parameter| parameter.unit.clone()),
            value_words: amendment.value.to_string(),
            division_name: place.name.clone(),
            state_words: state_words(&amendment, today),
            proposed_by_name: names.get(&amendment.proposed_by).cloned().unwrap_or_default(),
            decided_by_name: amendment.decided_by.and_then(|person| names.get(&person).cloned()),
            may_decide: proposed && decides && !mine,
            own: proposed && mine,
            may_withdraw: proposed && changes,
            may_end: amendment.state == AmendmentState::InForce && changes && !over && amendment.until.is_none(),
            amendment,
        });
    }
    Ok(views)
}

/// The version of the rule that the amendment began with, else the newest.
pub(super) fn rule_of<'a>(app: &'a App, amendment: &Amendment) -> Option<&'a Rule> {
    let id = amendment.rule.as_str();
    app.rules.rule(id, amendment.from).or_else(|| app.rules.versions(id).first())
}

fn state_words(amendment: &Amendment, today: jiff::civil::Date) -> &'static str {
    match amendment.state {
        AmendmentState::InForce if amendment.until.is_some_and(|until| until < amendment.from) => "未生效即终止",
        AmendmentState::InForce if amendment.until.is_some_and(|until| until < today) => "已终止",
        AmendmentState::InForce if today < amendment.from => "未到生效日",
        AmendmentState::InForce => "生效中",
        other => other.chinese(),
    }
}
