//! The field's rules as data (规则): every threshold with its 文号, clause, reliability mark, level and dates.
//!
//! Rules live in packs (`rules/*.toml`), are loaded and checked at start, and are only ever *asked*: code knows the id
//! of a rule and the keys of its parameters, never a number. Read it in this order: [`quantity`] and [`value`] (what a
//! parameter holds) → [`parameter`] → [`rule`](self::rule) → [`pack`] (a TOML file, checked line by line) → [`book`] (all
//! packs, by date) → [`amendment`] (what region and leagues changed) → [`in_force`] (what holds at a place on a day).

pub mod amendment;
pub mod book;
pub mod builtin;
pub mod in_force;
pub mod mark;
pub mod pack;
pub mod parameter;
pub mod quantity;
#[expect(clippy::module_inception, reason = "the noun of this folder is the rule itself")]
pub mod rule;
pub mod sentence;
pub mod value;

pub use amendment::{Amendment, AmendmentState, Judgement};
pub use book::RuleBook;
pub use in_force::{Origin, ParameterInForce, RuleInForce, RulesInForce};
pub use mark::{Mark, RuleLevel};
pub use pack::{Pack, PackProblem};
pub use parameter::{Direction, Parameter};
pub use quantity::Quantity;
pub use rule::{Rule, RuleId};
pub use value::Value;
