//! What waits, what was seen, what comes next. No network, no clock: time is handed in.

use std::collections::{HashMap, HashSet};

use super::{
    ContentHash, CrawlSettings, Discovered, Known, Refusal, Verdict,
    host::{Host, HostRules, Moment},
    item::Item,
    trap::{self, Brought, TrapKind, Traps, Worth},
};
use crate::{
    address::{Address, AddressKey, SiteHosts},
    links::{Link, LinkKind},
    robots::Robots,
};

/// What to do next.
#[derive(Debug)]
pub(super) enum Next {
    /// Fetch the rules of this host first.
    Rules {
        authority: String,
        example: Address,
    },
    Fetch(Box<Item>),
    Refuse(Box<Item>, Refusal),
    /// Nothing may start before this moment; `None` when something in flight has to come in first.
    Wait(Option<Moment>),
    /// Nothing waits and nothing is in flight.
    Nothing,
}

pub(super) struct Frontier {
    settings: CrawlSettings,
    site: SiteHosts,
    seen: HashSet<AddressKey>,
    bodies: HashSet<ContentHash>,
    hosts: Vec<(String, Host)>,
    index: HashMap<String, usize>,
    turn: usize,
    retries: u64,
    traps: Traps,
}

impl Frontier {
    pub fn new(settings: CrawlSettings, known: Known) -> Self {
        let site = SiteHosts::new(&settings.seeds, settings.hosts.iter().map(String::as_str));
        let traps = Traps::new(settings.trap_patience);
        let mut frontier = Self {
            site,
            traps,
            seen: HashSet::with_capacity(known.finished.len() + known.queued.len() + known.earlier.len()),
            bodies: HashSet::new(),
            hosts: Vec::new(),
            index: HashMap::new(),
            turn: 0,
            retries: 0,
            settings,
        };
        for (address, hash) in known.finished {
            frontier.seen.insert(address.key());
            frontier.bodies.extend(hash);
        }
        for queued in known.queued {
            frontier.push_new(queued.into());
        }
        // Seeds before the rest of an earlier run, but with what that run knows of them.
        for earlier in known.earlier {
            frontier.push_new(earlier.into());
        }
        for seed in frontier.settings.seeds.clone() {
            frontier.push_new(Item::new(seed, LinkKind::Seed));
        }
        frontier
    }

    /// Queues an item unless its address was seen.
    pub fn push_new(&mut self, item: Item) -> bool {
        let new = self.site.contains(&item.address) && self.seen.insert(item.address.key());
        if new {
            self.host(item.address.authority()).queue.push_back(item);
        }
        new
    }

    /// The rest of [`Discovered`] for a link on `parent`, queueing its address if it is new and wanted.
    pub fn offer(&mut self, parent: &Item, link: Link, brought: Worth) -> Option<Discovered> {
        let address = Address::from_url(&link.address, &self.settings.address_rules).ok()?;
        let same_pattern = trap::pattern(&address) == trap::pattern(&parent.address);
        // Leafing through a list that goes on bringing new pages is free; everything else costs, redirects too, or
        // else a chain of them would never end.
        let free = same_pattern && brought == Worth::LeadsOn;
        let depth = parent.depth.saturating_add(u16::from(!free));
        let barren = if brought == Worth::Nothing { parent.barren.saturating_add(1) } else { 0 };
        let verdict = self.judge(&address, link.kind, depth, barren);
        if verdict == Verdict::Queued {
            let referrer = Some(parent.address.clone());
            self.push_new(Item { depth, barren, referrer, ..Item::new(address.clone(), link.kind) });
        }
        Some(Discovered { address, text: link.text, kind: link.kind, verdict, depth, barren })
    }

    fn judge(&self, address: &Address, kind: LinkKind, depth: u16, barren: u16) -> Verdict {
        if !self.site.contains(address) {
            return Verdict::OffSite;
        }
        if self.seen.contains(&address.key()) {
            return Verdict::Known;
        }
        let wanted = match kind {
            LinkKind::Style => self.settings.fetch_styles,
            LinkKind::Image | LinkKind::Media => self.settings.fetch_media,
            _ => true,
        };
        if !wanted {
            return Verdict::NotWanted;
        }
        if depth > self.settings.max_depth {
            return Verdict::TooDeep;
        }
        if barren > self.settings.barren_limit {
            return Verdict::Trap(TrapKind::BarrenTrail);
        }
        if let Some(kind) = self.traps.check(address) {
            return Verdict::Trap(kind);
        }
        if let Some(index) = self.index.get(address.authority())
            && let HostRules::Known(robots) = &self.hosts[*index].1.rules
            && !robots.allows(address.path_and_query())
        {
            return Verdict::Robots;
        }
        Verdict::Queued
    }

