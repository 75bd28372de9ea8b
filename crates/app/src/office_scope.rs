//! Whose things a person sees when offices keep theirs to themselves and overseers look at everything below them.

use domain::{actor::Actor, duty::Duty, ids::UnitId};
use store::{Scope, UnitScope};

/// The own offices (as editor or reviewer) and what lies below the units where the person oversees. The same as asking
/// `exception.read` or `precision.read` unit by unit.
pub(crate) fn office_scope(actor: &Actor) -> UnitScope {
    if separated(actor) {
        return UnitScope { units: Vec::new(), below: Scope::below(Vec::<String>::new()) };
    }
    UnitScope { units: own_units(actor), below: Scope::below(overseen(actor)) }
}

/// Units where the person writes or reviews.
pub(crate) fn own_units(actor: &Actor) -> Vec<UnitId> {
    let reviewing = [Duty::Reviewer1, Duty::Reviewer2, Duty::Reviewer3, Duty::Reviewer4];
    let counts = |duty: Duty, own: bool| reviewing.contains(&duty) || (own && duty == Duty::Editor);
    let held = actor.duties.iter().filter(|held| counts(held.duty, held.on_behalf_of.is_none()));
    let mut units: Vec<UnitId> = held.map(|held| held.unit).collect();
    units.sort_unstable();
    units.dedup();
    units
}

/// Paths of the units below which the person oversees.
pub(crate) fn overseen(actor: &Actor) -> Vec<String> {
    let over = [Duty::SiteManager, Duty::Supervisor, Duty::Observer];
    let held = actor.duties.iter().filter(|held| held.on_behalf_of.is_none() && over.contains(&held.duty));
    held.map(|held| held.unit_path.clone()).collect()
}

/// Administrators never take part in what offices do.
pub(crate) fn separated(actor: &Actor) -> bool {
    actor.duties.iter().any(|held| held.on_behalf_of.is_none() && held.duty.is_administrator())
}
