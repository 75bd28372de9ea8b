//! Facts of an actor and a target as Cedar entities.
//!
//! Only two entities carry a decision: the actor with its sets of units, and the target lying in its unit and in every
//! unit above. Units need no entities of their own, because the path already names them all.

use std::collections::{HashMap, HashSet};

use cedar_policy::{Entity, EntityId, EntityTypeName, EntityUid, RestrictedExpression};
use domain::{
    actor::{Actor, HeldDuty},
    duty::Duty,
};

use crate::target::{Kind, Target};

/// Builds entities; keeps the parsed names so that a decision parses nothing.
pub(crate) struct EntityBuilder {
    unit: EntityTypeName,
    actor: EntityUid,
    targets: [EntityUid; Kind::ALL.len()],
}

impl EntityBuilder {
    pub(crate) fn new() -> Self {
        let name = |text: &str| text.parse::<EntityTypeName>().expect("the names of entity types are plain words");
        let uid = |kind: &str, id: &str| EntityUid::from_type_name_and_id(name(kind), EntityId::new(id));
        Self {
            unit: name("Unit"),
            actor: uid("Actor", "actor"),
            targets: Kind::ALL.map(|kind| uid(kind.as_str(), "target")),
        }
    }

    /// Key of the acting person in every request.
    pub(crate) fn actor_uid(&self) -> &EntityUid {
        &self.actor
    }

    /// The acting person with the units of every duty; `None` if Cedar refuses an attribute.
    pub(crate) fn actor(&self, actor: &Actor) -> Option<Entity> {
        let held = || actor.duties.iter().filter(|held| counts(held));
        let publishing = || held().filter(|held| is_publishing(held.duty)).map(|held| held.unit_path.as_str());
        let mut attributes = HashMap::with_capacity(Duty::ALL.len() + 2);
        for duty in Duty::ALL {
            let units = held().filter(|held| held.duty == duty).filter_map(|held| last(&held.unit_path));
            attributes.insert(attribute_of(duty).to_owned(), self.set(units));
        }
        attributes.insert("publishing_at".to_owned(), self.set(publishing().filter_map(last)));
        attributes.insert("publishing_under".to_owned(), self.set(publishing().flat_map(ids)));
        Entity::new(self.actor.clone(), attributes, HashSet::new()).ok()
    }

    /// The thing acted upon; `None` if Cedar refuses an attribute. The platform lies in the root of the actor's tree.
    pub(crate) fn target(&self, target: &Target, actor: &Actor) -> Option<Entity> {
        let mut attributes = HashMap::new();
        let own_unit = |path: &str| RestrictedExpression::new_entity_uid(self.unit_uid(last(path).unwrap_or("")));
        match *target {
            Target::Platform => {
                let roots = actor.duties.iter().filter_map(|held| ids(&held.unit_path).next());
                return Some(self.lying_in(self.uid_of(target), roots));
            }
            Target::Unit { path } => {
                let above = ids(path).count().saturating_sub(1);
                return Some(self.lying_in(self.uid_of(target), ids(path).take(above)));
            }
            Target::Person { is_self, .. } => {
                attributes.insert("is_self".to_owned(), RestrictedExpression::new_bool(is_self));
            }
            Target::Resource { unit_path, admitted, open } => {
                attributes.insert("unit".to_owned(), own_unit(unit_path));
                attributes.insert("admitted".to_owned(), RestrictedExpression::new_bool(admitted));
                attributes.insert("open".to_owned(), RestrictedExpression::new_bool(open));
            }
            Target::ReviewStep { unit_path, duty } => {
                attributes.insert("unit".to_owned(), own_unit(unit_path));
                attributes.insert("duty".to_owned(), RestrictedExpression::new_string(duty.as_str().to_owned()));
            }
            Target::Site { sponsor_path } => {
                attributes.insert("sponsor".to_owned(), own_unit(sponsor_path));
            }
        }
        let parents = ids(target.unit_path().unwrap_or("")).map(|id| self.unit_uid(id)).collect();
        Entity::new(self.uid_of(target), attributes, parents).ok()
    }

    /// Key of a target: a unit's own, so that sets can contain it; the same one for all others.
    pub(crate) fn uid_of(&self, target: &Target) -> EntityUid {
        match *target {
            Target::Unit { path } => self.unit_uid(last(path).unwrap_or("")),
            _ => self.targets[target.kind() as usize].clone(),
        }
    }

    fn lying_in<'p>(&self, uid: EntityUid, units: impl Iterator<Item = &'p str>) -> Entity {
        Entity::new_no_attrs(uid, units.map(|id| self.unit_uid(id)).collect())
    }

    fn set<'p>(&self, units: impl Iterator<Item = &'p str>) -> RestrictedExpression {
        RestrictedExpression::new_set(units.map(|id| RestrictedExpression::new_entity_uid(self.unit_uid(id))))
    }

    fn unit_uid(&self, id: &str) -> EntityUid {
        EntityUid::from_type_name_and_id(self.unit.clone(), EntityId::new(id))
    }
}

/// True when the held duty may be exercised: one's own, or a reviewing duty of an absent person. Delegation hands
/// over reviewing only, whatever else the absent person holds (see [`domain::delegation`]).
pub(crate) fn counts(held: &HeldDuty) -> bool {
    held.on_behalf_of.is_none() || is_reviewing(held.duty)
}

/// True for the duties of the publishing chain; the opposite of the three administrators.
pub(crate) fn is_publishing(duty: Duty) -> bool {
    !duty.is_administrator()
}

fn is_reviewing(duty: Duty) -> bool {
    matches!(duty, Duty::Reviewer1 | Duty::Reviewer2 | Duty::Reviewer3 | Duty::Reviewer4)
}

/// Ids of a materialised path, the root first. An empty or damaged path names no unit, so nothing reaches it.
fn ids(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|id| !id.is_empty())
}

fn last(path: &str) -> Option<&str> {
    path.rsplit('/').find(|id| !id.is_empty())
}

fn attribute_of(duty: Duty) -> &'static str {
    match duty {
        Duty::Editor => "editor_at",
        Duty::Reviewer1 => "reviewer1_at",
        Duty::Reviewer2 => "reviewer2_at",
        Duty::Reviewer3 => "reviewer3_at",
        Duty::Reviewer4 => "reviewer4_at",
        Duty::SiteManager => "site_manager_at",
        Duty::Supervisor => "supervisor_at",
        Duty::Observer => "observer_at",
        Duty::SystemAdmin => "system_admin_at",
        Duty::SecurityAdmin => "security_admin_at",
        Duty::AuditAdmin => "audit_admin_at",
    }
}
