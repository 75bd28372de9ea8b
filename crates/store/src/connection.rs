//! Opening a database.
//!
//! SQLite gets one writer connection and a pool of readers that cannot write (`query_only`); PostgreSQL gets one
//! pool for both.

use std::{path::Path, str::FromStr, sync::Arc, time::Duration};

use domain::{ids::IdSource, time::Clock};
use sea_orm::{
    DatabaseConnection, SqlxPostgresConnector, SqlxSqliteConnector,
    sqlx::{
        ConnectOptions,
        postgres::{PgConnectOptions, PgPoolOptions},
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
    },
};
use tokio::sync::watch;

use crate::{Durability, Result, StoreError, StoreOptions, changes::Announcer};

/// Statements slower than this are logged as warnings.
const SLOW: Duration = Duration::from_secs(2);

/// Which database holds the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// One file on this machine.
    Sqlite,
    /// A PostgreSQL server.
    Postgres,
}

/// An open database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    engine: Engine,
    url: String,
    writer: DatabaseConnection,
    readers: DatabaseConnection,
    clock: Arc<dyn Clock>,
    ids: IdSource,
    announcer: Arc<Announcer>,
    jobs_enqueued: watch::Sender<u64>,
}

impl Store {
    /// Opens `sqlite:PATH` (the file is created, its folder is not), `sqlite::memory:` or `postgres://…`.
    /// Does not touch the schema: call [`Store::migrate`].
    ///
    /// # Errors
    /// [`StoreError::BadUrl`] and [`StoreError::Unreachable`], both with a Chinese text that says what to do.
    pub async fn connect(url: &str, options: StoreOptions) -> Result<Self> {
        let (engine, writer, readers) = if url.starts_with("sqlite:") {
            let (writer, readers) = open_sqlite(url, &options).await?;
            (Engine::Sqlite, writer, readers)
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let pool = open_postgres(url, &options).await?;
            (Engine::Postgres, pool.clone(), pool)
        } else {
            return Err(StoreError::BadUrl(format!(
                "数据库地址“{}”无法识别。请写成 sqlite:数据库文件路径，或 postgres://用户:密码@主机:端口/库名。",
                without_password(url)
            )));
        };
        let announcer = Arc::new(Announcer::new(options.ids.uuid()));
        let (clock, ids) = (options.clock, options.ids);
        let jobs_enqueued = watch::Sender::new(0);
        let inner = Inner { engine, url: url.to_owned(), writer, readers, clock, ids, announcer, jobs_enqueued };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Which database holds the data.
    pub fn engine(&self) -> Engine {
        self.inner.engine
    }

    /// Does the database answer?
    ///
    /// # Errors
    /// [`StoreError::Unreachable`].
    pub async fn ping(&self) -> Result<()> {
        let unreachable = |error| unreachable("请检查数据库服务。", error);
        self.readers().ping().await.map_err(unreachable)
    }

    /// A receiver that changes whenever jobs were enqueued in this process.
    pub fn watch_jobs(&self) -> watch::Receiver<u64> {
        self.inner.jobs_enqueued.subscribe()
    }

    /// Waits until running statements are done and closes all connections. SQLite then has folded its log into the
    /// database file.
    pub async fn close(&self) {
        for pool in [&self.inner.readers, &self.inner.writer] {
            if let Err(error) = pool.close_by_ref().await {
                tracing::warn!(%error, "store.close_failed");
            }
        }
    }

    /// Tells one open database from another.
    pub(crate) fn address(&self) -> usize {
        Arc::as_ptr(&self.inner).addr()
    }

    pub(crate) fn writer(&self) -> &DatabaseConnection {
        &self.inner.writer
    }

    pub(crate) fn readers(&self) -> &DatabaseConnection {
        &self.inner.readers
    }

    /// The clock the store was opened with: the workers' clock, so that leases and instants agree.
    pub fn clock(&self) -> &dyn Clock {
        self.inner.clock.as_ref()
    }

    pub(crate) fn ids(&self) -> &IdSource {
        &self.inner.ids
    }

    pub(crate) fn url(&self) -> &str {
        &self.inner.url
    }

    pub(crate) fn announcer(&self) -> &Arc<Announcer> {
        &self.inner.announcer
    }

    pub(crate) fn wake_jobs(&self) {
        self.inner.jobs_enqueued.send_modify(|count| *count += 1);
    }
}

async fn open_sqlite(url: &str, options: &StoreOptions) -> Result<(DatabaseConnection, DatabaseConnection)> {
    let parsed = SqliteConnectOptions::from_str(url).map_err(|error| {
        StoreError::BadUrl(format!("数据库地址“{url}”有误：{error}。请写成 sqlite:数据库文件路径。"))
    })?;
    let file = parsed.get_filename().to_owned();
    let in_memory = url.contains(":memory:") || url.contains("mode=memory");
    if !in_memory {
        require_folder(&file)?;
    }
    let synchronous = match options.durability {
        Durability::PowerLoss => SqliteSynchronous::Full,
        Durability::ProcessCrash => SqliteSynchronous::Normal,
    };
    let common = parsed
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(synchronous)
        .busy_timeout(options.acquire_timeout)
        .disable_statement_logging()
        .log_slow_statements("warn".parse().expect("warn is a log level"), SLOW);
    // The writer connection never expires: a database in memory lives as long as its last connection.
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(options.acquire_timeout)
        .connect_with(common.clone())
        .await
        .map_err(|error| unreachable(&format!("无法打开数据库文件 {},请检查路径和权限。", file.display()), error))?;
    let readers = SqlitePoolOptions::new()
        .max_connections(options.max_connections)
        .acquire_timeout(options.acquire_timeout)
        .connect_with(common.pragma("query_only", "on"))
        .await
        .map_err(|error| unreachable(&format!("无法读取数据库文件 {}。", file.display()), error))?;
    Ok((SqlxSqliteConnector::from_sqlx_sqlite_pool(writer), SqlxSqliteConnector::from_sqlx_sqlite_pool(readers)))
}

async fn open_postgres(url: &str, options: &StoreOptions) -> Result<DatabaseConnection> {
    let shown = without_password(url);
    let connect = PgConnectOptions::from_str(url)
        .map_err(|error| {
            StoreError::BadUrl(format!(
                "数据库地址“{shown}”有误：{error}。请写成 postgres://用户:密码@主机:端口/库名，密码中的特殊字符须作百分号编码。"
            ))
        })?
        .application_name(&options.application_name)
        .options([
            ("statement_timeout", options.statement_timeout.as_millis().to_string()),
            // A writer that waits this long for a row gives up and is tried again.
            ("lock_timeout", options.acquire_timeout.as_millis().to_string()),
            ("idle_in_transaction_session_timeout", (options.statement_timeout * 2).as_millis().to_string()),
            ("TimeZone", "UTC".to_owned()),
        ])
        .disable_statement_logging()
        .log_slow_statements("warn".parse().expect("warn is a log level"), SLOW);
    let pool = PgPoolOptions::new()
        .max_connections(options.max_connections)
        .acquire_timeout(options.acquire_timeout)
        .connect_with(connect)
        .await
        .map_err(|error| {
            unreachable(&format!("无法连接 {shown}，请检查服务是否启动、地址、用户名、密码和库名。"), error)
        })?;
    Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool))
}

fn require_folder(file: &Path) -> Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if folder.is_dir() {
        return Ok(());
    }
    Err(StoreError::BadUrl(format!(
        "数据库文件所在的文件夹 {} 不存在，请先建立该文件夹，或修改数据库地址。",
        folder.display()
    )))
}

/// The URL as it may appear in messages and logs.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    match rest.rsplit_once('@') {
        Some((credentials, host)) => {
            let user = credentials.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}:***@{host}")
        }
        None => url.to_owned(),
    }
}

fn unreachable(message: &str, error: impl std::error::Error + Send + Sync + 'static) -> StoreError {
    StoreError::Unreachable { message: message.to_owned(), source: Box::new(error) }
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn passwords_do_not_reach_messages() {
        assert_eq!(without_password("postgres://zt:s@cr:t@db:5432/zt"), "postgres://zt:***@db:5432/zt");
        assert_eq!(without_password("postgres://db/zt"), "postgres://db/zt");
        assert_eq!(without_password("mysql:zt"), "mysql:zt");
    }
}
