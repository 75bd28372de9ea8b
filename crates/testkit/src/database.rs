//! A freshly migrated database for each test, on either engine.

use std::{fs, io, path::PathBuf, sync::Arc, time::Duration};

use domain::{ids::IdSource, time::Clock};
use jiff::Timestamp;
use store::{Durability, Engine, Store, StoreOptions, migrations_fingerprint};
use tempfile::TempDir;

use crate::{
    TestClock, TestEntropy,
    postgres::{self, Server},
    workspace,
};

/// A migrated, empty database that disappears with this value.
pub struct TestDb {
    /// The open database.
    pub store: Store,
    /// The clock of `store`.
    pub clock: Arc<TestClock>,
    /// The keys of `store`.
    pub ids: IdSource,
    url: String,
    place: Place,
}

/// A database without any table; it disappears with this value or with the [`TestDb`] it came from.
pub struct EmptyDb {
    url: String,
    _place: Option<PostgresDatabase>,
}

impl EmptyDb {
    /// Where the database is.
    pub fn url(&self) -> &str {
        &self.url
    }
}

enum Place {
    Sqlite(TempDir),
    Postgres(PostgresDatabase),
}

struct PostgresDatabase {
    server: Server,
    name: String,
}

impl TestDb {
    /// A database on `engine`.
    ///
    /// # Errors
    /// No PostgreSQL on this machine, or anything the file system and the server can say.
    pub async fn new(engine: Engine) -> Result<Self, Box<dyn std::error::Error>> {
        let clock = Arc::new(TestClock::default());
        let ids = IdSource::new(clock.clone(), Arc::new(TestEntropy::default()));
        let (url, place) = match engine {
            Engine::Sqlite => copy_sqlite_template().await?,
            Engine::Postgres => clone_postgres_template().await?,
        };
        let store = Store::connect(&url, options(&clock, &ids)).await?;
        Ok(Self { store, clock, ids, url, place })
    }

    /// The database on SQLite, for tests that need any one database.
    ///
    /// # Errors
    /// Anything the file system can say.
    pub async fn sqlite() -> Result<Self, Box<dyn std::error::Error>> {
        Self::new(Engine::Sqlite).await
    }

    /// A database without any table, on the same engine.
    ///
    /// # Errors
    /// As for [`TestDb::new`].
    pub async fn empty_database(&self) -> Result<EmptyDb, Box<dyn std::error::Error>> {
        let (url, place) = match &self.place {
            Place::Sqlite(folder) => (format!("sqlite:{}", folder.path().join("empty.db").display()), None),
            Place::Postgres(database) => {
                let name = format!("test_{}", unique()?);
                let server = database.server.clone();
                server.sql(&format!("CREATE DATABASE {name}"))?;
                (server.url(&name), Some(PostgresDatabase { server, name }))
            }
        };
        Ok(EmptyDb { url, _place: place })
    }

    /// What `clock` shows.
    pub fn clock_now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Where the database is, for opening it again.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Options like those `store` was opened with, with the same clock and ids.
    pub fn options(&self) -> StoreOptions {
        options(&self.clock, &self.ids)
    }

    /// Opens the database a second time, as another node would.
    ///
    /// # Errors
    /// What connecting can say.
    pub async fn another_store(&self) -> store::Result<Store> {
        Store::connect(&self.url, self.options()).await
    }
}

/// Runs one test on one engine; what `#[db_test]` expands to. Without PostgreSQL the test fails in CI (environment
/// variable `CI`) and is skipped, with a line that says so, anywhere else.
pub fn run_on<F: Future<Output = ()>>(engine: Engine, test: impl FnOnce(TestDb) -> F) {
    if engine == Engine::Postgres && postgres::binaries().is_none() {
        let message = "no PostgreSQL in /usr/lib/postgresql (Debian: apt-get install postgresql)";
        assert!(std::env::var_os("CI").is_none(), "{message}");
        eprintln!("SKIPPED: {message}");
        return;
    }
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .enable_all()
        .build()
        .expect("a test machine can start threads")
        .block_on(async {
            let db = TestDb::new(engine).await.expect("the test database can be made");
            test(db).await;
        });
}

