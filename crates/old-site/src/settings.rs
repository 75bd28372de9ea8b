//! What the site is like.

/// The encoding of all pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OldEncoding {
    Gbk,
    Utf8,
}

/// Everything that decides what is generated.
#[derive(Debug, Clone)]
pub struct OldSiteSettings {
    /// Pages with a text of their own; list pages come on top.
    pub articles: usize,
    pub encoding: OldEncoding,
    pub seed: u64,
    /// Entries of one list page.
    pub page_size: usize,
    /// Documents at the end of every fifth article.
    pub attachments: bool,
    /// Calendars without end, growing paths, session numbers, redirect loops, broken and slow pages, and so on.
    pub traps: bool,
    /// Bodies of hundreds of megabytes and packed bombs, linked from the page of traps.
    pub hazards: bool,
    /// Seconds that `robots.txt` asks for between two requests.
    pub crawl_delay: Option<u32>,
    /// Name of the site in saved copies.
    pub host: String,
}

impl Default for OldSiteSettings {
    fn default() -> Self {
        Self {
            articles: 300,
            encoding: OldEncoding::Gbk,
            seed: 1,
            page_size: 20,
            attachments: true,
            traps: false,
            hazards: false,
            crawl_delay: None,
            host: "old.example.gov.cn".to_owned(),
        }
    }
}
