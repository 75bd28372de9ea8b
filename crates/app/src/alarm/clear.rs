//! 处理告警: takes an alarm down.

use domain::{actor::Actor, ids::AlarmId};
use policy::{Action, Target};

use crate::{App, AppError, AppResult, authorise, record};

/// Takes an alarm down by hand: whoever runs the unit's sites, or the system administrator for the platform's own.
pub async fn clear(app: &App, actor: &Actor, id: AlarmId) -> AppResult<()> {
    let read = app.store.read();
    let not_found = || AppError::NotFound("告警".to_owned());
    let alarm = &store::alarm::by_id(&read, id).await?.ok_or_else(not_found)?;
    match alarm.unit {
        None => authorise::visible(app, actor, Action::JobView, &Target::Platform, "告警")?,
        Some(unit) => {
            let path = store::person::unit_of(&read, unit).await?.ok_or_else(not_found)?.path;
            let target = Target::Site { sponsor_path: &path };
            authorise::visible(app, actor, Action::SiteRead, &target, "告警")?;
            authorise::require(app, actor, Action::SiteChange, &target)?;
        }
    }
    app.store
        .write(|tx| async move {
            if !store::alarm::clear(&tx, &alarm.dedupe_key).await? {
                return Err(AppError::Conflict("该告警已经处理。".into()));
            }
            let mut event = record::event("alarm.clear", id, alarm.message.clone()).before(alarm);
            if let Some(unit) = alarm.unit {
                event = event.unit(unit);
            }
            event.write(&tx, Some(actor)).await
        })
        .await
}

/// Takes an alarm down because its cause is gone, in the caller's transaction.
pub async fn clear_occasion(tx: &store::Tx, dedupe_key: &str) -> AppResult<bool> {
    Ok(store::alarm::clear(tx, dedupe_key).await?)
}
