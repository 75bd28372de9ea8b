//! What may be shown to citizens: read-only views over the library for publishing.
//!
//! Every view joins the *admitted* edition, so nothing that is not in the library can come out of here
//! (先入库，后使用). Chinese editions only; other languages get their own pages in a later part.

mod line;
mod related;
mod reviewed;

use std::collections::BTreeMap;

use domain::{
    attachment::{Attachment, AttachmentUse},
    edition::LANGUAGE_CHINESE,
    element::Elements,
    ids::{ColumnId, EditionId, ResourceId, SiteId},
    resource::{Resource, ResourceKind},
};
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value, entity::prelude::*};

use crate::{
    Read, Result, StoreError,
    columns::{from_instant, from_json, from_optional_instant},
};

pub use line::{ListLine, lines, newest, pinned};
pub use related::{Related, interpretations_of, policies_on_site};
pub use reviewed::{PassedReview, ReviewedEdition, reviewed_editions};

/// An admitted edition with everything its page needs.
#[derive(Debug, Clone)]
pub struct PublishedItem {
    /// The identity.
    pub resource: Resource,
    /// Name of the unit that answers for it.
    pub unit_name: String,
    /// The admitted edition.
    pub edition: EditionId,
    /// 标题
    pub title: String,
    /// Clean HTML.
    pub body: String,
    /// Element table.
    pub elements: Elements,
    /// Its files in order.
    pub attachments: Vec<Attachment>,
}

/// Where a resource stands on a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// What.
    pub resource: ResourceId,
    /// The column its page is filed under: the one it was placed in first.
    pub column: ColumnId,
    /// Its publication time in lists and on its page.
    pub sort_at: Timestamp,
}

/// The admitted editions of these resources; those without one are left out.
pub async fn items(read: &Read, resources: &[ResourceId]) -> Result<Vec<PublishedItem>> {
    let mut items = Vec::with_capacity(resources.len());
    for chunk in resources.chunks(500) {
        let keys = chunk.iter().map(|id| Value::from(id.0));
        let sql = format!(
            "SELECT r.id, r.serial, r.kind, r.unit, r.address_month, r.origin_key, r.first_published_at, r.created_by,
                    r.created_at, u.name AS unit_name, e.id AS edition, e.title, e.body, e.elements
             FROM resource r JOIN unit u ON u.id = r.unit
             JOIN edition e ON e.resource = r.id AND e.state = 'admitted' AND e.language = $1
             WHERE r.id IN ({}) ORDER BY r.serial",
            places(2, chunk.len())
        );
        let values = std::iter::once(Value::from(LANGUAGE_CHINESE)).chain(keys);
        for row in ItemRow::find_by_statement(statement(read, sql, values)).all(read).await? {
            items.push(item(row)?);
        }
    }
    let editions: Vec<EditionId> = items.iter().map(|item| item.edition).collect();
    let mut attachments = attachments_of(read, &editions).await?;
    for item in &mut items {
        item.attachments = attachments.remove(&item.edition).unwrap_or_default();
    }
    Ok(items)
}

/// The admitted edition of each of these resources that has one.
pub async fn admitted(read: &Read, resources: &[ResourceId]) -> Result<BTreeMap<ResourceId, EditionId>> {
    let mut found = BTreeMap::new();
    for chunk in resources.chunks(5000) {
        let sql = format!(
            "SELECT resource, id FROM edition WHERE state = 'admitted' AND language = $1 AND resource IN ({})",
            places(2, chunk.len())
        );
        let values = std::iter::once(Value::from(LANGUAGE_CHINESE)).chain(chunk.iter().map(|id| Value::from(id.0)));
        for row in read.query_all_raw(statement(read, sql, values)).await? {
            let resource: Uuid = row.try_get("", "resource")?;
            let edition: Uuid = row.try_get("", "id")?;
            found.insert(resource.into(), edition.into());
        }
    }
    Ok(found)
}

