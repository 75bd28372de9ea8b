//! One host: what waits for it, and when it may be asked next.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use super::item::Item;
use crate::robots::Robots;

/// Time since the start of the crawl.
pub(super) type Moment = Duration;

#[derive(Debug, Default)]
pub(super) struct Host {
    pub queue: VecDeque<Item>,
    /// Second and further tries, by the time from which they may start; the number keeps two of one moment apart.
    pub retries: BTreeMap<(Moment, u64), Item>,
    pub active: usize,
    pub next_start: Moment,
    pub rules: HostRules,
    pub delay: Duration,
    /// The shape of the page shown for what does not exist, when that page says 200.
    pub missing_page: Option<u64>,
    /// Failed connections in a row.
    pub failures: u32,
}

#[derive(Debug, Default)]
pub(super) enum HostRules {
    #[default]
    Unknown,
    Asked,
    Known(Robots),
    /// The file could not be had.
    Unreachable,
}

impl Host {
    pub fn waiting(&self) -> usize {
        self.queue.len() + self.retries.len()
    }

    /// Whether a request may start now, and otherwise when.
    pub fn ready_at(&self, connections: usize) -> Option<Moment> {
        if self.active >= connections || self.waiting() == 0 {
            return None;
        }
        let first_retry = self.retries.keys().next().map(|(moment, _)| *moment);
        let item_at = if self.queue.is_empty() { first_retry? } else { Moment::ZERO };
        Some(self.next_start.max(item_at))
    }

    pub fn take(&mut self, now: Moment) -> Option<Item> {
        if self.retries.first_key_value().is_some_and(|((moment, _), _)| *moment <= now) {
            return self.retries.pop_first().map(|(_, item)| item);
        }
        self.queue.pop_front()
    }
}
