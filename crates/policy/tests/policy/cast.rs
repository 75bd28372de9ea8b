//! A small tree of units and people with any duties in it.

use std::sync::OnceLock;

use domain::{
    actor::{Actor, HeldDuty, Origin},
    duty::Duty,
    ids::{PersonId, UnitId},
    unit::unit_path,
};
use policy::Policy;
use uuid::Uuid;

/// A unit as permission sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    pub id: UnitId,
    pub path: String,
}

/// The region, two leagues, and a banner below the first.
pub struct Tree {
    pub region: Place,
    pub league: Place,
    pub banner: Place,
    pub other_league: Place,
}

pub fn place(number: u128, parent: &str) -> Place {
    let id = UnitId(Uuid::from_u128(number));
    Place { id, path: unit_path(parent, id) }
}

pub fn tree() -> Tree {
    let region = place(1, "");
    let league = place(2, &region.path);
    let banner = place(3, &league.path);
    let other_league = place(4, &region.path);
    Tree { region, league, banner, other_league }
}

pub fn held(duty: Duty, at: &Place) -> HeldDuty {
    HeldDuty { unit: at.id, unit_path: at.path.clone(), duty, on_behalf_of: None }
}

pub fn delegated(duty: Duty, at: &Place) -> HeldDuty {
    HeldDuty { on_behalf_of: Some(PersonId(Uuid::from_u128(900))), ..held(duty, at) }
}

pub fn person(duties: Vec<HeldDuty>) -> Actor {
    let home = tree().league;
    Actor {
        person: PersonId(Uuid::from_u128(901)),
        login: "sample".into(),
        name: "示例人员".into(),
        home_unit: home.id,
        home_unit_path: home.path,
        duties,
        session: None,
        origin: Origin::command(),
    }
}

/// The policies of the binary, loaded once for all tests.
pub fn policy() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(|| Policy::load().expect("the built-in policies are valid"))
}
