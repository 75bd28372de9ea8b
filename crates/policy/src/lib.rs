//! May this person do this to that? One question, answered by Cedar policies that ship with the binary.
//!
//! The rules are text: `policies/schema.cedarschema` says which facts exist, `policies/*.cedar` say who may do what.
//! [`Policy::load`] parses and strictly validates them, so a misspelt attribute stops the start instead of silently
//! refusing people. [`Policy::decide`] turns an [`Actor`](domain::actor::Actor), an [`Action`] and a [`Target`] into
//! Cedar entities and asks. Nothing is looked up here: the caller brings the facts (materialised unit paths, states).
//!
//! Three ideas carry all rules. *Exact*: the duty is held at the very unit that owns the thing (writers and reviewers
//! work for one office). *Over*: it is held at that unit or at one above it (those who run, oversee or administer).
//! *Forbid wins*: the three administrators never touch the publishing chain (GB/T 22239-2019, 三权分立).
//!
//! What Cedar decides one thing at a time, SQL lists must decide for thousands: [`readable_paths`] gives the same
//! answer as a scope, and a property test keeps the two equal. Every answer for every duty is written down in
//! `role_action_table.txt`; a test fails with a diff when a rule changes.
//!
//! Four eyes (nobody reviews their own text) is not here: it needs the history of the edition and lives in
//! `domain::review`. Who *must* approve is data as well (review chains), not a permission.

mod action;
mod decide;
mod entities;
mod error;
mod load;
#[cfg(test)]
mod load_tests;
mod scope;
mod target;

pub use action::Action;
pub use decide::{Acting, Decision, Policy};
pub use error::PolicyError;
pub use scope::{ReadScope, readable_paths};
pub use target::Target;
