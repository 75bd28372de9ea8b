//! 起算: something was received, and the clock runs.

use domain::{
    deadline::{DeadlineCase, DeadlineTerms},
    ids::{DeadlineId, PersonId, UnitId},
    time::beijing_date,
};
use jiff::Timestamp;
use store::deadline::{DeadlineProgress, StoredDeadline};

use super::sum::{calendar_for, civil, reckon};
use crate::{App, AppError, AppResult, calendar::Calendars, rule};

/// What begins.
#[derive(Debug, Clone)]
pub struct NewDeadline {
    /// The deadline rule, e.g. `disclosure.reply`.
    pub rule: String,
    /// Noun of the thing to be done, e.g. `letter`.
    pub subject_kind: String,
    /// Its key.
    pub subject_id: String,
    /// Its name.
    pub title: String,
    /// Its page in the console, beginning with `/console/`.
    pub path: String,
    /// Whose it is.
    pub unit: UnitId,
    /// Who does it, if that is known.
    pub owner: Option<PersonId>,
    /// When the event happened that it runs from.
    pub received: Timestamp,
}

/// Starts a deadline in the caller's transaction; the caller's own audit event tells why. Its terms are those that
/// hold at the unit's place on the day of receipt, and stay so.
///
/// # Errors
/// [`AppError::Invalid`] when no such deadline rule holds there on that day, [`AppError::NotFound`] for an unknown unit.
pub async fn start(app: &App, tx: &store::Tx, new: &NewDeadline) -> AppResult<DeadlineId> {
    let unit = store::unit::hold(tx, new.unit).await?.ok_or_else(|| AppError::NotFound("单位".to_owned()))?;
    let rules = rule::in_force(app, tx, Some(&unit.division), beijing_date(new.received)).await?;
    let terms = DeadlineTerms::for_rule(&rules.rules(), &new.rule)
        .map_err(|error| AppError::invalid("rule", format!("{error}。")))?;
    let case = DeadlineCase::received(civil(new.received));
    let calendars = Calendars::load(tx).await?;
    let reckoned = reckon(&terms, &case, &calendar_for(&calendars, Some(&unit.division), &terms))?;
    let deadline = StoredDeadline {
        id: tx.ids().fresh(),
        rule: new.rule.clone(),
        subject_kind: new.subject_kind.clone(),
        subject_id: new.subject_id.clone(),
        title: new.title.clone(),
        path: new.path.clone(),
        unit: new.unit,
        owner: new.owner,
        terms,
        case,
        due_at: reckoned.due_at,
        explanation: reckoned.explanation,
        state: DeadlineProgress::Running,
        started_at: tx.now(),
        finished_at: None,
        lock_version: 1,
    };
    store::deadline::insert(tx, &deadline, new.received).await?;
    Ok(deadline.id)
}