    /// Chooses among the hosts in turn.
    pub fn next(&mut self, now: Moment) -> Next {
        let mut earliest: Option<Moment> = None;
        let mut busy = false;
        for offset in 0..self.hosts.len() {
            let index = (self.turn + offset) % self.hosts.len();
            let (authority, host) = &mut self.hosts[index];
            busy |= host.active > 0;
            if matches!(host.rules, HostRules::Asked) || host.waiting() == 0 {
                continue;
            }
            if matches!(host.rules, HostRules::Unknown) {
                let example =
                    host.queue.front().or_else(|| host.retries.values().next()).map(|item| item.address.clone());
                let Some(example) = example else { continue };
                host.rules = HostRules::Asked;
                host.active += 1;
                return Next::Rules { authority: authority.clone(), example };
            }
            let Some(at) = host.ready_at(self.settings.connections_per_host.max(1)) else { continue };
            if at > now {
                earliest = Some(earliest.map_or(at, |earliest| earliest.min(at)));
                continue;
            }
            let Some(item) = host.take(now) else { continue };
            let refusal = match &host.rules {
                HostRules::Unreachable => Some(Refusal::RobotsUnreachable),
                HostRules::Known(robots) if !robots.allows(item.address.path_and_query()) => Some(Refusal::Robots),
                _ if item.kind == LinkKind::Seed || item.attempts > 0 || item.earlier.is_some() => None,
                _ => self.traps.check(&item.address).map(Refusal::Trap),
            };
            if let Some(refusal) = refusal {
                return Next::Refuse(Box::new(item), refusal);
            }
            host.active += 1;
            host.next_start = now + host.delay;
            self.turn = index + 1;
            return Next::Fetch(Box::new(item));
        }
        match earliest {
            Some(_) => Next::Wait(earliest),
            None if busy => Next::Wait(None),
            None => Next::Nothing,
        }
    }

    /// A request to the host has come in.
    pub fn came_in(&mut self, authority: &str) {
        let host = self.host(authority);
        host.active = host.active.saturating_sub(1);
    }

    /// A request to the host was sent outside of its queue.
    pub fn went_out(&mut self, authority: &str) {
        self.host(authority).active += 1;
    }

    /// A further try, not before `at`.
    pub fn retry(&mut self, item: Item, at: Moment) {
        self.retries += 1;
        let number = self.retries;
        self.host(item.address.authority()).retries.insert((at, number), item);
    }

    /// Leaves the host alone until `at`.
    pub fn leave_alone(&mut self, authority: &str, at: Moment) {
        let host = self.host(authority);
        host.next_start = host.next_start.max(at);
    }

    /// The host's rules are known now; `None` when they could not be had.
    pub fn rules_came_in(&mut self, authority: &str, robots: Option<Robots>) {
        let (delay, longest) = (self.settings.delay, self.settings.longest_crawl_delay);
        let host = self.host(authority);
        host.active = host.active.saturating_sub(1);
        host.delay =
            robots.as_ref().and_then(|robots| robots.crawl_delay).map_or(delay, |asked| asked.min(longest).max(delay));
        host.rules = robots.map_or(HostRules::Unreachable, HostRules::Known);
    }

    /// Counts failed connections in a row; says how many there were.
    pub fn note_connection(&mut self, authority: &str, failed: bool) -> u32 {
        let host = self.host(authority);
        host.failures = if failed { host.failures + 1 } else { 0 };
        host.failures
    }

    pub fn set_missing_page(&mut self, authority: &str, shape: u64) {
        self.host(authority).missing_page = Some(shape);
    }

    pub fn looks_missing(&mut self, authority: &str, shape: u64) -> bool {
        self.host(authority).missing_page == Some(shape)
    }

    /// Whether this body is new in this run.
    pub fn note_body(&mut self, hash: ContentHash) -> bool {
        self.bodies.insert(hash)
    }

    /// What the page was worth.
    pub fn note_page(&mut self, address: &Address, brought: Brought) -> Worth {
        self.traps.note(address, brought)
    }

    /// Whether the address is one that [`Frontier::offer`] would queue for its own sake.
    pub fn would_be_new(&self, address: &Address) -> bool {
        self.site.contains(address) && !self.seen.contains(&address.key()) && self.traps.check(address).is_none()
    }

    pub fn settings(&self) -> &CrawlSettings {
        &self.settings
    }

    /// How many addresses wait.
    pub fn waiting(&self) -> usize {
        self.hosts.iter().map(|(_, host)| host.waiting()).sum()
    }

    fn host(&mut self, authority: &str) -> &mut Host {
        let index = match self.index.get(authority) {
            Some(index) => *index,
            None => {
                self.hosts.push((authority.to_owned(), Host::default()));
                self.index.insert(authority.to_owned(), self.hosts.len() - 1);
                self.hosts.len() - 1
            }
        };
        &mut self.hosts[index].1
    }
}
