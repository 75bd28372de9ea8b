//! The handle that queries run on.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use async_trait::async_trait;
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, IsolationLevel,
    QueryResult, Statement, TransactionTrait,
};

use crate::{Result, Store, error::is_worth_retrying};

/// Something queries can run on: the pool ([`Store::read`]), one consistent moment ([`Store::snapshot`]), or, by
/// dereferencing, a [`crate::Tx`]. Every reading function of this crate takes `&Read`.
#[derive(Clone)]
pub struct Read {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    source: Source,
    /// A statement failed: PostgreSQL will accept nothing more in this transaction.
    failed: AtomicBool,
    /// It failed in a way that running the transaction again may cure.
    retry: AtomicBool,
}

enum Source {
    Pool(DatabaseConnection),
    Transaction(DatabaseTransaction),
}

impl Store {
    /// A handle for reading. Each query sees what is committed when it starts.
    pub fn read(&self) -> Read {
        Read::over(Source::Pool(self.readers().clone()))
    }

    /// A handle whose queries all see the same moment, for pages that must add up. Drop it soon: an old
    /// snapshot keeps the database from cleaning up.
    ///
    /// # Errors
    /// [`crate::StoreError::Busy`] when no connection gets free in time.
    pub async fn snapshot(&self) -> Result<Read> {
        let transaction = match self.engine() {
            crate::Engine::Sqlite => self.readers().begin().await?,
            crate::Engine::Postgres => {
                let isolation = Some(IsolationLevel::RepeatableRead);
                self.readers().begin_with_config(isolation, Some(AccessMode::ReadOnly)).await?
            }
        };
        Ok(Read::over(Source::Transaction(transaction)))
    }
}

impl Read {
    pub(crate) fn in_transaction(transaction: DatabaseTransaction) -> Self {
        Self::over(Source::Transaction(transaction))
    }

    fn over(source: Source) -> Self {
        Self { inner: Arc::new(Inner { source, failed: AtomicBool::new(false), retry: AtomicBool::new(false) }) }
    }

    /// Did a statement fail on this handle?
    pub(crate) fn has_failed(&self) -> bool {
        self.inner.failed.load(Ordering::Acquire)
    }

    /// Did it fail in a way that running the transaction again may cure?
    pub(crate) fn wants_retry(&self) -> bool {
        self.inner.retry.load(Ordering::Acquire)
    }

    /// The transaction itself, unless a clone of the handle is still alive somewhere.
    pub(crate) fn into_transaction(self) -> Option<DatabaseTransaction> {
        match Arc::into_inner(self.inner)?.source {
            Source::Transaction(transaction) => Some(transaction),
            Source::Pool(_) => None,
        }
    }

    fn note<T>(&self, outcome: Result<T, DbErr>) -> Result<T, DbErr> {
        if let Err(error) = &outcome {
            self.inner.failed.store(true, Ordering::Release);
            if is_worth_retrying(error) {
                self.inner.retry.store(true, Ordering::Release);
            }
        }
        outcome
    }
}

macro_rules! delegate {
    ($self:ident, $method:ident($($argument:expr),*)) => {
        $self.note(match &$self.inner.source {
            Source::Pool(pool) => pool.$method($($argument),*).await,
            Source::Transaction(transaction) => transaction.$method($($argument),*).await,
        })
    };
}

#[async_trait]
impl ConnectionTrait for Read {
    fn get_database_backend(&self) -> DbBackend {
        match &self.inner.source {
            Source::Pool(pool) => pool.get_database_backend(),
            Source::Transaction(transaction) => transaction.get_database_backend(),
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        delegate!(self, execute_raw(statement))
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        delegate!(self, execute_unprepared(sql))
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        delegate!(self, query_one_raw(statement))
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        delegate!(self, query_all_raw(statement))
    }
}
