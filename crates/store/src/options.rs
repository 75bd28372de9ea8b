//! How a store is opened.

use std::{sync::Arc, time::Duration};

use domain::{ids::IdSource, time::Clock};

/// What a commit on SQLite survives. PostgreSQL is configured on its server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Durability {
    /// An acknowledged write survives a power cut (`synchronous = FULL`: one fsync per commit).
    #[default]
    PowerLoss,
    /// An acknowledged write survives the death of the process, but a power cut may lose the last ones
    /// (`synchronous = NORMAL`). The file is never corrupted.
    ProcessCrash,
}

/// Settings of [`crate::Store::connect`]. Clock and ids are parameters so that tests decide them.
#[derive(Clone)]
pub struct StoreOptions {
    /// Source of `tx.now()`.
    pub clock: Arc<dyn Clock>,
    /// Source of `tx.ids()`.
    pub ids: IdSource,
    /// Connections for reading on SQLite; all connections on PostgreSQL.
    pub max_connections: u32,
    /// How long a caller waits for a free connection, and SQLite for another process's lock.
    pub acquire_timeout: Duration,
    /// PostgreSQL cancels a statement that takes longer.
    pub statement_timeout: Duration,
    /// Name shown in `pg_stat_activity`.
    pub application_name: String,
    /// What a commit on SQLite survives.
    pub durability: Durability,
}

impl StoreOptions {
    /// Defaults for a serving node.
    pub fn new(clock: Arc<dyn Clock>, ids: IdSource) -> Self {
        Self {
            clock,
            ids,
            max_connections: 16,
            acquire_timeout: Duration::from_secs(10),
            statement_timeout: Duration::from_secs(60),
            application_name: "zhengtong".to_owned(),
            durability: Durability::default(),
        }
    }
}
