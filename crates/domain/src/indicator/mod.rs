//! Inspection indicators (检查指标): what is judged, of whom, and what it costs (国办秘函〔2019〕19号).
//!
//! A rule pack names the indicator, its [`method`] and its numbers; probes and people fill the typed observations; the
//! evaluator of the method says a [`Verdict`] and nothing else. Scores are made of verdicts in [`crate::score`]. Read
//! [`spec`] → [`method`] → [`observed`] (observations and the one entry, [`evaluate`]) → any evaluator.

pub mod account_interaction;
pub mod account_stale;
pub mod columns_stale;
pub mod counted;
pub mod error_reports;
pub mod footer;
pub mod granted;
pub mod home_stale;
pub mod method;
pub mod no_response;
pub mod observed;
pub mod other_columns;
pub mod points;
pub mod scheme;
pub mod serious;
pub mod services_unusable;
pub mod sheet;
pub mod spec;
#[cfg(test)]
pub(crate) mod tests;
pub mod unreachable;
pub mod updates;
pub mod verdict;

pub use method::{Method, Shape};
pub use observed::{Observed, evaluate};
pub use points::Points;
pub use spec::{IndicatorKind, IndicatorSpec, Subject};
pub use updates::Updates;
pub use verdict::{Finding, PersonVerdict, Verdict};
