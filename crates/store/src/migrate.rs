//! Numbered plain SQL, one folder per engine, embedded in the binary.
//!
//! `schema_migration` remembers what was applied and the hash of its text: a file that was applied somewhere is
//! never edited again. One node migrates at a time (advisory lock on PostgreSQL, the write lock on SQLite).

use include_dir::{Dir, include_dir};
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement};
use sha2::{Digest, Sha256};

use crate::{Engine, Result, Store, StoreError};

static SQLITE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/migrations/sqlite");
static POSTGRES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/migrations/postgres");

/// Any number that nothing else on the server is likely to lock.
const ADVISORY_LOCK: i64 = 0x5a68_656e_6774_6f6e;

const BOOKKEEPING: &str = "CREATE TABLE IF NOT EXISTS schema_migration (
    version BIGINT NOT NULL PRIMARY KEY,
    name TEXT COLLATE \"C\" NOT NULL,
    sha256 TEXT COLLATE \"C\" NOT NULL,
    applied_at TEXT COLLATE \"C\" NOT NULL
)";

/// Gives every text column the collation "C" (code point order, as SQLite's BINARY), so that sorting, comparing and
/// prefix search mean the same on both engines whatever locale the database was created with.
const COLLATE_TEXT: &str = r#"DO $$
DECLARE item record;
BEGIN
    FOR item IN
        SELECT c.table_name, c.column_name
        FROM information_schema.columns c
        JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
        WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
          AND c.data_type = 'text' AND c.collation_name IS DISTINCT FROM 'C'
    LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN %I TYPE text COLLATE "C"', item.table_name, item.column_name);
    END LOOP;
END $$"#;

/// A migration that [`Store::migrate`] has just applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedMigration {
    /// Number at the beginning of the file name.
    pub version: i64,
    /// Rest of the file name.
    pub name: String,
}

struct Migration {
    version: i64,
    name: String,
    sql: &'static str,
    sha256: String,
}

#[derive(FromQueryResult)]
struct Recorded {
    version: i64,
    name: String,
    sha256: String,
}

/// Hash over all migrations of `engine`: the name of a schema state (test templates are named by it).
pub fn migrations_fingerprint(engine: Engine) -> String {
    let mut hasher = Sha256::new();
    for migration in migrations(engine) {
        hasher.update(migration.sha256);
        hasher.update([b'\n']);
    }
    hex::encode(hasher.finalize())
}

impl Store {
    /// Brings the schema up to date and tells what was applied.
    ///
    /// # Errors
    /// [`StoreError::Migration`], in Chinese: a past file was changed, the database is newer than the program, or a
    /// statement failed. Each migration is applied wholly or not at all.
    pub async fn migrate(&self) -> Result<Vec<AppliedMigration>> {
        let mut applied = Vec::new();
        while let Some(migration) = self.apply_next_migration().await? {
            tracing::info!(version = migration.version, name = migration.name, "store.migrated");
            applied.push(migration);
        }
        Ok(applied)
    }

    /// The migrations that [`Store::migrate`] would apply; empty when the schema is of this version.
    ///
    /// # Errors
    /// As [`Store::migrate`].
    pub async fn pending_migrations(&self) -> Result<Vec<AppliedMigration>> {
        let read = self.read();
        let recorded = if bookkeeping_exists(&read).await? {
            let select = "SELECT version, name, sha256 FROM schema_migration ORDER BY version";
            Recorded::find_by_statement(Statement::from_string(read.get_database_backend(), select)).all(&read).await?
        } else {
            Vec::new()
        };
        let known = migrations(self.engine());
        refuse_changed_past(&known, &recorded)?;
        let waits = |known: &Migration| recorded.iter().all(|recorded| recorded.version != known.version);
        let pending = known.into_iter().filter(waits);
        Ok(pending.map(|known| AppliedMigration { version: known.version, name: known.name }).collect())
    }

    async fn apply_next_migration(&self) -> Result<Option<AppliedMigration>> {
        self.write(|tx| async move {
            if self.engine() == Engine::Postgres {
                // Building an index on a large table, or waiting for a node that does, takes longer than usual.
                tx.execute_unprepared("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0").await?;
                tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")).await?;
            }
            tx.execute_unprepared(&bookkeeping(self.engine())).await?;
            let select = "SELECT version, name, sha256 FROM schema_migration ORDER BY version";
            let recorded = Recorded::find_by_statement(Statement::from_string(tx.get_database_backend(), select));
            let recorded = recorded.all(&tx).await?;
            let known = migrations(self.engine());
            refuse_changed_past(&known, &recorded)?;
            let next = known.iter().find(|known| recorded.iter().all(|recorded| recorded.version != known.version));
            let Some(next) = next else { return Ok(None) };
            tx.execute_unprepared(next.sql).await.map_err(|error| {
                StoreError::Migration(format!("数据库升级 {:04}_{} 失败，未作改动：{error}", next.version, next.name))
            })?;
            if self.engine() == Engine::Postgres {
                tx.execute_unprepared(COLLATE_TEXT).await?;
            }
            record(&tx, next, tx.now()).await?;
            Ok(Some(AppliedMigration { version: next.version, name: next.name.clone() }))
        })
        .await
    }
}

