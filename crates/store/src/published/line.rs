//! Lines of lists: home blocks, index and archive pages.

use domain::{
    edition::LANGUAGE_CHINESE,
    element::Elements,
    ids::{ColumnId, EditionId, PlacementId, ResourceId},
    resource::ResourceKind,
};
use jiff::Timestamp;
use sea_orm::{FromQueryResult, Value, entity::prelude::*};

use super::{kind, places, statement};
use crate::{
    Read, Result,
    columns::{from_instant, from_json},
};

/// A resource as one line of a list.
#[derive(Debug, Clone)]
pub struct ListLine {
    /// The placement that puts it there.
    pub placement: PlacementId,
    /// In this column.
    pub column: ColumnId,
    /// What.
    pub resource: ResourceId,
    /// Its type.
    pub kind: ResourceKind,
    /// Number in its address.
    pub serial: i64,
    /// Month in its address.
    pub address_month: String,
    /// The admitted edition whose title is shown.
    pub edition: EditionId,
    /// 标题
    pub title: String,
    /// Element table.
    pub elements: Elements,
    /// Publication time, which orders lists.
    pub sort_at: Timestamp,
    /// 置顶
    pub pinned: bool,
}

const SELECT: &str = "SELECT p.id AS placement, p.site_column, p.resource, r.kind, r.serial, r.address_month,
                             e.id AS edition, e.title, e.elements, p.sort_at, p.pinned
                      FROM placement p
                      JOIN resource r ON r.id = p.resource
                      JOIN edition e ON e.resource = p.resource AND e.state = 'admitted' AND e.language = $1
                      WHERE p.state = 'live' AND p.sort_at IS NOT NULL";

/// Lines `offset..offset + limit` of a column, counted from the oldest.
pub async fn lines(read: &Read, column: ColumnId, offset: u64, limit: u64) -> Result<Vec<ListLine>> {
    let sql = format!("{SELECT} AND p.site_column = $2 ORDER BY p.sort_at, p.id LIMIT $3 OFFSET $4");
    let number = |value: u64| Value::from(i64::try_from(value).unwrap_or(i64::MAX));
    fetch(read, sql, vec![Value::from(column.0), number(limit), number(offset)]).await
}

/// The newest lines of several columns together, a resource in two of them once, newest first.
pub async fn newest(read: &Read, columns: &[ColumnId], limit: usize) -> Result<Vec<ListLine>> {
    // One query per column walks the index from its end; one over all columns would read them whole.
    let sql = format!("{SELECT} AND p.site_column = $2 ORDER BY p.sort_at DESC, p.id DESC LIMIT {limit}");
    let mut found = Vec::new();
    for column in columns {
        found.extend(fetch(read, sql.clone(), vec![Value::from(column.0)]).await?);
    }
    found.sort_by_key(|line| std::cmp::Reverse((line.sort_at, line.placement)));
    let mut seen = std::collections::HashSet::new();
    found.retain(|line| seen.insert(line.resource));
    found.truncate(limit);
    Ok(found)
}

/// The pinned lines of columns, newest first.
pub async fn pinned(read: &Read, columns: &[ColumnId]) -> Result<Vec<ListLine>> {
    if columns.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "{SELECT} AND p.pinned = {} AND p.site_column IN ({}) ORDER BY p.sort_at DESC, p.id DESC",
        format_args!("${}", columns.len() + 2),
        places(2, columns.len())
    );
    let values = columns.iter().map(|id| Value::from(id.0)).chain([Value::from(true)]).collect();
    fetch(read, sql, values).await
}

async fn fetch(read: &Read, sql: String, values: Vec<Value>) -> Result<Vec<ListLine>> {
    let values = std::iter::once(Value::from(LANGUAGE_CHINESE)).chain(values);
    let rows = Row::find_by_statement(statement(read, sql, values)).all(read).await?;
    rows.into_iter().map(line).collect()
}

#[derive(FromQueryResult)]
struct Row {
    placement: Uuid,
    site_column: Uuid,
    resource: Uuid,
    kind: String,
    serial: i64,
    address_month: String,
    edition: Uuid,
    title: String,
    elements: String,
    sort_at: DateTimeUtc,
    pinned: bool,
}

fn line(row: Row) -> Result<ListLine> {
    Ok(ListLine {
        placement: row.placement.into(),
        column: row.site_column.into(),
        resource: row.resource.into(),
        kind: kind(&row.kind)?,
        serial: row.serial,
        address_month: row.address_month,
        edition: row.edition.into(),
        title: row.title,
        elements: from_json::<Elements>("edition", "elements", &row.elements)?,
        sort_at: from_instant(row.sort_at),
        pinned: row.pinned,
    })
}
