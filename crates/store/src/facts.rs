//! What an open database says about itself, for checks by operators.

use jiff::Timestamp;
use sea_orm::{FromQueryResult, Statement};

use crate::{Engine, Result, Store, StoreError, columns::from_instant};

/// Facts about the engine behind a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineFacts {
    /// `SQLite 3.50.1`, `PostgreSQL 17.2`.
    pub version: String,
    /// First number of the version.
    pub major: u32,
    /// The server's clock; `None` for SQLite, which has none of its own.
    pub now: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct Row {
    version: String,
}

#[derive(FromQueryResult)]
struct ServerClock {
    now: sea_orm::prelude::DateTimeUtc,
}

impl Store {
    /// Asks the engine for its version and its clock.
    ///
    /// # Errors
    /// What a query can say.
    pub async fn engine_facts(&self) -> Result<EngineFacts> {
        let read = self.readers();
        let statement = |sql: &str| Statement::from_string(read.get_database_backend(), sql);
        let (name, sql) = match self.engine() {
            Engine::Sqlite => ("SQLite", "SELECT sqlite_version() AS version"),
            Engine::Postgres => ("PostgreSQL", "SELECT current_setting('server_version') AS version"),
        };
        let row = Row::find_by_statement(statement(sql)).one(read).await?;
        let row = row.ok_or(StoreError::Missing { what: "engine version" })?;
        let digits: String = row.version.chars().take_while(char::is_ascii_digit).collect();
        let now = match self.engine() {
            Engine::Sqlite => None,
            Engine::Postgres => ServerClock::find_by_statement(statement("SELECT clock_timestamp() AS now"))
                .one(read)
                .await?
                .map(|clock| from_instant(clock.now)),
        };
        let version = row.version.split_whitespace().next().unwrap_or_default();
        Ok(EngineFacts { version: format!("{name} {version}"), major: digits.parse().unwrap_or(0), now })
    }
}
