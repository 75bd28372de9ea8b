//! One rule: all its versions, what holds on a day, and everything that was ever changed.

use domain::{
    actor::Actor,
    division::DivisionLevel,
    rule::{RuleBook, RuleId},
    setting::Settings,
    time::beijing_date,
};
use jiff::civil::Date;
use policy::{Action, Target};
use serde::Serialize;

use super::{
    amendments::{AmendmentView, views},
    place::{Place, chosen, office_of, places},
    row::{RowFacts, RuleRow},
};
use crate::{App, AppError, AppResult, names};

/// A rule as its page shows it.
#[derive(Debug, Clone, Serialize)]
pub struct RuleShow {
    /// Stable name.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Whose values these are.
    pub place: Place,
    /// Whose values may be looked at.
    pub places: Vec<Place>,
    /// The day asked about.
    pub date: Date,
    /// The rule on that day; `None` when it did not hold yet or no longer.
    pub on_day: Option<RuleRow>,
    /// Every version, the newest first.
    pub versions: Vec<RuleVersion>,
    /// Every amendment of the places that may be looked at, the newest first.
    pub amendments: Vec<AmendmentView>,
    /// The actor may propose another value for the place.
    pub may_amend: bool,
}

/// One version of a rule.
#[derive(Debug, Clone, Serialize)]
pub struct RuleVersion {
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Option<Date>,
    /// 文号 and clause.
    pub citation: String,
    /// Title of its pack.
    pub pack: String,
    /// Version of its pack.
    pub pack_version: String,
    /// The mark in words.
    pub mark_words: &'static str,
    /// 天数 14天；…
    pub values: Vec<String>,
    /// Holds on the day asked about.
    pub current: bool,
}

/// The rule with this id at a place (the own one when `None`) on a day (today when `None`).
///
/// # Errors
/// [`AppError::NotFound`] for unknown rules and for places that are none of the actor's business.
pub async fn show(
    app: &App,
    actor: &Actor,
    id: &str,
    division: Option<&str>,
    date: Option<Date>,
) -> AppResult<RuleShow> {
    let places = places(app, actor).await?;
    let place = chosen(&places, division)?.clone();
    let newest = app.rules.versions(id).first().ok_or_else(|| AppError::NotFound("规则".to_owned()))?;
    let rule_id = RuleId::parse(id).map_err(|_| AppError::NotFound("规则".to_owned()))?;
    let date = date.unwrap_or_else(|| beijing_date(app.now()));
    let read = app.store.read();
    let all = store::rule_amendment::of_rule(&read, &rule_id).await?;
    let set = store::setting::all(&read).await?;
    let people = all.iter().map(|amendment| amendment.proposed_by);
    let people: Vec<_> = people.chain(set.iter().filter_map(|setting| setting.changed_by)).collect();
    let names = names::people(app, people).await?;
    let settings = Settings::from_stored(set.iter().map(|setting| (setting.key.clone(), setting.value)));
    let facts = RowFacts { amendments: &all, names: &names, settings: &settings, set: &set };
    let on_day = app.rules.in_force(&all, Some(&place.code), date).rule(id).map(|held| facts.row(&held));
    let adjustable = on_day.as_ref().is_some_and(|row| row.parameters.iter().any(|parameter| parameter.adjustable));
    let may_amend = adjustable && place.code.level() != DivisionLevel::Banner && may_amend(app, actor, &place).await?;
    Ok(RuleShow {
        id: id.to_owned(),
        name: on_day.as_ref().map_or_else(|| newest.name.clone(), |row| row.name.clone()),
        versions: versions(&app.rules, id, date),
        amendments: views(app, actor, &places, all).await?,
        may_amend,
        on_day,
        date,
        place,
        places,
    })
}

async fn may_amend(app: &App, actor: &Actor, place: &Place) -> AppResult<bool> {
    match office_of(&app.store.read(), &place.code).await {
        Ok(office) => Ok(app.policy.decide(actor, Action::RuleAmend, &Target::Unit { path: &office.path }).allowed),
        Err(AppError::Conflict(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

fn versions(book: &RuleBook, id: &str, date: Date) -> Vec<RuleVersion> {
    let title = |pack: &str| {
        let found = book.packs().iter().find(|one| one.id == pack);
        found.map_or_else(|| pack.to_owned(), |pack| pack.title.clone())
    };
    book.versions(id)
        .iter()
        .map(|rule| RuleVersion {
            from: rule.from,
            until: rule.until,
            citation: rule.citation(),
            pack: title(&rule.pack),
            pack_version: rule.pack_version.clone(),
            mark_words: rule.mark.chinese(),
            values: rule
                .parameters
                .iter()
                .map(|parameter| format!("{} {}{}", parameter.name, parameter.value, parameter.unit))
                .collect(),
            current: rule.holds_on(date),
        })
        .collect()
}
