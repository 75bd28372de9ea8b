//! The decision itself.

use cedar_policy::{Authorizer, Context, Decision as CedarDecision, Entities, Entity, EntityUid, PolicySet, Request};
use domain::actor::Actor;

use crate::{
    action::Action,
    entities::EntityBuilder,
    error::PolicyError,
    load,
    target::{Kind, Target},
};

/// The answer, with the policies that gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// May it be done?
    pub allowed: bool,
    /// Ids (`@id`) of the policies that allowed it, or of those that forbade it; empty when no policy allows it.
    /// `["request.invalid"]` when the action does not exist for that kind of target, which is a programming mistake.
    pub because: Vec<String>,
}

/// The loaded policies. Load once at the start; share it.
pub struct Policy {
    pub(crate) authorizer: Authorizer,
    pub(crate) entities: EntityBuilder,
    /// By [`Action`] in its order.
    pub(crate) actions: Vec<ActionRules>,
}

/// What is needed to decide one action.
pub(crate) struct ActionRules {
    pub(crate) uid: EntityUid,
    /// The action with its groups.
    pub(crate) entity: Entity,
    /// By [`Kind`] in its order: the policies that can apply; `None` when the schema has no such request.
    pub(crate) by_kind: [Option<PolicySet>; Kind::ALL.len()],
}

impl Policy {
    /// Parses and strictly validates the policies built into the binary.
    pub fn load() -> Result<Self, PolicyError> {
        load::load_from(&load::BUILT_IN)
    }

    /// May `actor` do `action` to `target`? Everything that no policy allows is refused.
    pub fn decide(&self, actor: &Actor, action: Action, target: &Target) -> Decision {
        self.acting(actor).decide(action, target)
    }

    /// Prepares many questions about one person, for example all buttons of a page: the person's facts are built once.
    pub fn acting<'a>(&'a self, actor: &'a Actor) -> Acting<'a> {
        Acting { policy: self, actor, facts: self.entities.actor(actor) }
    }
}

/// A person about to be asked about, made by [`Policy::acting`].
pub struct Acting<'a> {
    policy: &'a Policy,
    actor: &'a Actor,
    facts: Option<Entity>,
}

impl Acting<'_> {
    /// As [`Policy::decide`].
    pub fn decide(&self, action: Action, target: &Target) -> Decision {
        self.ask(action, target)
            .unwrap_or_else(|| Decision { allowed: false, because: vec!["request.invalid".to_owned()] })
    }

    fn ask(&self, action: Action, target: &Target) -> Option<Decision> {
        let Policy { authorizer, entities: builder, actions } = self.policy;
        let rules = &actions[action as usize];
        let policies = rules.by_kind[target.kind() as usize].as_ref()?;
        let facts = [self.facts.clone()?, builder.target(target, self.actor)?, rules.entity.clone()];
        let entities = Entities::from_entities(facts, None).ok()?;
        let who = builder.actor_uid().clone();
        let request = Request::new(who, rules.uid.clone(), builder.uid_of(target), Context::empty(), None).ok()?;
        let response = authorizer.is_authorized(&request, policies, &entities);
        // Cedar skips a policy that fails while it is evaluated. A skipped forbid would open a door, so: refuse.
        if response.diagnostics().errors().next().is_some() {
            return Some(Decision { allowed: false, because: vec!["policy.failed".to_owned()] });
        }
        let mut because: Vec<String> = response.diagnostics().reason().map(ToString::to_string).collect();
        because.sort_unstable();
        Some(Decision { allowed: response.decision() == CedarDecision::Allow, because })
    }
}
