//! 提醒: in November somebody must think of next year's calendar; without it deadlines cannot be computed.

use domain::time::beijing_date;
use jobs::{Attempt, Job, JobError};
use serde::{Deserialize, Serialize};
use store::{
    alarm::NewAlarm,
    holiday_arrangement::{Entered, EnteredArrangement, EnteredState},
};

use super::work_calendar::Calendars;
use crate::{App, AppResult, alarm};

/// From this month on; the notices have come between late October and December.
const FROM_MONTH: i8 = 11;

/// Raises an alarm while next year is unknown; run it every day.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RemindCalendar {}

impl Job for RemindCalendar {
    const NAME: &'static str = "calendar.remind";
    type Context = App;

    async fn run(self, app: App, _attempt: Attempt) -> Result<(), JobError> {
        remind(&app).await.map(|_| ()).map_err(JobError::retry)
    }
}

/// Raises what is missing: for the region's supervisors and for the system administrators. `true` when something was.
pub async fn remind(app: &App) -> AppResult<bool> {
    let today = beijing_date(app.now());
    let next = today.year() + 1;
    app.store
        .write(|tx| async move {
            let calendars = Calendars::load(&tx).await?;
            // Somebody may have missed the turn of the year; then this year itself is what is missing.
            let missing = [today.year(), next].into_iter().find(|year| calendars.years().arrangement(*year).is_none());
            let Some(year) = missing.filter(|year| *year < next || today.month() >= FROM_MONTH) else {
                return Ok(false);
            };
            let entries = store::holiday_arrangement::of_year(&tx, year).await?;
            let waits = |entry: &EnteredArrangement| {
                entry.state == EnteredState::Proposed && matches!(entry.entered, Entered::Year(_))
            };
            let message = if entries.iter().any(waits) {
                format!("{year}年节假日安排已录入，还没有复核。请由另一位人员在“工作日历”对照通知原文复核，复核后才能推算{year}年的时限。")
            } else {
                format!("{year}年节假日安排尚未录入。国务院办公厅通知公布后，请在“工作日历”录入，并由另一人复核；在此之前不能推算{year}年的时限。")
            };
            let root = store::unit::root(&tx).await?.map(|unit| unit.id);
            for (occasion, unit) in occasions(year).into_iter().zip([root, None]) {
                let new = NewAlarm {
                    kind: "calendar.missing".to_owned(),
                    dedupe_key: occasion,
                    unit,
                    subject_id: year.to_string(),
                    message: message.clone(),
                };
                alarm::raise(&tx, &new).await?;
            }
            Ok(true)
        })
        .await
}

/// The occasions of a missing year: the region's and the system administrators'.
pub(super) fn occasions(year: i16) -> [String; 2] {
    [format!("calendar.missing:{year}:region"), format!("calendar.missing:{year}:platform")]
}
