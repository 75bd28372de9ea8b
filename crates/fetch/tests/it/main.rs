//! The fetcher and the crawler against real servers on this machine.

mod crawl;
mod fetcher;
mod guard;
mod raw;
mod resume;
mod support;
