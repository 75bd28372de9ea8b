//! Connections that wait for the next request. One that is free is always taken before a new one is opened, and one
//! that cannot be used again is closed before its request counts as ended: whoever keeps to N requests at once has no
//! more than N connections.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, timeout};

use crate::connection::{Connection, Origin};

/// Servers of old close after 15 seconds (Apache: 5); later a connection is not worth trying.
const LONGEST_REST: Duration = Duration::from_secs(4);
/// A connection that is not ready for the next request after this is closed.
const LONGEST_WINDING_UP: Duration = Duration::from_millis(50);

#[derive(Default)]
pub(crate) struct Pool {
    resting: Mutex<HashMap<Origin, Vec<(Instant, Connection)>>>,
}

impl Pool {
    /// A connection that can be used at once.
    pub async fn take(&self, origin: &Origin) -> Option<Connection> {
        loop {
            let found = self.with(|resting| resting.get_mut(origin).and_then(Vec::pop));
            let (since, connection) = found?;
            if since.elapsed() < LONGEST_REST && connection.is_open() {
                return Some(connection);
            }
            connection.close().await;
        }
    }

    /// After a body was read to its end.
    pub async fn give_back(&self, origin: Origin, mut connection: Connection) {
        if timeout(LONGEST_WINDING_UP, connection.is_ready()).await != Ok(true) {
            connection.close().await;
            return;
        }
        self.with(|resting| {
            resting.retain(|_, connections| {
                connections.retain(|(since, connection)| since.elapsed() < LONGEST_REST && connection.is_open());
                !connections.is_empty()
            });
            resting.entry(origin).or_default().push((Instant::now(), connection));
        });
    }

    fn with<T>(&self, change: impl FnOnce(&mut HashMap<Origin, Vec<(Instant, Connection)>>) -> T) -> T {
        change(&mut self.resting.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
