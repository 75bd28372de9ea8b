//! The fetcher and the crawler against real servers on this machine.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test that calls them")]

mod crawl;
mod fetcher;
mod guard;
mod raw;
mod resume;
mod support;
mod tls;
