//! WARC files (0.17 to 1.1, ISO 28500) and ARC files (1.0): reading what crawlers of any kind saved, writing evidence
//! and exports.

mod arc;
mod block;
mod head;
pub mod read;
pub mod write;
