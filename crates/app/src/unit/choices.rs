//! Units offered in forms: as the unit above a new one, as the new superior, as the one that takes over.

use std::collections::HashMap;

use domain::{
    actor::Actor,
    ids::UnitId,
    unit::{Unit, UnitStatus},
};
use policy::{Action, Target};
use serde::Serialize;

use super::{UnitNode, tree};
use crate::{App, AppResult};

/// What a unit is chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Founding a unit below it.
    Create,
    /// Moving a unit below it.
    Move,
    /// Merging a unit into it.
    Merge,
}

/// A unit in a list of choices, in the order of the tree.
#[derive(Debug, Clone, Serialize)]
pub struct UnitChoice {
    /// Key.
    pub id: UnitId,
    /// Full name.
    pub name: String,
    /// How many units stand above it.
    pub depth: usize,
}

/// Active units that the actor may choose for `purpose`, without `except` and everything below it.
///
/// # Errors
/// [`crate::AppError::Forbidden`] for people without any duty.
pub async fn choices(app: &App, actor: &Actor, purpose: Purpose, except: Option<UnitId>) -> AppResult<Vec<UnitChoice>> {
    let action = match purpose {
        Purpose::Create => Action::UnitCreate,
        Purpose::Move => Action::UnitMove,
        Purpose::Merge => Action::UnitMerge,
    };
    let mut found = Vec::new();
    if let Some(root) = tree(app, actor, false).await? {
        let mut allowed = HashMap::new();
        collect(&root, 0, except, &mut found, &mut |unit| {
            // Rights reach downwards, so what holds for the unit above holds here.
            let inherited = unit.parent.is_some_and(|parent| allowed.get(&parent).copied().unwrap_or(false));
            let may = inherited || app.policy.decide(actor, action, &Target::Unit { path: &unit.path }).allowed;
            allowed.insert(unit.id, may);
            may
        });
    }
    Ok(found)
}

fn collect(
    node: &UnitNode,
    depth: usize,
    except: Option<UnitId>,
    found: &mut Vec<UnitChoice>,
    may: &mut impl FnMut(&Unit) -> bool,
) {
    if Some(node.unit.id) == except {
        return;
    }
    if may(&node.unit) && node.unit.status == UnitStatus::Active {
        found.push(UnitChoice { id: node.unit.id, name: node.unit.name.clone(), depth });
    }
    for child in &node.children {
        collect(child, depth + 1, except, found, may);
    }
}
