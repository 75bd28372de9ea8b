//! 修改人员: name, telephone, home unit.

use domain::{actor::Actor, ids::PersonId, person::Person};
use policy::{Action, Target};

use super::{AccountChange, for_audit, input, visible_and};
use crate::{App, AppError, AppResult, authorise, record, unit::hold_in_use};

/// Changes a person's data; the one who changes must administer both the old and the new home unit.
pub async fn change(app: &App, actor: &Actor, id: PersonId, mut change: AccountChange) -> AppResult<()> {
    let (before, _) = visible_and(app, actor, id, Action::PersonChange).await?;
    let problems = input::check_contact(&mut change.name, &mut change.phone);
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    let (before, after) = (
        &before,
        &Person {
            name: change.name,
            phone: change.phone,
            home_unit: change.home_unit,
            lock_version: change.lock_version,
            ..before.clone()
        },
    );
    app.store
        .write(|tx| async move {
            if after.home_unit != before.home_unit {
                let unit = hold_in_use(&tx, "home_unit", after.home_unit).await?;
                authorise::require(app, actor, Action::PersonCreate, &Target::Unit { path: &unit.path })?;
            }
            store::person::update(&tx, after).await?;
            record::event("person.change", id, after.name.clone())
                .unit(after.home_unit)
                .before(for_audit(before))
                .after(for_audit(after))
                .write(&tx, Some(actor))
                .await
        })
        .await
}