fn options(clock: &Arc<TestClock>, ids: &IdSource) -> StoreOptions {
    let mut options = StoreOptions::new(clock.clone(), ids.clone());
    options.durability = Durability::ProcessCrash;
    options.application_name = "zhengtong-test".to_owned();
    options
}

/// Options for work on templates: any clock will do.
fn template_options() -> StoreOptions {
    let clock = Arc::new(TestClock::default());
    let ids = IdSource::new(clock.clone(), Arc::new(TestEntropy::default()));
    options(&clock, &ids)
}

async fn copy_sqlite_template() -> Result<(String, Place), Box<dyn std::error::Error>> {
    let template = sqlite_template().await?;
    let folder = tempfile::Builder::new().prefix("zhengtong-test-").tempdir()?;
    let file = folder.path().join("test.db");
    fs::copy(template, &file)?;
    Ok((format!("sqlite:{}", file.display()), Place::Sqlite(folder)))
}

/// The migrated file that tests copy, made by the first test that needs it.
async fn sqlite_template() -> Result<PathBuf, Box<dyn std::error::Error>> {
    let folder = workspace::folder()?;
    let template = folder.join(format!("sqlite-{}.db", short_fingerprint(Engine::Sqlite)));
    if template.is_file() {
        return Ok(template);
    }
    let _lock = workspace::lock(&folder)?;
    if !template.is_file() {
        workspace::sweep(&folder, "sqlite-", Duration::from_secs(3 * 24 * 3600))?;
        let building = tempfile::Builder::new().prefix("building-").tempdir_in(&folder)?;
        let file = building.path().join("template.db");
        let store = Store::connect(&format!("sqlite:{}", file.display()), template_options()).await?;
        store.migrate().await?;
        store.close().await;
        fs::rename(file, &template)?;
    }
    Ok(template)
}

async fn clone_postgres_template() -> Result<(String, Place), Box<dyn std::error::Error>> {
    let folder = workspace::folder()?;
    let binaries = postgres::binaries().ok_or("no PostgreSQL in /usr/lib/postgresql")?;
    let lock = workspace::lock(&folder)?;
    let server = Server::running(&folder, binaries, &lock)?;
    let template = format!("template_{}", short_fingerprint(Engine::Postgres));
    if !server.has(&template)? {
        // Renamed when complete: a test process that dies in the middle leaves no half template behind.
        let building = format!("building_{}", unique()?);
        server.sql(&format!("CREATE DATABASE {building}"))?;
        let store = Store::connect(&server.url(&building), template_options()).await?;
        store.migrate().await?;
        store.close().await;
        server.sql(&format!("ALTER DATABASE {building} RENAME TO {template}"))?;
    }
    drop(lock);
    let name = format!("test_{}", unique()?);
    server.sql(&format!("CREATE DATABASE {name} TEMPLATE {template}"))?;
    let url = server.url(&name);
    Ok((url, Place::Postgres(PostgresDatabase { server, name })))
}

/// Empty, but its existence makes closures capture the whole value instead of its fields: otherwise the database
/// would be dropped while its store is still in use.
impl Drop for TestDb {
    fn drop(&mut self) {}
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        if let Err(error) = self.drop_database() {
            eprintln!("testkit: cannot drop {}: {error}", self.name);
        }
    }
}

impl PostgresDatabase {
    fn drop_database(&self) -> io::Result<()> {
        workspace::touch(&workspace::folder()?)?;
        self.server.sql(&format!("DROP DATABASE {} WITH (FORCE)", self.name)).map(drop)
    }
}

fn short_fingerprint(engine: Engine) -> String {
    migrations_fingerprint(engine).chars().take(24).collect()
}

/// A name that no other test process, on this server or before it, has used.
fn unique() -> io::Result<String> {
    Ok(fs::read_to_string("/proc/sys/kernel/random/uuid")?.trim().replace('-', ""))
}
