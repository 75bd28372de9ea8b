//! Text screening (机审): text and metadata in, findings out.
//!
//! Pure: no clock, no network, no files. The machine only finds; whether something is a serious error, a secret or
//! unlawful is decided by a person, who accepts, corrects or overrules each finding with a reason.
//!
//! The way of a document: a [`Subject`] is turned into a [`View`] (HTML becomes plain text whose characters keep their
//! place in the source), every [`Check`] looks at the view and reports to the [`Collector`], and the [`Engine`] hands
//! back a [`Report`] in which every [`Finding`] knows its field, its place, its rule and its [fingerprint]. Places are
//! shown with [`highlight`](highlight::highlight), which marks them in the HTML without changing its text.
//!
//! [fingerprint]: Finding::fingerprint
//!
//! To add a check: one file in `checks/`, one line in [`checks::standard`].

pub mod check;
pub mod checks;
pub mod collector;
pub mod engine;
pub mod field;
pub mod finding;
pub mod highlight;
pub mod html;
pub mod lexicon;
pub mod plain_text;
pub mod report;
pub mod sketch;
pub mod subject;
pub mod view;

pub use check::{Check, Rule};
pub use collector::{Collector, Note};
pub use engine::Engine;
pub use field::Field;
pub use finding::{Category, CharRange, Finding, Severity};
pub use highlight::{Highlight, highlight, highlight_text};
pub use plain_text::{PlainText, plain_text};
pub use report::Report;
pub use subject::{AttachmentText, Subject};
pub use view::{TextField, View};
