//! The scope of SQL lists equals the decisions taken one by one.

use domain::{actor::HeldDuty, duty::Duty};
use policy::{Action, Target, readable_paths};
use proptest::prelude::*;

use crate::cast::{Place, delegated, held, person, place, policy};

/// A random tree of up to nine units: each hangs below one made before it.
fn units() -> impl Strategy<Value = Vec<Place>> {
    prop::collection::vec(any::<prop::sample::Index>(), 0..8).prop_map(|parents| {
        let mut units = vec![place(100, "")];
        for (number, parent) in parents.into_iter().enumerate() {
            let above = parent.get(&units).path.clone();
            units.push(place(101 + number as u128, &above));
        }
        units
    })
}

/// Mostly publishing duties: with an administrator among them nearly every answer is no.
fn duty() -> impl Strategy<Value = Duty> {
    prop_oneof![
        12 => prop::sample::select(Duty::ALL[..8].to_vec()),
        1 => prop::sample::select(Duty::ALL[8..].to_vec()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_resource_is_in_the_scope_exactly_when_it_may_be_read(
        units in units(),
        wanted in prop::collection::vec((duty(), any::<prop::sample::Index>(), prop::bool::weighted(0.2)), 0..5),
        admitted in any::<bool>(),
        open in any::<bool>(),
    ) {
        let duties: Vec<HeldDuty> = wanted
            .into_iter()
            .map(|(duty, at, stand_in)| if stand_in { delegated(duty, at.get(&units)) } else { held(duty, at.get(&units)) })
            .collect();
        let actor = person(duties);
        let scope = readable_paths(&actor);
        for unit in &units {
            let target = Target::Resource { unit_path: &unit.path, admitted, open };
            let decision = policy().decide(&actor, Action::ResourceRead, &target);
            prop_assert_eq!(
                scope.admits(unit.id, &unit.path, admitted && open), decision.allowed,
                "{:?} at {:?}: {:?}, {:?}", actor.duties, unit, scope, decision
            );
        }
    }
}

#[test]
fn the_scope_of_a_person_without_duties_is_empty() {
    assert!(readable_paths(&person(vec![])).is_empty());
    let unit = place(1, "");
    assert!(readable_paths(&person(vec![held(Duty::SystemAdmin, &unit), held(Duty::Observer, &unit)])).is_empty());
    assert!(!readable_paths(&person(vec![held(Duty::Observer, &unit)])).is_empty());
}
