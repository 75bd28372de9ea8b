//! WARC and ARC files.

pub mod read;
