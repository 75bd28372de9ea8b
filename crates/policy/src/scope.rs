//! The resources a person may read, as a scope that SQL lists can apply.

use domain::{actor::Actor, ids::UnitId};

use crate::entities::{counts, is_publishing};

/// Which resources an actor may read: the union of the three parts. Always equal to deciding
/// [`Action::ResourceRead`](crate::Action::ResourceRead) one by one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadScope {
    /// Everything of units whose path starts with one of these (duties that reach downwards).
    pub paths: Vec<String>,
    /// Everything of exactly these units (editors and reviewers).
    pub exact_units: Vec<UnitId>,
    /// Also every admitted open resource of any unit (统一信息资源库).
    pub library: bool,
}

impl ReadScope {
    /// True when a resource of `unit` at `unit_path` lies in the scope. `shared` = admitted and open.
    pub fn admits(&self, unit: UnitId, unit_path: &str, shared: bool) -> bool {
        (self.library && shared)
            || self.exact_units.contains(&unit)
            || self.paths.iter().any(|path| unit_path.starts_with(path.as_str()))
    }

    /// True when nothing can be read.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty() && self.exact_units.is_empty() && !self.library
    }
}

/// The scope of `actor`; empty for administrators, who never read what is being written.
pub fn readable_paths(actor: &Actor) -> ReadScope {
    use domain::duty::Duty::{Observer, SiteManager, Supervisor};
    let mut scope = ReadScope::default();
    for held in actor.duties.iter().filter(|held| counts(held)) {
        if held.duty.is_administrator() {
            return ReadScope::default();
        }
        if matches!(held.duty, SiteManager | Supervisor | Observer) {
            scope.paths.push(held.unit_path.clone());
        } else if is_publishing(held.duty) {
            scope.exact_units.push(held.unit);
        }
        scope.library = true;
    }
    scope.paths.sort_unstable();
    scope.paths.dedup();
    scope.exact_units.sort_unstable();
    scope.exact_units.dedup();
    scope
}
