//! Old government sites made up for tests: pages as they were built fifteen years ago, with everything that is known
//! about them, so that a test can say what a migration must find.
//!
//! The same settings always make the same site. All names, numbers and texts are invented and marked 示例.
//!
//! ```ignore
//! let site = OldSite::generate(OldSiteSettings { articles: 300, ..OldSiteSettings::default() });
//! let served = site.serve().await?;             // http://127.0.0.1:PORT, counts every request
//! for page in served.site().pages() { … }       // address and truth
//! ```

mod answer;
mod attachment;
mod chance;
mod content;
mod hazard;
mod page;
mod plan;
mod save;
mod server;
mod settings;
mod stats;
mod truth;
mod words;

pub use answer::{Answer, Manner};
pub use server::Served;
pub use settings::{OldEncoding, OldSiteSettings};
pub use stats::Stats;
pub use truth::{AttachmentTruth, Expected, OldSite, PageKind, PageTruth};
