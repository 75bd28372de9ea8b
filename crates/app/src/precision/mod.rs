//! 机审准确率: how often each rule was right, month by month, for the offices that oversee and for one's own.

use std::collections::BTreeMap;

use domain::{actor::Actor, finding_outcome::Tally, ids::UnitId, time::beijing_date};
use jiff::ToSpan;
use policy::{Action, Target};
use serde::Serialize;
use store::{Scope, UnitScope};

use crate::{
    App, AppError, AppResult, authorise,
    office_scope::{office_scope, own_units},
};

/// Months shown, this one included.
const MONTHS: i32 = 12;

/// The figures.
#[derive(Debug, Clone, Serialize)]
pub struct Precision {
    /// The months, the earliest first: `2026-11`.
    pub months: Vec<String>,
    /// One row per rule, the least precise first.
    pub rules: Vec<RulePrecision>,
    /// All rules together.
    pub total: MonthFigures,
    /// Units that can be chosen.
    pub units: Vec<(UnitId, String)>,
}

/// One rule.
#[derive(Debug, Clone, Serialize)]
pub struct RulePrecision {
    /// The rule.
    pub rule: String,
    /// What it looks for.
    pub name: String,
    /// The whole time.
    pub total: MonthFigures,
    /// Month by month; blank months are there with noughts.
    pub months: Vec<MonthFigures>,
}

/// Figures of one month, or of the whole time.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MonthFigures {
    /// `2026-11`; blank for the whole time.
    pub month: String,
    /// Counts.
    #[serde(flatten)]
    pub tally: Tally,
    /// Nobody decided yet.
    pub undecided: u64,
    /// Tenths of a percent.
    pub precision: Option<u64>,
}

impl MonthFigures {
    fn of(month: &str, tally: Tally) -> Self {
        Self { month: month.to_owned(), undecided: tally.undecided(), precision: tally.precision(), tally }
    }
}

/// The figures of the last twelve months of what the actor oversees or works for; of one unit and those below it when
/// `unit` is given. Rules sort by precision, the worst first; rules about which nobody decided yet come last.
///
/// # Errors
/// [`AppError::Forbidden`] for people who neither work on texts nor oversee, [`AppError::NotFound`] for other units.
pub async fn precision(app: &App, actor: &Actor, unit: Option<UnitId>) -> AppResult<Precision> {
    let read = app.store.read();
    let home = Target::Unit { path: &actor.home_unit_path };
    let anywhere = actor
        .duties
        .iter()
        .any(|held| app.policy.decide(actor, Action::PrecisionRead, &Target::Unit { path: &held.unit_path }).allowed);
    if !anywhere {
        authorise::require(app, actor, Action::PrecisionRead, &home)?;
    }
    let scope = match unit {
        None => office_scope(actor),
        Some(id) => {
            let missing = || AppError::NotFound("单位".to_owned());
            let unit = store::unit::by_id(&read, id).await?.ok_or_else(missing)?;
            let target = Target::Unit { path: &unit.path };
            authorise::visible(app, actor, Action::PrecisionRead, &target, "单位")?;
            // Who oversees sees what lies below; an office sees its own alone.
            let overseen = crate::office_scope::overseen(actor).iter().any(|path| unit.path.starts_with(path));
            let below = if overseen { vec![unit.path] } else { Vec::new() };
            UnitScope { units: vec![id], below: Scope::below(below) }
        }
    };
    let months = months(app);
    let first = months.first().map_or("", String::as_str);
    let mut tallies: BTreeMap<(String, String), BTreeMap<String, Tally>> = BTreeMap::new();
    for count in store::finding_outcome::counts(&read, &scope, first).await? {
        let rule = tallies.entry((count.rule, count.check)).or_default();
        rule.entry(count.month).or_default().count(count.outcome, count.number);
    }
    for (rule, month) in store::finding_outcome::appeals(&read, &scope, first).await? {
        let known = tallies.keys().find(|(known, _)| *known == rule).cloned();
        let key = known.unwrap_or_else(|| (rule, String::new()));
        tallies.entry(key).or_default().entry(month).or_default().appeals += 1;
    }
    let names: BTreeMap<&str, &str> = app.screen.checks().map(|check| (check.id(), check.name())).collect();
    let mut all = Tally::default();
    let mut rules: Vec<RulePrecision> = tallies
        .into_iter()
        .map(|((rule, check), by_month)| {
            let mut total = Tally::default();
            by_month.values().for_each(|tally| total.add(tally));
            all.add(&total);
            RulePrecision {
                name: names.get(check.as_str()).map_or_else(|| check.clone(), |name| (*name).to_owned()),
                rule,
                total: MonthFigures::of("", total),
                months: months
                    .iter()
                    .map(|month| MonthFigures::of(month, by_month.get(month).copied().unwrap_or_default()))
                    .collect(),
            }
        })
        .collect();
    rules.sort_by_key(|one| (one.total.precision.unwrap_or(u64::MAX), std::cmp::Reverse(one.total.tally.hits)));
    Ok(Precision { rules, total: MonthFigures::of("", all), months, units: choices(app, actor).await? })
}

fn months(app: &App) -> Vec<String> {
    let today = beijing_date(app.now());
    let first = today.first_of_month();
    (0..MONTHS)
        .rev()
        .map(|back| {
            let day = first.checked_sub(back.months()).unwrap_or(first);
            format!("{:04}-{:02}", day.year(), day.month())
        })
        .collect()
}

/// The own offices, the units where the actor oversees, and those right below them.
async fn choices(app: &App, actor: &Actor) -> AppResult<Vec<(UnitId, String)>> {
    let read = app.store.read();
    let held = actor.duties.iter().filter(|held| held.on_behalf_of.is_none()).map(|held| held.unit);
    let mut ids: Vec<UnitId> = held.chain(own_units(actor)).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut units: Vec<(UnitId, String)> = Vec::new();
    for unit in store::unit::by_ids(&read, &ids).await? {
        let oversees = crate::office_scope::overseen(actor).contains(&unit.path);
        units.push((unit.id, unit.name));
        if oversees {
            units.extend(store::unit::children(&read, unit.id).await?.into_iter().map(|unit| (unit.id, unit.name)));
        }
    }
    let mut once = std::collections::HashSet::new();
    units.retain(|(id, _)| once.insert(*id));
    Ok(units)
}