/// Files of editions, in order, by edition.
pub async fn attachments_of(read: &Read, editions: &[EditionId]) -> Result<BTreeMap<EditionId, Vec<Attachment>>> {
    let mut found: BTreeMap<EditionId, Vec<Attachment>> = BTreeMap::new();
    for chunk in editions.chunks(5000) {
        let sql = format!(
            "SELECT id, edition, file_name, media_type, size, hash, usage, alt_text, position, uploaded_by, uploaded_at
             FROM attachment WHERE edition IN ({}) ORDER BY edition, position, id",
            places(1, chunk.len())
        );
        let values = chunk.iter().map(|id| Value::from(id.0));
        for row in AttachmentRow::find_by_statement(statement(read, sql, values)).all(read).await? {
            let attachment = attachment(row)?;
            found.entry(attachment.edition).or_default().push(attachment);
        }
    }
    Ok(found)
}

/// Where the resources that are live on a site stand, oldest first. `only` restricts it to these resources.
pub async fn standings(read: &Read, site: SiteId, only: Option<&[ResourceId]>) -> Result<Vec<Standing>> {
    let select = "SELECT p.resource, p.site_column, p.sort_at FROM placement p
                  JOIN site_column c ON c.id = p.site_column
                  WHERE p.site = $1 AND p.state = 'live' AND c.active AND p.sort_at IS NOT NULL";
    // SQLite keeps booleans as numbers, which are truth values there; PostgreSQL has the type.
    let order = "ORDER BY p.placed_at, p.id";
    let mut rows = Vec::new();
    match only {
        None => {
            let statement = statement(read, format!("{select} {order}"), [Value::from(site.0)]);
            rows.extend(StandingRow::find_by_statement(statement).all(read).await?);
        }
        Some(resources) => {
            for chunk in resources.chunks(5000) {
                let sql = format!("{select} AND p.resource IN ({}) {order}", places(2, chunk.len()));
                let values = std::iter::once(Value::from(site.0)).chain(chunk.iter().map(|id| Value::from(id.0)));
                rows.extend(StandingRow::find_by_statement(statement(read, sql, values)).all(read).await?);
            }
        }
    }
    let mut seen = std::collections::HashSet::new();
    Ok(rows
        .into_iter()
        .filter(|row| seen.insert(row.resource))
        .map(|row| Standing {
            resource: row.resource.into(),
            column: row.site_column.into(),
            sort_at: from_instant(row.sort_at),
        })
        .collect())
}

/// Resources that were live on a site, were recalled and have not come back with a new edition: their addresses
/// answer 410.
pub async fn recalled_on(read: &Read, site: SiteId) -> Result<Vec<Resource>> {
    let sql = "SELECT r.id, r.serial, r.kind, r.unit, r.address_month, r.origin_key, r.first_published_at,
                      r.created_by, r.created_at
               FROM resource r
               WHERE r.id IN (SELECT p.resource FROM placement p
                              WHERE p.site = $1 AND p.state = 'recalled' AND p.live_at IS NOT NULL)
                 AND r.id NOT IN (SELECT p.resource FROM placement p WHERE p.site = $1 AND p.state = 'live')
               ORDER BY r.serial";
    let rows = ResourceRow::find_by_statement(statement(read, sql, [Value::from(site.0)])).all(read).await?;
    rows.into_iter().map(resource).collect()
}

/// The address of a page that is live on a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Path inside the site.
    pub path: String,
    /// When its edition was admitted.
    pub changed_at: Timestamp,
}

/// Addresses of all content pages of a site, by serial.
pub async fn addresses(read: &Read, site: SiteId) -> Result<Vec<Address>> {
    let sql = "SELECT DISTINCT r.serial, r.address_month, COALESCE(e.admitted_at, e.updated_at) AS changed_at
               FROM placement p
               JOIN site_column c ON c.id = p.site_column AND c.active
               JOIN resource r ON r.id = p.resource
               JOIN edition e ON e.resource = p.resource AND e.state = 'admitted' AND e.language = $1
               WHERE p.site = $2 AND p.state = 'live' ORDER BY r.serial";
    let values = [Value::from(LANGUAGE_CHINESE), Value::from(site.0)];
    let rows = AddressRow::find_by_statement(statement(read, sql, values)).all(read).await?;
    Ok(rows
        .into_iter()
        .map(|row| Address {
            path: format!("content/{}/{}.html", row.address_month, row.serial),
            changed_at: from_instant(row.changed_at),
        })
        .collect())
}

