//! Filing (备案): who must agree before a site or an account is opened, changed, closed, merged or handed over.
//!
//! A pure function of applicant and action: [`route`] answers with the offices in their order, what must be entered
//! into the national systems, the gates before going live, public notices, limits and papers, or with a [`Refusal`];
//! both carry the clauses they rest on and explain themselves in Chinese. Every clause is a rule of
//! `rules/filing.toml` (the region's notice) or `rules/filing-national.toml`. Read it in this order: [`kind`] (what is
//! applied for) → [`applicant`] and [`applicant_name`] (by whom) → [`office`] (who stands above) → [`route`](self::route)
//! → [`plan`] with `site_plan` and `account_plan` (the notice article by article) → [`explanation`].

mod account_plan;
pub mod applicant;
pub mod applicant_name;
pub mod circumstances;
pub mod clause;
pub mod explanation;
pub mod kind;
pub mod office;
pub mod plan;
pub mod refusal;
pub mod route;
mod site_plan;
#[cfg(test)]
mod table_tests;

pub use applicant::{Applicant, ApplicantClass, ApplicantKind};
pub use applicant_name::NameProblem;
pub use circumstances::Circumstances;
pub use clause::Clause;
pub use kind::{FilingKind, FilingSubject};
pub use office::{Office, OfficeLevel};
pub use plan::{route, rules_on};
pub use refusal::{Refusal, RefusalReason};
pub use route::{
    Act, Decision, Duty, Gate, GateKind, Limit, NationalSystem, Paper, PublicNotice, Route, Step, Submission, Warning,
};
