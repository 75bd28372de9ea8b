//! What somebody must be told.

use domain::{actor::Actor, alarm::Alarm, duty::Duty};
use store::Scope;

use crate::{App, AppResult};

/// At most so many are shown; more than that is one problem, not many.
const MOST: u64 = 100;

/// Alarms of the units that the caller runs or oversees; those of the platform for system administrators.
pub async fn list_for(app: &App, actor: &Actor) -> AppResult<Vec<Alarm>> {
    let scope = Scope::below(actor.paths_of(&[Duty::SiteManager, Duty::Supervisor]));
    Ok(store::alarm::up(&app.store.read(), &scope, actor.holds(Duty::SystemAdmin), MOST).await?)
}
