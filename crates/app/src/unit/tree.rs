//! The whole tree, for people to walk through.

use std::collections::HashMap;

use domain::{
    actor::Actor,
    ids::UnitId,
    unit::{Unit, UnitStatus},
};
use policy::{Action, Target};
use serde::Serialize;

use crate::{App, AppResult, authorise};

/// A unit with the units below it.
#[derive(Debug, Clone, Serialize)]
pub struct UnitNode {
    /// The unit.
    pub unit: Unit,
    /// Units below: those of the same division first, then those of other divisions, each by code.
    pub children: Vec<UnitNode>,
    /// How many units lie anywhere below.
    pub below: usize,
}

/// The tree from its root; `with_ended` also shows units that are merged or out of use. `None` in an empty instance.
///
/// # Errors
/// [`crate::AppError::Forbidden`] for people without any duty.
pub async fn tree(app: &App, actor: &Actor, with_ended: bool) -> AppResult<Option<UnitNode>> {
    authorise::require(app, actor, Action::UnitRead, &Target::Unit { path: &actor.home_unit_path })?;
    let mut below: HashMap<Option<UnitId>, Vec<Unit>> = HashMap::new();
    for unit in store::unit::all(&app.store.read()).await? {
        if with_ended || unit.status == UnitStatus::Active {
            below.entry(unit.parent).or_default().push(unit);
        }
    }
    let root = below.remove(&None).and_then(|mut roots| if roots.is_empty() { None } else { Some(roots.remove(0)) });
    Ok(root.map(|root| grow(root, &mut below)))
}

fn grow(unit: Unit, below: &mut HashMap<Option<UnitId>, Vec<Unit>>) -> UnitNode {
    let mut units = below.remove(&Some(unit.id)).unwrap_or_default();
    units.sort_by(|a, b| order(&unit, a).cmp(&order(&unit, b)));
    let children: Vec<UnitNode> = units.into_iter().map(|child| grow(child, below)).collect();
    let count = children.iter().map(|child| child.below + 1).sum();
    UnitNode { unit, children, below: count }
}

/// Own departments first, then the offices of the divisions below by division code.
pub(super) fn order<'u>(above: &Unit, unit: &'u Unit) -> (bool, &'u str, &'u str) {
    (unit.division != above.division, unit.division.as_str(), &unit.code)
}