async fn bookkeeping_exists(read: &crate::Read) -> Result<bool> {
    let sql = match read.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT 1 AS one FROM information_schema.tables \
             WHERE table_schema = current_schema() AND table_name = 'schema_migration'"
        }
        _ => "SELECT 1 AS one FROM sqlite_master WHERE type = 'table' AND name = 'schema_migration'",
    };
    Ok(read.query_one_raw(Statement::from_string(read.get_database_backend(), sql)).await?.is_some())
}

async fn record(tx: &crate::Tx, migration: &Migration, now: Timestamp) -> Result<()> {
    let sql = match tx.get_database_backend() {
        DbBackend::Postgres => "INSERT INTO schema_migration VALUES ($1, $2, $3, $4)",
        _ => "INSERT INTO schema_migration VALUES (?, ?, ?, ?)",
    };
    let values = [
        migration.version.into(),
        migration.name.clone().into(),
        migration.sha256.clone().into(),
        now.to_string().into(),
    ];
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values)).await?;
    Ok(())
}

fn refuse_changed_past(known: &[Migration], recorded: &[Recorded]) -> Result<()> {
    for recorded in recorded {
        let Some(known) = known.iter().find(|known| known.version == recorded.version) else {
            return Err(StoreError::Migration(format!(
                "数据库已升级到 {:04}_{},比本程序新。请使用与数据库相同或更新版本的程序。",
                recorded.version, recorded.name
            )));
        };
        if known.sha256 != recorded.sha256 {
            return Err(StoreError::Migration(format!(
                "数据库升级文件 {:04}_{} 在执行之后被改动过，拒绝继续。请使用原版程序，改动应写入新的升级文件。",
                known.version, known.name
            )));
        }
    }
    Ok(())
}

fn bookkeeping(engine: Engine) -> String {
    match engine {
        Engine::Sqlite => format!("{} STRICT", BOOKKEEPING.replace("BIGINT", "INTEGER").replace(" COLLATE \"C\"", "")),
        Engine::Postgres => BOOKKEEPING.to_owned(),
    }
}

/// The files `NNNN_name.sql` of one engine, by number.
fn migrations(engine: Engine) -> Vec<Migration> {
    let folder = match engine {
        Engine::Sqlite => &SQLITE,
        Engine::Postgres => &POSTGRES,
    };
    let mut migrations: Vec<Migration> = folder
        .files()
        .map(|file| {
            let stem = file.path().file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            let (version, name) = stem.split_once('_').expect("a test checks that migrations are named NNNN_name.sql");
            let version = version.parse().expect("a test checks that migrations begin with a number");
            let sql = file.contents_utf8().expect("a test checks that migrations are UTF-8");
            Migration { version, name: name.to_owned(), sql, sha256: hex::encode(Sha256::digest(sql)) }
        })
        .collect();
    migrations.sort_by_key(|migration| migration.version);
    migrations
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_engines_have_the_same_migrations_with_distinct_numbers() {
        let names = |engine| {
            migrations(engine).into_iter().map(|migration| (migration.version, migration.name)).collect::<Vec<_>>()
        };
        assert_eq!(names(Engine::Sqlite), names(Engine::Postgres));
        let mut versions: Vec<i64> = names(Engine::Sqlite).into_iter().map(|(version, _)| version).collect();
        versions.dedup();
        assert_eq!(versions.len(), names(Engine::Sqlite).len());
        assert!(!versions.is_empty());
    }

    #[test]
    fn a_changed_or_unknown_past_is_refused() {
        let known = migrations(Engine::Sqlite);
        let recorded = |version, sha256: &str| Recorded { version, name: "jobs".into(), sha256: sha256.into() };
        assert!(refuse_changed_past(&known, &[recorded(1, &known[0].sha256)]).is_ok());
        let changed = refuse_changed_past(&known, &[recorded(1, "00")]).unwrap_err();
        assert!(changed.to_string().contains("被改动过"), "{changed}");
        let unknown = refuse_changed_past(&known, &[recorded(9999, "00")]).unwrap_err();
        assert!(unknown.to_string().contains("比本程序新"), "{unknown}");
    }
}
