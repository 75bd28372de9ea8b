//! 录入节假日安排: the first of two people.

use domain::{actor::Actor, ids::ArrangementId};
use policy::{Action, Target};
use store::holiday_arrangement::{Entered, EnteredArrangement, EnteredState};

use super::{
    preview::{ArrangementInput, as_field_problems, read},
    work_calendar::Calendars,
};
use crate::{App, AppError, AppResult, authorise, record};

/// Enters the arrangement of a year; it holds when another person has confirmed it.
///
/// # Errors
/// [`AppError::Invalid`] with every problem of the text, [`AppError::Conflict`] while another entry of the year waits.
pub async fn upload(app: &App, actor: &Actor, input: &ArrangementInput) -> AppResult<ArrangementId> {
    authorise::require(app, actor, Action::CalendarUpload, &Target::Platform)?;
    let source = input.source.trim();
    if source.is_empty() || source.chars().count() > 500 {
        return Err(AppError::invalid("source", "请填写通知的文号或网址，复核的人要据此核对原文。"));
    }
    app.store
        .write(|tx| async move {
            let calendars = Calendars::load(&tx).await?;
            let preview = read(input, calendars.years())?;
            let Some(arrangement) = preview.arrangement.clone().filter(|_| preview.sound) else {
                return Err(AppError::Invalid(as_field_problems(&preview)));
            };
            let year = arrangement.year;
            let entry = EnteredArrangement {
                id: tx.ids().fresh(),
                entered: Entered::Year(arrangement),
                source: source.to_owned(),
                original: input.text.clone(),
                state: EnteredState::Proposed,
                proposed_by: actor.person,
                proposed_at: tx.now(),
                decided_by: None,
                decided_at: None,
                remark: None,
            };
            store::holiday_arrangement::insert(&tx, &entry).await.map_err(|error| waits_already(error, year))?;
            record::event("calendar.upload", entry.id, format!("{year}年节假日安排"))
                .after(&entry)
                .write(&tx, Some(actor))
                .await?;
            Ok(entry.id)
        })
        .await
}

fn waits_already(error: store::StoreError, year: i16) -> AppError {
    match error {
        store::StoreError::Duplicate { .. } => {
            AppError::Conflict(format!("{year}年已有一份安排等待复核。请先复核它；有误的，复核时退回后再重新录入。"))
        }
        other => other.into(),
    }
}
