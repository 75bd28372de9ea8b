//! Signatures of admitted editions: texts that are nearly the same share a key, so that candidates are found by equality.

use domain::ids::{EditionId, ResourceId};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value, entity::prelude::*};

use crate::{Read, Result, Tx};

/// Keeps the keys of an edition in place of those of any earlier edition of the same resource and language.
pub async fn keep(tx: &Tx, edition: EditionId, resource: ResourceId, language: &str, keys: &[u64]) -> Result<()> {
    let sql = "DELETE FROM edition_signature WHERE resource = $1
               AND edition IN (SELECT id FROM edition WHERE resource = $1 AND language = $2)";
    run(tx, sql, vec![resource.0.into(), language.into()]).await?;
    let mut keys: Vec<i64> = keys.iter().map(|key| key.cast_signed()).collect();
    keys.sort_unstable();
    keys.dedup();
    if keys.is_empty() {
        return Ok(());
    }
    let sql = "INSERT INTO edition_signature (edition, resource) VALUES ($1, $2)";
    run(tx, sql, vec![edition.0.into(), resource.0.into()]).await?;
    let rows: Vec<String> = (0..keys.len()).map(|at| format!("(${}, $1)", at + 2)).collect();
    let sql = format!("INSERT INTO edition_signature_key (key, edition) VALUES {}", rows.join(", "));
    run(tx, &sql, std::iter::once(edition.0.into()).chain(keys.into_iter().map(Value::from)).collect()).await
}

/// Forgets a resource: it was recalled.
pub async fn forget(tx: &Tx, resource: ResourceId) -> Result<()> {
    run(tx, "DELETE FROM edition_signature WHERE resource = $1", vec![resource.0.into()]).await
}

/// Admitted editions of other resources that share a key, those that share most first.
pub async fn sharing(read: &Read, except: ResourceId, keys: &[u64], limit: u64) -> Result<Vec<EditionId>> {
    #[derive(FromQueryResult)]
    struct Row {
        edition: Uuid,
    }
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (0..keys.len()).map(|at| format!("${}", at + 3)).collect();
    let sql = format!(
        "SELECT k.edition FROM edition_signature_key k JOIN edition_signature s ON s.edition = k.edition
         WHERE k.key IN ({}) AND s.resource <> $1 GROUP BY k.edition ORDER BY COUNT(*) DESC, k.edition LIMIT $2",
        places.join(", ")
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let fixed: [Value; 2] = [except.0.into(), limit.into()];
    let values = fixed.into_iter().chain(keys.iter().map(|key| key.cast_signed().into()));
    let statement = Statement::from_sql_and_values(read.get_database_backend(), sql, values);
    Ok(Row::find_by_statement(statement).all(read).await?.into_iter().map(|row| row.edition.into()).collect())
}

async fn run(tx: &Tx, sql: &str, values: Vec<Value>) -> Result<()> {
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values)).await?;
    Ok(())
}
