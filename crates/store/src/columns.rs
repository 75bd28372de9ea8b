//! Conversions between domain values and columns, and the small differences between the engines.
//!
//! Entities use `DateTimeUtc`, `Uuid`, `i64`, `bool` and `String` only; these helpers do the rest.

use std::{fmt::Display, str::FromStr};

use domain::{identifier::IdentifierError, time::truncate_to_millis};
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait, EntityTrait, Iterable, Order, QueryOrder,
    entity::prelude::{ColumnTrait, DateTimeUtc},
    sea_query::NullOrdering,
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{Result, StoreError, Tx};

/// SQLite accepts 32,766 parameters in one statement, PostgreSQL 65,535.
const MOST_PARAMETERS: usize = 30_000;

/// A domain instant as a column value, cut to milliseconds.
pub(crate) fn to_instant(instant: Timestamp) -> DateTimeUtc {
    // jiff spans the years -9999 to 9999, chrono ±262,000: every jiff instant fits.
    DateTimeUtc::from_timestamp_millis(truncate_to_millis(instant).as_millisecond()).unwrap_or_default()
}

/// [`to_instant`] for a nullable column.
pub(crate) fn to_optional_instant(instant: Option<Timestamp>) -> Option<DateTimeUtc> {
    instant.map(to_instant)
}

/// A column value as a domain instant.
pub(crate) fn from_instant(instant: DateTimeUtc) -> Timestamp {
    // Only years beyond ±9999 do not fit, and nothing in the house writes such.
    Timestamp::from_millisecond(instant.timestamp_millis()).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// [`from_instant`] for a nullable column.
pub(crate) fn from_optional_instant(instant: Option<DateTimeUtc>) -> Option<Timestamp> {
    instant.map(from_instant)
}

/// A value as JSON text. JSON is opaque to SQL: nothing ever queries inside it.
pub(crate) fn to_json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Database(Box::new(error)))
}

/// JSON text as a value.
pub(crate) fn from_json<T: DeserializeOwned>(table: &'static str, column: &'static str, json: &str) -> Result<T> {
    serde_json::from_str(json).map_err(|error| StoreError::unreadable(table, column, error))
}

/// A column value as an identifier.
///
/// # Errors
/// [`StoreError::Unreadable`] with table, key of the row and column when the text is none of its kind.
pub(crate) fn from_identifier<T: FromStr<Err = IdentifierError>>(
    table: &'static str,
    key: impl Display,
    column: &'static str,
    text: &str,
) -> Result<T> {
    text.parse().map_err(|error| StoreError::unreadable_in_row(table, key, column, format!("{text:?}: {error}")))
}

/// [`from_identifier`] for a nullable column.
pub(crate) fn from_optional_identifier<T: FromStr<Err = IdentifierError>>(
    table: &'static str,
    key: impl Display,
    column: &'static str,
    text: Option<&str>,
) -> Result<Option<T>> {
    text.map(|text| from_identifier(table, key, column, text)).transpose()
}

/// A column value as a count; negative values read as 0.
pub(crate) fn from_count<T: TryFrom<i64> + Default>(count: i64) -> T {
    T::try_from(count).unwrap_or_default()
}

/// Text folded for searching: lower case. `LIKE` folds ASCII case on SQLite and nothing on PostgreSQL, so searches
/// compare folded columns with folded patterns, see [`contains_pattern`].
pub(crate) fn folded(text: &str) -> String {
    text.to_lowercase()
}

/// `LIKE` pattern for "contains", with the wildcards in `text` escaped: `column.like(contains_pattern(text))`.
pub(crate) fn contains_pattern(text: &str) -> sea_orm::sea_query::LikeExpr {
    sea_orm::sea_query::LikeExpr::new(format!("%{}%", escaped_for_like(&folded(text)))).escape('\\')
}

/// Escapes `%`, `_` and `\` for a `LIKE … ESCAPE '\'`.
pub(crate) fn escaped_for_like(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// Orders by a nullable column the same way on both engines: NULL last whatever the direction.
pub(crate) fn order_nulls_last<Q: QueryOrder>(query: Q, column: impl ColumnTrait, order: Order) -> Q {
    query.order_by_with_nulls(column, order, NullOrdering::Last)
}

/// Orders by a nullable column the same way on both engines: NULL first whatever the direction.
pub(crate) fn order_nulls_first<Q: QueryOrder>(query: Q, column: impl ColumnTrait, order: Order) -> Q {
    query.order_by_with_nulls(column, order, NullOrdering::First)
}

/// Inserts any number of rows, in as few statements as the engines allow. Does nothing for no rows.
///
/// # Errors
/// [`StoreError::Duplicate`] and the rest of what an insert can say; all rows or none are kept, as the transaction ends.
pub(crate) async fn insert_all<E, A>(tx: &Tx, rows: Vec<A>) -> Result<()>
where
    E: EntityTrait,
    A: ActiveModelTrait<Entity = E>,
{
    let per_statement = (MOST_PARAMETERS / E::Column::iter().count().max(1)).max(1);
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let chunk: Vec<A> = rows.by_ref().take(per_statement).collect();
        E::insert_many(chunk).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Splits keys for `IN (…)` lists so that no statement has too many parameters.
pub(crate) fn chunks_of_keys<T>(keys: &[T]) -> std::slice::Chunks<'_, T> {
    keys.chunks(MOST_PARAMETERS)
}

/// The row count that an optimistic update must have: one, or somebody else was faster.
///
/// # Errors
/// [`StoreError::Conflict`] when no row matched `id AND lock_version`.
pub(crate) fn require_one_row(what: &'static str, rows_affected: u64) -> Result<()> {
    if rows_affected == 1 { Ok(()) } else { Err(StoreError::Conflict { what }) }
}
