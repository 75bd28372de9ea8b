//! Joining the parts: clock, database, files and engines become an `App`.

use std::sync::Arc;

use app::{App, AppParts, Renderer, files::Files};
use domain::{
    ids::IdSource,
    time::{Clock, Entropy},
};
use store::{Durability, Engine, Store, StoreOptions};

use crate::{
    config::Config,
    refusal::Refusal,
    system::{OsEntropy, SystemClock},
};

/// May this command make a database where there is none?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Database {
    /// Yes: the folder and the file of a SQLite database are made.
    MayBeNew,
    /// No: a wrong path must not look like an empty instance.
    MustExist,
}

/// Opens everything, and refuses a schema that is not of this version. SQLite is brought up to date on the way: it
/// belongs to one machine and one program.
///
/// # Errors
/// A refusal that says what to do.
pub async fn open(config: &Config, database: Database) -> Result<App, Refusal> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let store = connect(config, database, clock.clone()).await?;
    match store.engine() {
        Engine::Sqlite => drop(store.migrate().await?),
        Engine::Postgres => require_current_schema(&store).await?,
    }
    join(config, store, clock)
}

/// Opens and migrates either engine for filling in samples: fast, because a demo that a power cut interrupts is
/// filled anew.
///
/// # Errors
/// As [`open`].
pub async fn open_for_filling(config: &Config, clock: Arc<dyn Clock>) -> Result<App, Refusal> {
    let store = connect_with(config, Database::MayBeNew, clock.clone(), Durability::ProcessCrash).await?;
    store.migrate().await?;
    join(config, store, clock)
}

/// Opens the database alone, whatever its schema.
///
/// # Errors
/// As [`open`].
pub async fn connect(config: &Config, database: Database, clock: Arc<dyn Clock>) -> Result<Store, Refusal> {
    connect_with(config, database, clock, Durability::PowerLoss).await
}

async fn connect_with(
    config: &Config,
    database: Database,
    clock: Arc<dyn Clock>,
    durability: Durability,
) -> Result<Store, Refusal> {
    if let Some(file) = config.sqlite_file().filter(|file| file.as_os_str() != ":memory:") {
        if database == Database::MustExist && !file.is_file() {
            return Err(Refusal::configuration(format!(
                "数据库文件 {} 不存在，请检查 --database，或先运行 zhengtong migrate 建库。",
                file.display()
            )));
        }
        if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| {
                Refusal::configuration(format!("无法建立数据库所在的目录 {}：{error}", folder.display()))
            })?;
        }
    }
    let ids = IdSource::new(clock.clone(), entropy());
    let options = StoreOptions { durability, ..StoreOptions::new(clock, ids) };
    Ok(Store::connect(&config.database, options).await?)
}

/// Joins an open database with files and engines.
///
/// # Errors
/// As [`open`].
pub fn join(config: &Config, store: Store, clock: Arc<dyn Clock>) -> Result<App, Refusal> {
    let files = Files::open(&config.files).map_err(|error| match error {
        app::AppError::Internal(text) => Refusal::configuration(format!("{text}（--files）")),
        other => other.into(),
    })?;
    let renderer = Arc::new(renderer(config)?);
    let rules = Arc::new(crate::rule_book::load(config)?);
    let fetch = fetcher(config, clock.clone())?;
    App::new(AppParts { store, files, clock, entropy: entropy(), renderer, rules, fetch: Arc::new(fetch) })
        .map_err(|error| Refusal::failure(format!("权限策略无法载入：{error}")))
}

/// The guarded door to other machines.
///
/// # Errors
/// A refusal when this machine cannot speak to any.
pub fn fetcher(config: &Config, clock: Arc<dyn Clock>) -> Result<fetch::Fetcher, Refusal> {
    let settings = fetch::FetchSettings { allow: config.outbound_allow.clone(), ..fetch::FetchSettings::default() };
    fetch::Fetcher::new(settings, clock).map_err(|error| Refusal::failure(format!("无法准备对外访问：{error}")))
}

/// The theme: the embedded one, or the folder that the configuration names.
///
/// # Errors
/// A refusal with what is wrong in the theme.
pub fn renderer(config: &Config) -> Result<Renderer, Refusal> {
    let loaded = match &config.theme {
        Some(folder) => Renderer::from_directory(folder),
        None => Renderer::official(),
    };
    loaded.map_err(|error| Refusal::configuration(format!("主题无法使用：{error}")))
}

/// Refuses a database whose schema is not of this version.
///
/// # Errors
/// A refusal that says what to do.
pub async fn require_current_schema(store: &Store) -> Result<(), Refusal> {
    let waiting = store.pending_migrations().await?;
    match waiting.first() {
        None => Ok(()),
        Some(first) => Err(Refusal::failure(format!(
            "数据库结构不是本版本的：还有 {} 项升级未执行（从 {:04}_{} 起）。请先备份，再运行 zhengtong migrate。",
            waiting.len(),
            first.version,
            first.name
        ))),
    }
}

fn entropy() -> Arc<dyn Entropy> {
    Arc::new(OsEntropy)
}
