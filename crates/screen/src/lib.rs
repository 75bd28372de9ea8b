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
//! What only the caller can know — documents of its library, tested links, files behind pictures — it looks up for
//! [`citations()`], [`links()`], [`pictures()`] and [`signature()`] and hands over as [`Facts`]; what people keep as lists
//! is part of the engine ([`Lists`]). [`mask_subject`] turns a report into an edition without personal data. What each
//! detector reaches is written down in `DETECTORS.md`.
//!
//! To add a check: one file in `checks/`, one line in [`checks::standard`].

pub mod check;
pub mod checks;
pub mod citation;
pub mod collector;
pub mod engine;
pub mod evaluation;
pub mod facts;
pub mod field;
pub mod finding;
pub mod highlight;
pub mod host;
pub mod html;
pub mod laws;
pub mod lexicon;
pub mod lists;
pub mod mask;
pub mod picture;
pub mod plain_text;
pub mod report;
pub mod similarity;
pub mod sketch;
pub mod spelling;
pub mod subject;
pub mod view;

pub use check::{Check, Rule};
pub use checks::{links, pictures};
pub use citation::{Citation, citations};
pub use collector::{Collector, Note};
pub use engine::Engine;
pub use facts::{Facts, KnownDocument, KnownLink, LinkState, PictureFacts, SimilarText, UnreadAttachment};
pub use field::Field;
pub use finding::{Category, CharRange, Finding, Severity};
pub use highlight::{Highlight, highlight, highlight_text};
pub use lists::{ApprovedSource, Lists};
pub use mask::{MaskedAttachment, MaskedTexts, mask_subject, replace_in_html};
pub use picture::PictureShape;
pub use plain_text::{BodyLink, BodyPicture, PlainText, plain_text};
pub use report::Report;
pub use similarity::{Change, DiffPart, Signature, differences, resemblance, signature};
pub use subject::{AttachmentText, Subject};
pub use view::{TextField, View};

/// Where (in characters) one check reports something in a body of plain lines; for the tables of the checks' tests.
#[cfg(test)]
fn check_places(check: &dyn Check, text: &str) -> Vec<usize> {
    let now = jiff::Timestamp::from_second(1_795_000_000).expect("a day of 2026");
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('\n', "<br>");
    let subject = Subject::new(domain::resource::ResourceKind::Article, "示例", escaped, now);
    let view = View::of(&subject);
    let mut collector = Collector::new(&subject);
    collector.begin(check);
    check.run(&view, &mut collector);
    collector.finish().into_iter().filter_map(|finding| finding.range).map(|range| range.start).collect()
}
