//! Counts for the person who watches.

/// Why a crawl ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finish {
    /// Nothing is left.
    Complete,
    /// [`max_pages`](super::CrawlSettings::max_pages) was reached; the rest stays queued.
    LimitReached,
    /// By [`CrawlHandle::stop`](super::CrawlHandle::stop), or because nobody takes the steps any more.
    Stopped,
    /// The host does not answer; the rest stays queued.
    Unreachable(String),
}

/// Counts since this start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CrawlProgress {
    pub waiting: usize,
    pub in_flight: usize,
    /// Requests sent, retries and `robots.txt` included.
    pub requests: usize,
    pub pages: usize,
    pub files: usize,
    pub redirects: usize,
    pub not_modified: usize,
    pub failed: usize,
    pub refused: usize,
    /// Bodies that were had before under another address.
    pub duplicates: usize,
    pub retries: usize,
    /// Unpacked bytes of pages and files.
    pub bytes: u64,
    /// Links into traps that were not followed.
    pub traps: usize,
    /// Set when it has ended.
    pub finish: Option<Finish>,
}
