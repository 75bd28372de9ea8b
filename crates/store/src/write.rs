//! The only write path.
//!
//! SQLite: `BEGIN IMMEDIATE` on the single writer connection. PostgreSQL: READ COMMITTED, and the functions that
//! read in order to write take row locks (`lock_exclusive`). Without both, of 40 racing read-then-write updates 31
//! were lost on PostgreSQL and up to 25 failed on SQLite (measured; `frame_tests/racing.rs` holds the line).

use std::{
    future::Future,
    ops::Deref,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use domain::ids::IdSource;
use jiff::Timestamp;
use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, ExecResult, IsolationLevel, QueryResult, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait,
};

use crate::{Change, Engine, Read, Result, Store, StoreError, changes};

/// How often a transaction is tried before the caller gets [`StoreError::Busy`].
const ATTEMPTS: u32 = 6;

tokio::task_local! {
    /// The stores this task is writing to, by address.
    static WRITING: Vec<usize>;
}

/// A write in progress. Clones share the transaction; all must be gone when the closure of [`Store::write`] ends.
#[derive(Clone)]
pub struct Tx {
    read: Read,
    now: Timestamp,
    ids: IdSource,
    after_commit: Arc<Mutex<AfterCommit>>,
}

#[derive(Default)]
struct AfterCommit {
    wake_jobs: bool,
    changes: Vec<Change>,
}

impl Store {
    /// Runs `work` in one transaction and commits when it returns `Ok`.
    ///
    /// `work` may run several times: the database can ask for it (deadlock, lock timeout). Capture references,
    /// and cause nothing outside the transaction; side effects are jobs enqueued through the same `tx`.
    ///
    /// ```ignore
    /// let names = &names; // captured values are borrowed, not moved: the closure may run again
    /// store.write(|tx| async move {
    ///     let unit = store::unit::lock(&tx, id).await?;
    ///     store::unit::rename(&tx, &unit, names).await?;
    ///     Ok(unit)
    /// }).await
    /// ```
    ///
    /// # Errors
    /// Whatever `work` returns (rolled back), [`StoreError::Busy`] after six attempts,
    /// [`StoreError::SwallowedFailure`] when `work` returned `Ok` after a failed statement,
    /// [`StoreError::NestedWrite`] when called inside another `write` of the same store: pass the `tx` on instead.
    pub async fn write<T, E, F, Fut>(&self, work: F) -> Result<T, E>
    where
        F: Fn(Tx) -> Fut,
        Fut: Future<Output = Result<T, E>>,
        E: From<StoreError>,
    {
        // A second transaction would not be part of the first; on SQLite it would wait for it for ever.
        let mut writing = WRITING.try_with(Clone::clone).unwrap_or_default();
        if writing.contains(&self.address()) {
            return Err(StoreError::NestedWrite.into());
        }
        writing.push(self.address());
        let mut attempt = 1;
        loop {
            let tx = match self.begin().await {
                Ok(tx) => tx,
                Err(StoreError::Busy(_)) if attempt < ATTEMPTS => {
                    self.pause_before_retry(&mut attempt).await;
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            let outcome = WRITING.scope(writing.clone(), work(tx.clone())).await;
            match self.finish(tx, outcome).await {
                Finished::Done(outcome) => return outcome,
                Finished::Again(_) if attempt < ATTEMPTS => self.pause_before_retry(&mut attempt).await,
                Finished::Again(outcome) => return outcome,
            }
        }
    }

    pub(crate) async fn begin(&self) -> Result<Tx> {
        let options = TransactionOptions {
            isolation_level: (self.engine() == Engine::Postgres).then_some(IsolationLevel::ReadCommitted),
            access_mode: None,
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        };
        let transaction = self.writer().begin_with_options(options).await?;
        Ok(Tx {
            read: Read::in_transaction(transaction),
            now: self.clock().now(),
            ids: self.ids().clone(),
            after_commit: Arc::default(),
        })
    }

    async fn finish<T, E: From<StoreError>>(&self, tx: Tx, outcome: Result<T, E>) -> Finished<T, E> {
        let Tx { read, after_commit, .. } = tx;
        let (failed, retry) = (read.has_failed(), read.wants_retry());
        let Some(transaction) = read.into_transaction() else {
            // The escaped clone rolls back when it is dropped at last.
            return Finished::Done(Err(StoreError::TransactionEscaped.into()));
        };
        if failed || outcome.is_err() {
            // A failed rollback means a lost connection: the server rolls back by itself.
            if let Err(error) = transaction.rollback().await {
                tracing::warn!(%error, "store.rollback_failed");
            }
            return match outcome {
                _ if retry => Finished::Again(outcome.and(Err(StoreError::SwallowedFailure.into()))),
                Ok(_) => Finished::Done(Err(StoreError::SwallowedFailure.into())),
                Err(error) => Finished::Done(Err(error)),
            };
        }
        // On PostgreSQL the announcements travel with the commit, so that other nodes hear of them.
        let after_commit = std::mem::take(&mut *after_commit.lock().unwrap_or_else(PoisonError::into_inner));
        if let Err(error) = changes::send_with_commit(self, &transaction, &after_commit.changes).await {
            return Finished::Done(Err(error.into()));
        }
        match transaction.commit().await {
            Ok(()) => {
                if after_commit.wake_jobs {
                    self.wake_jobs();
                }
                self.publish_changes(after_commit.changes);
                Finished::Done(outcome)
            }
            Err(error) if crate::error::is_worth_retrying(&error) => {
                Finished::Again(Err(StoreError::from(error).into()))
            }
            Err(error) => Finished::Done(Err(StoreError::from(error).into())),
        }
    }

    async fn pause_before_retry(&self, attempt: &mut u32) {
        tracing::debug!(attempt = *attempt, "store.write_retried");
        // 4, 8, 16, 32, 64 ms: lock conflicts are short, and PostgreSQL lets one side of a deadlock win.
        tokio::time::sleep(Duration::from_millis(2 << *attempt)).await;
        *attempt += 1;
    }
}

enum Finished<T, E> {
    Done(Result<T, E>),
    /// Running the transaction again may help; the outcome if there is no attempt left.
    Again(Result<T, E>),
}

impl Tx {
    /// The instant of this transaction: every row it writes carries the same time.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Fresh keys: `tx.ids().fresh::<SiteId>()`.
    pub fn ids(&self) -> &IdSource {
        &self.ids
    }

    /// Wakes the job workers of this process once the transaction is committed.
    pub fn after_commit_wake_jobs(&self) {
        self.after_commit().wake_jobs = true;
    }

    /// Tells every listener of [`Store::changes`], on all nodes, that `topic` changed for `key`, once the
    /// transaction is committed. For caches; work that must happen belongs in a job.
    pub fn after_commit_announce(&self, topic: &'static str, key: impl ToString) {
        let change = Change::Topic { topic: topic.to_owned(), key: key.to_string() };
        let mut after_commit = self.after_commit();
        if !after_commit.changes.contains(&change) {
            after_commit.changes.push(change);
        }
    }

    fn after_commit(&self) -> std::sync::MutexGuard<'_, AfterCommit> {
        self.after_commit.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Every reading function accepts a transaction: `&tx` becomes `&Read`.
impl Deref for Tx {
    type Target = Read;

    fn deref(&self) -> &Read {
        &self.read
    }
}

#[async_trait]
impl ConnectionTrait for Tx {
    fn get_database_backend(&self) -> DbBackend {
        self.read.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.read.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.read.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.read.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.read.query_all_raw(statement).await
    }
}
