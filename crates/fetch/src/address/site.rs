//! Which addresses belong to the site that moves.

use super::Address;

/// The hosts of one site. `www.` in front makes no difference; a port other than the usual one does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteHosts {
    hosts: Vec<String>,
}

impl SiteHosts {
    /// From the seeds, and from hosts named beside them (`zwfw.example.gov.cn`, `old.example.gov.cn:8080`).
    pub fn new<'a>(seeds: impl IntoIterator<Item = &'a Address>, named: impl IntoIterator<Item = &'a str>) -> Self {
        let mut hosts: Vec<String> = seeds.into_iter().map(|seed| bare(seed.authority()).to_owned()).collect();
        hosts.extend(named.into_iter().map(|host| bare(&host.trim().to_lowercase()).to_owned()));
        hosts.sort();
        hosts.dedup();
        Self { hosts }
    }

    /// Whether the address is part of the site.
    pub fn contains(&self, address: &Address) -> bool {
        let host = bare(address.authority());
        self.hosts.binary_search_by(|known| known.as_str().cmp(host)).is_ok()
    }
}

fn bare(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}
