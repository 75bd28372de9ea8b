//! What can go wrong below the verbs, in words that both engines share.
//!
//! A verb matches on [`StoreError::Conflict`] and [`StoreError::Duplicate`]; everything else is an internal error
//! that is logged and shown as 系统繁忙.

use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr, sqlx};
use sqlx::error::{DatabaseError, ErrorKind};

/// An error of the store. Messages meant for operators (bad URL, migrations) are Chinese.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database URL of the configuration cannot be used; the text says what to write instead.
    #[error("{0}")]
    BadUrl(String),
    /// The database did not answer.
    #[error("无法连接数据库：{message}")]
    Unreachable {
        /// What to check, in Chinese.
        message: String,
        /// The driver's own words.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The schema cannot be brought up to date.
    #[error("{0}")]
    Migration(String),
    /// Somebody else saved the row since it was read (optimistic lock).
    #[error("{what} was changed by somebody else since it was read")]
    Conflict {
        /// The noun, e.g. `edition`.
        what: &'static str,
    },
    /// A unique key is taken.
    #[error("duplicate value for {constraint}")]
    Duplicate {
        /// `table(column, column)`, the same text on both engines.
        constraint: String,
    },
    /// A foreign key points to nothing, or the row to be deleted is still pointed to.
    #[error("broken reference {}", constraint.as_deref().unwrap_or("(constraint not named by the engine)"))]
    BrokenReference {
        /// Name of the constraint; SQLite does not tell it.
        constraint: Option<String>,
    },
    /// The row asked for does not exist although the caller holds its key.
    #[error("{what} does not exist")]
    Missing {
        /// The noun, e.g. `job`.
        what: &'static str,
    },
    /// A stored value cannot be read as what its column should hold.
    #[error("{table}.{column} holds a value that cannot be read: {problem}")]
    Unreadable {
        /// Table name.
        table: &'static str,
        /// Column name.
        column: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// Locks or connections stayed taken for too long, also after retrying.
    #[error("database is busy: {0}")]
    Busy(String),
    /// A statement failed inside a write, the closure ignored that and returned `Ok`. PostgreSQL would have
    /// dropped the whole transaction silently, so neither engine commits it.
    #[error("a statement of the transaction failed and its error was not returned")]
    SwallowedFailure,
    /// `Store::write` was called inside `Store::write`.
    #[error("Store::write inside Store::write: pass the transaction on instead")]
    NestedWrite,
    /// A clone of the transaction outlived the closure of `Store::write`.
    #[error("the transaction was kept beyond the closure of Store::write")]
    TransactionEscaped,
    /// Anything else the database said.
    #[error("database error: {0}")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl StoreError {
    /// Is this a [`StoreError::Duplicate`] of the unique key over exactly these columns?
    ///
    /// ```ignore
    /// Err(error) if error.is_duplicate_of("unit", &["code"]) => ...
    /// ```
    pub fn is_duplicate_of(&self, table: &str, columns: &[&str]) -> bool {
        matches!(self, Self::Duplicate { constraint } if *constraint == format!("{table}({})", columns.join(", ")))
    }

    /// Builds the error for a stored value that does not parse.
    pub(crate) fn unreadable(table: &'static str, column: &'static str, problem: impl ToString) -> Self {
        Self::Unreadable { table, column, problem: problem.to_string() }
    }

    /// [`Self::unreadable`] for a column that holds an identifier, naming the row as well.
    pub(crate) fn unreadable_in_row(
        table: &'static str,
        key: impl std::fmt::Display,
        column: &'static str,
        problem: impl std::fmt::Display,
    ) -> Self {
        Self::unreadable(table, column, format!("row {key}: {problem}"))
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if let DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) = error {
            return Self::Busy("no free connection in the pool".to_owned());
        }
        if is_worth_retrying(&error) {
            return Self::Busy(error.to_string());
        }
        match database_error(&error) {
            Some(cause) => match cause.kind() {
                ErrorKind::UniqueViolation => Self::Duplicate { constraint: unique_key_of(cause) },
                ErrorKind::ForeignKeyViolation => {
                    Self::BrokenReference { constraint: cause.constraint().map(str::to_owned) }
                }
                _ => Self::Database(Box::new(error)),
            },
            None => Self::Database(Box::new(error)),
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        DbErr::Query(RuntimeErr::SqlxError(error.into())).into()
    }
}

/// Would running the whole transaction again have a chance? Serialization failure, deadlock and lock timeout on
/// PostgreSQL; BUSY and LOCKED on SQLite.
pub(crate) fn is_worth_retrying(error: &DbErr) -> bool {
    let Some(cause) = database_error(error) else { return false };
    let Some(code) = cause.code() else { return false };
    if cause.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() {
        // Extended result codes keep the primary code in the low byte: 5 is SQLITE_BUSY, 6 is SQLITE_LOCKED.
        return code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6));
    }
    matches!(code.as_ref(), "40001" | "40P01" | "55P03")
}

fn database_error(error: &DbErr) -> Option<&dyn DatabaseError> {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause))
        | DbErr::Conn(RuntimeErr::SqlxError(cause)) => cause.as_database_error(),
        _ => None,
    }
}

/// `table(column, column)` from what each engine tells about a violated unique key.
fn unique_key_of(cause: &dyn DatabaseError) -> String {
    if let Some(postgres) = cause.try_downcast_ref::<sqlx::postgres::PgDatabaseError>() {
        // "Key (kind, dedupe_key)=(a, b) already exists.", in the server's language: only the punctuation is sure.
        let columns = postgres
            .detail()
            .and_then(|detail| detail.split_once('('))
            .and_then(|(_, rest)| rest.split_once(")=("))
            .map(|(columns, _)| columns);
        return match (postgres.table(), columns) {
            (Some(table), Some(columns)) => format!("{table}({columns})"),
            _ => postgres.constraint().unwrap_or("?").to_owned(),
        };
    }
    // "UNIQUE constraint failed: job.kind, job.dedupe_key"
    let Some((_, list)) = cause.message().rsplit_once("failed: ") else {
        return cause.message().to_owned();
    };
    let table = list.split('.').next().unwrap_or(list);
    let columns: Vec<&str> =
        list.split(", ").filter_map(|item| item.split_once('.')).map(|(_, column)| column).collect();
    format!("{table}({})", columns.join(", "))
}
