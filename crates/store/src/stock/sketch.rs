//! Sketches of admitted editions: what a run looks at instead of the texts.

use domain::ids::{EditionId, ResourceId};
use sea_orm::{
    ConnectionTrait, EntityTrait, FromQueryResult, Set, Statement, Value, entity::prelude::*, sea_query::OnConflict,
};

use crate::{
    Read, Result, Tx,
    columns::{escaped_for_like, to_instant},
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "edition_sketch")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub edition: Uuid,
        pub resource: Uuid,
        pub sketch: Vec<u8>,
        pub lot: i64,
        pub made_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An edition with its sketch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SketchedEdition {
    /// The edition.
    pub edition: EditionId,
    /// The sketch.
    pub sketch: Vec<u8>,
}

#[derive(FromQueryResult)]
struct KeyRow {
    edition: Uuid,
}

/// Keeps the sketch of an edition in place of any earlier one of the same resource and language: only what is admitted
/// is stock. `lot` is drawn by chance, not negative.
pub async fn keep(
    tx: &Tx,
    edition: EditionId,
    resource: ResourceId,
    language: &str,
    sketch: Vec<u8>,
    lot: i64,
) -> Result<()> {
    let sql = "DELETE FROM edition_sketch WHERE resource = $1 AND edition <> $2
               AND edition IN (SELECT id FROM edition WHERE resource = $1 AND language = $3)";
    let values: [Value; 3] = [resource.0.into(), edition.0.into(), language.into()];
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values)).await?;
    let row = entity::ActiveModel {
        edition: Set(edition.0),
        resource: Set(resource.0),
        sketch: Set(sketch),
        lot: Set(lot),
        made_at: Set(to_instant(tx.now())),
    };
    entity::Entity::insert(row)
        .on_conflict(
            OnConflict::column(entity::Column::Edition)
                .update_columns([entity::Column::Sketch, entity::Column::MadeAt])
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Forgets the sketches of a resource: it was recalled.
pub async fn forget(tx: &Tx, resource: ResourceId) -> Result<()> {
    entity::Entity::delete_many().filter(entity::Column::Resource.eq(resource.0)).exec(tx).await?;
    Ok(())
}

/// Sketches after a key, in the order of the keys; of resources below `path` only, unless it is `None`.
pub async fn after(
    read: &Read,
    path: Option<&str>,
    after: Option<EditionId>,
    limit: u64,
) -> Result<Vec<SketchedEdition>> {
    #[derive(FromQueryResult)]
    struct Row {
        edition: Uuid,
        sketch: Vec<u8>,
    }
    let mut values: Vec<Value> = vec![after.map_or(Uuid::nil(), |id| id.0).into(), number(limit)];
    let (join, within) = match path {
        None => ("", ""),
        Some(path) => {
            values.push(format!("{}%", escaped_for_like(path)).into());
            ("JOIN resource r ON r.id = s.resource", r"AND r.unit_path LIKE $3 ESCAPE '\'")
        }
    };
    let sql = format!(
        "SELECT s.edition, s.sketch FROM edition_sketch s {join} WHERE s.edition > $1 {within} ORDER BY s.edition LIMIT $2"
    );
    let rows = Row::find_by_statement(Statement::from_sql_and_values(read.get_database_backend(), sql, values));
    Ok(rows
        .all(read)
        .await?
        .into_iter()
        .map(|row| SketchedEdition { edition: row.edition.into(), sketch: row.sketch })
        .collect())
}

/// Admitted editions without a sketch after a key: what was admitted before there were sketches.
pub async fn missing_after(read: &Read, after: Option<EditionId>, limit: u64) -> Result<Vec<EditionId>> {
    let sql = "SELECT e.id AS edition FROM edition e LEFT JOIN edition_sketch s ON s.edition = e.id
               WHERE e.state = 'admitted' AND s.edition IS NULL AND e.id > $1 ORDER BY e.id LIMIT $2";
    keys(read, sql, vec![after.map_or(Uuid::nil(), |id| id.0).into(), number(limit)]).await
}

/// Admitted editions that are live in a column marked 重点敏感栏目.
pub async fn in_sensitive_columns(read: &Read) -> Result<Vec<EditionId>> {
    let sql = "SELECT DISTINCT s.edition FROM placement p
               JOIN site_column c ON c.id = p.site_column AND c.sensitive AND c.active
               JOIN edition_sketch s ON s.resource = p.resource
               WHERE p.state = 'live' ORDER BY s.edition";
    keys(read, sql, Vec::new()).await
}

/// The editions whose lot follows `from`, as many as asked for; from the smallest lot on when the end is reached.
pub async fn sample(read: &Read, from: i64, count: u64) -> Result<Vec<EditionId>> {
    let sql = "SELECT s.edition FROM edition_sketch s WHERE s.lot >= $1 ORDER BY s.lot, s.edition LIMIT $2";
    let mut found = keys(read, sql, vec![from.into(), number(count)]).await?;
    let left = count.saturating_sub(found.len() as u64);
    if left > 0 {
        let sql = "SELECT s.edition FROM edition_sketch s WHERE s.lot < $1 ORDER BY s.lot, s.edition LIMIT $2";
        found.extend(keys(read, sql, vec![from.into(), number(left)]).await?);
    }
    Ok(found)
}

async fn keys(read: &Read, sql: &str, values: Vec<Value>) -> Result<Vec<EditionId>> {
    let rows = KeyRow::find_by_statement(Statement::from_sql_and_values(read.get_database_backend(), sql, values));
    Ok(rows.all(read).await?.into_iter().map(|row| row.edition.into()).collect())
}

fn number(count: u64) -> Value {
    i64::try_from(count).unwrap_or(i64::MAX).into()
}
