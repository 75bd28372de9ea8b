//! What the server has seen.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// Counts since the server started.
#[derive(Debug, Clone, Default)]
pub struct Stats {
    /// Requests by path and query as asked, session numbers included.
    pub requests: HashMap<String, u32>,
    pub total: u64,
    /// Answers "not modified".
    pub not_modified: u64,
    pub connections: u64,
    pub open_connections: usize,
    pub most_open_connections: usize,
    pub active_requests: usize,
    pub most_active_requests: usize,
    /// The last `User-Agent`.
    pub user_agent: String,
}

impl Stats {
    /// How often the address was asked for.
    pub fn of(&self, address: &str) -> u32 {
        self.requests.get(address).copied().unwrap_or(0)
    }
}

#[derive(Debug, Default)]
pub(crate) struct Counter(Mutex<Stats>);

impl Counter {
    pub fn with<T>(&self, change: impl FnOnce(&mut Stats) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
