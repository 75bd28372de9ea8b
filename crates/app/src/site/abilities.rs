//! What a person may do with a site, so that pages offer exactly that.

use domain::{actor::Actor, site::Site};
use policy::{Action, Target};
use serde::Serialize;

use crate::App;

/// One answer per verb; pages hide what is `false`, and the verb refuses it all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SiteAbilities {
    /// Change its record and marks.
    pub change: bool,
    /// Add, change, move and close columns.
    pub columns: bool,
    /// Place resources in its columns.
    pub place: bool,
    /// Take placements off.
    pub remove: bool,
    /// Set the hour of placements.
    pub schedule: bool,
    /// Put an earlier release back.
    pub rollback: bool,
    /// Render everything anew.
    pub rebuild: bool,
    /// Configure its review chain.
    pub chain: bool,
}

/// What `actor` may do with `site`.
pub fn abilities(app: &App, actor: &Actor, site: &Site) -> SiteAbilities {
    let target = Target::Site { sponsor_path: &site.sponsor_path };
    let may = |action| app.policy.decide(actor, action, &target).allowed;
    let unit = Target::Unit { path: &site.sponsor_path };
    SiteAbilities {
        change: may(Action::SiteChange),
        columns: may(Action::ColumnChange),
        place: may(Action::PlacementPlace),
        remove: may(Action::PlacementRemove),
        schedule: may(Action::PlacementSchedule),
        rollback: may(Action::ReleaseRollback),
        rebuild: may(Action::ReleaseRebuild),
        chain: app.policy.decide(actor, Action::ChainConfigure, &unit).allowed,
    }
}
