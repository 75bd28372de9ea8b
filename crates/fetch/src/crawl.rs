//! Visits a whole site politely and hands over what it finds, one [`Step`] at a time.
//!
//! The crawler keeps no files and no database. Its owner stores every step (the page and the addresses newly queued by
//! it) in one transaction; after a stop or a kill it passes back what is stored as [`Known`] and the crawl goes on:
//! nothing that was stored is fetched again, and only what was in flight is lost.
//!
//! ```ignore
//! let (mut steps, handle) = crawl::start(fetcher, settings, known);
//! while let Some(step) = steps.recv().await {
//!     store_in_one_transaction(step).await?; // the page, and every discovered address whose verdict is Queued
//! }
//! match handle.progress().finish { /* why it ended */ }
//! ```

mod driver;
mod frontier;
mod handle;
mod host;
mod item;
mod judge;
mod known;
mod progress;
mod settings;
mod step;
mod trap;
mod visit;

pub use driver::start;
pub use handle::CrawlHandle;
pub use known::{ContentHash, Earlier, Known, Queued};
pub use progress::{CrawlProgress, Finish};
pub use settings::CrawlSettings;
pub use step::{Discovered, FailReason, Outcome, Refusal, Step, Verdict};
pub use trap::TrapKind;
