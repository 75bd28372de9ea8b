//! Report forms as data (报表): groups, fields with unit, type and mark, cross-checks, deadlines.
//!
//! A form is a TOML file under `rules/forms/`, read with the same care as a rule pack. Read it in this order: [`key`] and
//! [`value`] → [`expression`] (the small language of cross-checks) → [`definition`] → [`load`] → [`check`].

pub mod check;
pub mod definition;
pub mod expression;
pub(crate) mod file;
pub mod header;
pub mod key;
pub mod load;
pub mod value;

pub use check::{FormProblem, Severity, check};
pub use definition::{CrossCheck, Field, FieldForm, FieldType, Form, Group};
pub use expression::{Equation, Reference, Relation};
pub use header::{FormHeader, MonthDay, PublicationDeadline};
pub use key::Key;
pub use value::{FormValue, FormValues};
