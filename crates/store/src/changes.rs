//! "Something was committed about X": invalidation of caches, in this process and, on PostgreSQL, on every node.
//!
//! A verb says `tx.after_commit_announce("site", site_id)`; a cache loops over `store.changes()`. Delivery is best
//! effort: when messages may have been lost the listener gets [`Change::Everything`] and must forget all it knows.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement, sqlx::postgres::PgListener};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;
use uuid::Uuid;

use crate::{Engine, Result, Store};

const CHANNEL: &str = "zhengtong_changes";
/// A transaction that announces more than this announces [`Change::Everything`].
const MOST_PER_TRANSACTION: usize = 64;

/// What was committed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// The thing `key` of kind `topic` changed.
    Topic {
        /// A noun in the singular, e.g. `site`.
        topic: String,
        /// Usually the id.
        key: String,
    },
    /// Announcements may have been lost: anything may have changed.
    Everything,
}

/// A subscription made by [`Store::changes`].
pub struct Changes {
    receiver: broadcast::Receiver<Change>,
}

impl Changes {
    /// Waits for the next change. `None` when the store is gone.
    pub async fn next(&mut self) -> Option<Change> {
        match self.receiver.recv().await {
            Ok(change) => Some(change),
            Err(broadcast::error::RecvError::Lagged(_)) => Some(Change::Everything),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }
}

/// The sending side, kept by the store.
pub(crate) struct Announcer {
    sender: broadcast::Sender<Change>,
    /// Distinguishes our own notifications from those of other nodes.
    node: Uuid,
    listening: AtomicBool,
}

#[derive(Serialize, Deserialize)]
struct Notification {
    node: Uuid,
    change: Change,
}

impl Announcer {
    pub(crate) fn new(node: Uuid) -> Self {
        Self { sender: broadcast::channel(1024).0, node, listening: AtomicBool::new(false) }
    }
}

impl Store {
    /// Subscribes to what is committed from now on. On PostgreSQL the first call starts the listener for the other
    /// nodes' changes, so call it inside the runtime.
    pub fn changes(&self) -> Changes {
        let announcer = self.announcer();
        let receiver = announcer.sender.subscribe();
        if self.engine() == Engine::Postgres && !announcer.listening.swap(true, Ordering::AcqRel) {
            tokio::spawn(listen_for_other_nodes(Arc::downgrade(announcer), self.url().to_owned()));
        }
        Changes { receiver }
    }

    pub(crate) fn publish_changes(&self, changes: Vec<Change>) {
        for change in condensed(&changes) {
            // No receiver is no error: nobody caches.
            let _ = self.announcer().sender.send(change);
        }
    }
}

/// Hands the changes to PostgreSQL, which delivers them when and only when the transaction commits.
pub(crate) async fn send_with_commit(
    store: &Store,
    transaction: &DatabaseTransaction,
    changes: &[Change],
) -> Result<()> {
    if store.engine() != Engine::Postgres {
        return Ok(());
    }
    for change in condensed(changes) {
        let notification = Notification { node: store.announcer().node, change };
        let payload = serde_json::to_string(&notification).expect("a notification of strings is always JSON");
        let values = [CHANNEL.into(), payload.into()];
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, "SELECT pg_notify($1, $2)", values);
        transaction.execute_raw(statement).await?;
    }
    Ok(())
}

fn condensed(changes: &[Change]) -> Vec<Change> {
    if changes.len() > MOST_PER_TRANSACTION { vec![Change::Everything] } else { changes.to_vec() }
}

async fn listen_for_other_nodes(announcer: std::sync::Weak<Announcer>, url: String) {
    loop {
        let outcome = forward_notifications(&announcer, &url).await;
        let Some(announcer) = announcer.upgrade() else { return };
        if let Err(error) = outcome {
            tracing::warn!(%error, "store.listener_lost");
        }
        let _ = announcer.sender.send(Change::Everything);
        drop(announcer);
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
}

async fn forward_notifications(announcer: &std::sync::Weak<Announcer>, url: &str) -> Result<(), sea_orm::sqlx::Error> {
    let mut listener = PgListener::connect(url).await?;
    listener.listen(CHANNEL).await?;
    if let Some(announcer) = announcer.upgrade() {
        // What was committed while nobody listened is unknown.
        let _ = announcer.sender.send(Change::Everything);
    }
    loop {
        // Woken now and then to notice that the store is gone.
        let wait = tokio::time::timeout(std::time::Duration::from_secs(5), listener.try_recv()).await;
        let Some(announcer) = announcer.upgrade() else { return Ok(()) };
        let notification = match wait {
            Err(_) => continue,
            Ok(Ok(Some(notification))) => notification,
            Ok(Ok(None)) => return Ok(()),
            Ok(Err(error)) => return Err(error),
        };
        match serde_json::from_str::<Notification>(notification.payload()) {
            Ok(ours) if ours.node == announcer.node => {}
            Ok(theirs) => drop(announcer.sender.send(theirs.change)),
            Err(_) => drop(announcer.sender.send(Change::Everything)),
        }
    }
}