/// The resources with these keys, in any state, for their addresses.
pub async fn resources(read: &Read, ids: &[ResourceId]) -> Result<Vec<Resource>> {
    let mut found = Vec::new();
    for chunk in ids.chunks(5000) {
        let sql = format!(
            "SELECT id, serial, kind, unit, address_month, origin_key, first_published_at, created_by, created_at
             FROM resource WHERE id IN ({}) ORDER BY serial",
            places(1, chunk.len())
        );
        let values = chunk.iter().map(|id| Value::from(id.0));
        let rows = ResourceRow::find_by_statement(statement(read, sql, values)).all(read).await?;
        found.extend(rows.into_iter().map(resource).collect::<Result<Vec<_>>>()?);
    }
    Ok(found)
}

/// `$n, $n+1, …`: both engines read numbered places.
fn places(first: usize, count: usize) -> String {
    (first..first + count).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
}

fn statement(read: &Read, sql: impl Into<String>, values: impl IntoIterator<Item = Value>) -> Statement {
    Statement::from_sql_and_values(read.get_database_backend(), sql, values)
}

#[derive(FromQueryResult)]
struct ItemRow {
    #[sea_orm(nested)]
    resource: ResourceRow,
    unit_name: String,
    edition: Uuid,
    title: String,
    body: String,
    elements: String,
}

#[derive(FromQueryResult)]
struct ResourceRow {
    id: Uuid,
    serial: i64,
    kind: String,
    unit: Uuid,
    address_month: String,
    origin_key: Option<String>,
    first_published_at: Option<DateTimeUtc>,
    created_by: Uuid,
    created_at: DateTimeUtc,
}

#[derive(FromQueryResult)]
struct AddressRow {
    serial: i64,
    address_month: String,
    changed_at: DateTimeUtc,
}

#[derive(FromQueryResult)]
struct StandingRow {
    resource: Uuid,
    site_column: Uuid,
    sort_at: DateTimeUtc,
}

#[derive(FromQueryResult)]
struct AttachmentRow {
    id: Uuid,
    edition: Uuid,
    file_name: String,
    media_type: String,
    size: i64,
    hash: String,
    usage: String,
    alt_text: Option<String>,
    position: i64,
    uploaded_by: Uuid,
    uploaded_at: DateTimeUtc,
}

fn item(row: ItemRow) -> Result<PublishedItem> {
    Ok(PublishedItem {
        resource: resource(row.resource)?,
        unit_name: row.unit_name,
        edition: row.edition.into(),
        title: row.title,
        body: row.body,
        elements: from_json("edition", "elements", &row.elements)?,
        attachments: Vec::new(),
    })
}

fn resource(row: ResourceRow) -> Result<Resource> {
    Ok(Resource {
        id: row.id.into(),
        serial: row.serial,
        kind: kind(&row.kind)?,
        unit: row.unit.into(),
        address_month: row.address_month,
        origin_key: row.origin_key,
        first_published_at: from_optional_instant(row.first_published_at),
        created_by: row.created_by.into(),
        created_at: from_instant(row.created_at),
    })
}

fn kind(text: &str) -> Result<ResourceKind> {
    ResourceKind::parse(text).ok_or_else(|| StoreError::unreadable("resource", "kind", text))
}

fn attachment(row: AttachmentRow) -> Result<Attachment> {
    Ok(Attachment {
        id: row.id.into(),
        edition: row.edition.into(),
        file_name: row.file_name,
        media_type: row.media_type,
        size: row.size,
        hash: row.hash,
        usage: AttachmentUse::parse(&row.usage)
            .ok_or_else(|| StoreError::unreadable("attachment", "usage", &row.usage))?,
        alt_text: row.alt_text,
        position: i32::try_from(row.position).unwrap_or(i32::MAX),
        uploaded_by: row.uploaded_by.into(),
        uploaded_at: from_instant(row.uploaded_at),
    })
}
