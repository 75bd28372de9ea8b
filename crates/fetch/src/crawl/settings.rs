//! What a crawl may do.

use std::time::Duration;

use crate::address::{Address, AddressRules};

/// One site and the manners of visiting it.
#[derive(Debug, Clone)]
pub struct CrawlSettings {
    /// Where it begins; their hosts belong to the site.
    pub seeds: Vec<Address>,
    /// Further hosts of the site (`zwfw.example.gov.cn`, with a port where it is not the usual one).
    pub hosts: Vec<String>,
    pub address_rules: AddressRules,
    /// Addresses dealt with, those of earlier starts included, after which the crawl stops, leaving the rest queued.
    pub max_pages: usize,
    /// Links away from a seed. Leafing through a list that goes on bringing new pages costs nothing.
    pub max_depth: u16,
    /// Largest body in bytes.
    pub max_bytes: usize,
    /// Requests at once to one host.
    pub connections_per_host: usize,
    /// Shortest time between the starts of two requests to one host; a longer `Crawl-delay` of the site counts.
    pub delay: Duration,
    /// A site that asks for more than this between two requests gets this: an afternoon has to suffice.
    pub longest_crawl_delay: Duration,
    /// Instead of the fetcher's own name. Honest: names the platform and whom to call.
    pub user_agent: Option<String>,
    /// The product name looked for in `robots.txt`.
    pub robots_name: String,
    /// An office that moves its own site may say no.
    pub obey_robots: bool,
    /// Also fetch what only pages' looks need: style sheets and what they name.
    pub fetch_styles: bool,
    /// Fetch pictures, sound and film of the site.
    pub fetch_media: bool,
    /// Tries of one address in all.
    pub attempts: u8,
    /// Wait before the second try; doubles each time.
    pub retry_wait: Duration,
    /// Addresses of one pattern that may bring nothing new before the pattern is given up.
    pub trap_patience: u32,
    /// Pages in a row, each found on the one before, that may bring nothing new.
    pub barren_limit: u16,
    /// Failed connections in a row to one host after which the crawl stops, leaving the rest queued.
    pub unreachable_after: u32,
    /// Steps that wait for the owner; bodies are held no longer than this.
    pub channel: usize,
}

impl CrawlSettings {
    /// The usual manners: two connections, five requests a second.
    pub fn new(seeds: Vec<Address>) -> Self {
        Self {
            seeds,
            hosts: Vec::new(),
            address_rules: AddressRules::default(),
            max_pages: 1_000_000,
            max_depth: 300,
            max_bytes: 64 << 20,
            connections_per_host: 2,
            delay: Duration::from_millis(200),
            longest_crawl_delay: Duration::from_secs(10),
            user_agent: None,
            robots_name: "Zhengtong".to_owned(),
            obey_robots: true,
            fetch_styles: false,
            fetch_media: true,
            attempts: 3,
            retry_wait: Duration::from_secs(2),
            trap_patience: 100,
            barren_limit: 20,
            unreachable_after: 30,
            channel: 8,
        }
    }
}
