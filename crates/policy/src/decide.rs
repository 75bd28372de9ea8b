//! The decision itself.

use domain::actor::Actor;

use crate::{action::Action, error::PolicyError, target::Target};

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
pub struct Policy {}

impl Policy {
    /// Parses and strictly validates the policies built into the binary.
    pub fn load() -> Result<Self, PolicyError> {
        Ok(Self {})
    }

    /// May `actor` do `action` to `target`? Everything that no policy allows is refused.
    pub fn decide(&self, actor: &Actor, action: Action, target: &Target) -> Decision {
        let _ = (actor, action, target);
        Decision { allowed: false, because: Vec::new() }
    }
}
