//! 录入地方加减日: a division's own day off or working day, such as 那达慕.

use domain::{
    actor::Actor,
    calendar::{LocalDay, LocalDayEffect},
    identifier::DivisionCode,
    ids::ArrangementId,
    problem::FieldProblem,
};
use policy::{Action, Target};
use serde::{Deserialize, Serialize};
use store::holiday_arrangement::{Entered, EnteredArrangement, EnteredState};

use crate::{App, AppError, AppResult, authorise, record, rule};

/// The form, as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct NewLocalDay {
    /// Six digits of the region or league.
    pub division: String,
    /// The day.
    pub date: String,
    /// Its name.
    pub name: String,
    /// `off` or `work`.
    pub effect: String,
    /// The document that sets it.
    pub source: String,
    /// The competent office has confirmed that it counts for deadlines set by law.
    #[serde(default)]
    pub statutory: bool,
}

/// Enters a local day; it holds when another person has confirmed it.
///
/// # Errors
/// [`AppError::NotFound`] for other people's divisions, [`AppError::Forbidden`] for everybody but the supervisors of
/// the division's own office, [`AppError::Invalid`], [`AppError::Conflict`] while another entry of the day waits.
pub async fn propose_local_day(app: &App, actor: &Actor, new: &NewLocalDay) -> AppResult<ArrangementId> {
    let places = rule::places(app, actor).await?;
    let place = places.iter().find(|place| place.code.as_str() == new.division.trim());
    let division = place.map(|place| place.code.clone()).ok_or_else(|| AppError::NotFound("该地区".to_owned()))?;
    let office = rule::office_of(&app.store.read(), &division).await?;
    authorise::require(app, actor, Action::LocalDayPropose, &Target::Unit { path: &office.path })?;
    let entered = &check(new, division)?;
    let office = office.id;
    app.store
        .write(|tx| async move {
            let Entered::Local(_, day) = entered else { return Err(AppError::internal("a local day is no year")) };
            let entry = EnteredArrangement {
                id: tx.ids().fresh(),
                entered: entered.clone(),
                source: day.source.clone(),
                original: String::new(),
                state: EnteredState::Proposed,
                proposed_by: actor.person,
                proposed_at: tx.now(),
                decided_by: None,
                decided_at: None,
                remark: None,
            };
            store::holiday_arrangement::insert(&tx, &entry).await.map_err(|error| match error {
                store::StoreError::Duplicate { .. } => {
                    AppError::Conflict("这一天已有一项录入等待复核，请先复核。".to_owned())
                }
                other => other.into(),
            })?;
            record::event("local_day.propose", entry.id, format!("{} {}", day.date, day.name))
                .unit(office)
                .after(&entry)
                .write(&tx, Some(actor))
                .await?;
            Ok(entry.id)
        })
        .await
}

fn check(new: &NewLocalDay, division: DivisionCode) -> AppResult<Entered> {
    let mut problems = Vec::new();
    let date = new.date.trim().parse::<jiff::civil::Date>();
    if date.as_ref().map_or(true, |date| !(2007..=2100).contains(&date.year())) {
        problems.push(FieldProblem::new("date", "请填写日期，例如 2027-07-18。"));
    }
    let effect = match new.effect.trim() {
        "off" => Some(LocalDayEffect::Off),
        "work" => Some(LocalDayEffect::Work),
        _ => None,
    };
    if effect.is_none() {
        problems.push(FieldProblem::new("effect", "请选择放假还是上班。"));
    }
    let (name, source) = (new.name.trim(), new.source.trim());
    if name.is_empty() || name.chars().count() > 50 {
        problems.push(FieldProblem::new("name", "请填写名称（50 字以内），例如：那达慕。"));
    }
    if source.is_empty() || source.chars().count() > 500 {
        problems.push(FieldProblem::new("source", "请填写依据的文件，复核的人要据此核对。"));
    }
    match (date, effect) {
        (Ok(date), Some(effect)) if problems.is_empty() => Ok(Entered::Local(
            division,
            LocalDay {
                date,
                name: name.to_owned(),
                effect,
                source: source.to_owned(),
                counts_for_statutory_deadlines: new.statutory,
            },
        )),
        _ => Err(AppError::Invalid(problems)),
    }
}
