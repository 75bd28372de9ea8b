//! Policies and their interpretations on one site, both ways (政策文件与解读材料相互关联, 通知 二(三)1).

use domain::{
    edition::LANGUAGE_CHINESE,
    ids::{EditionId, ResourceId, SiteId},
};
use jiff::Timestamp;
use sea_orm::{FromQueryResult, Value, entity::prelude::*};

use super::{places, statement};
use crate::{Read, Result, columns::from_instant};

/// Another resource of the same site that a page points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The resource on whose page the link stands.
    pub of: ResourceId,
    /// The resource it leads to.
    pub resource: ResourceId,
    /// Its admitted edition.
    pub edition: EditionId,
    /// Number in its address.
    pub serial: i64,
    /// Month in its address.
    pub address_month: String,
    /// 标题
    pub title: String,
    /// 发文字号
    pub document_number: Option<String>,
    /// Publication time on this site.
    pub sort_at: Timestamp,
}

/// Interpretations of these policies that are live on the site, oldest first.
pub async fn interpretations_of(read: &Read, site: SiteId, policies: &[ResourceId]) -> Result<Vec<Related>> {
    let sql = "SELECT l.policy AS of_resource, r.id AS resource, e.id AS edition, r.serial, r.address_month, e.title,
                      e.document_number, MIN(p.sort_at) AS sort_at
               FROM interpretation_link l
               JOIN edition e ON e.id = l.edition AND e.state = 'admitted' AND e.language = $1
               JOIN resource r ON r.id = e.resource
               JOIN placement p ON p.resource = r.id AND p.site = $2 AND p.state = 'live'
               JOIN site_column c ON c.id = p.site_column AND c.active
               WHERE l.policy IN (PLACES)
               GROUP BY l.policy, r.id, e.id, r.serial, r.address_month, e.title, e.document_number
               ORDER BY 8, 2";
    fetch(read, sql, site, policies).await
}

/// Those of these policies that are live on the site, oldest first; `of` is the policy itself.
pub async fn policies_on_site(read: &Read, site: SiteId, policies: &[ResourceId]) -> Result<Vec<Related>> {
    let sql = "SELECT r.id AS of_resource, r.id AS resource, e.id AS edition, r.serial, r.address_month, e.title,
                      e.document_number, MIN(p.sort_at) AS sort_at
               FROM resource r
               JOIN edition e ON e.resource = r.id AND e.state = 'admitted' AND e.language = $1
               JOIN placement p ON p.resource = r.id AND p.site = $2 AND p.state = 'live'
               JOIN site_column c ON c.id = p.site_column AND c.active
               WHERE r.id IN (PLACES)
               GROUP BY r.id, e.id, r.serial, r.address_month, e.title, e.document_number
               ORDER BY 8, 2";
    fetch(read, sql, site, policies).await
}

async fn fetch(read: &Read, sql: &str, site: SiteId, resources: &[ResourceId]) -> Result<Vec<Related>> {
    let mut found = Vec::new();
    for chunk in resources.chunks(5000) {
        let sql = sql.replace("PLACES", &places(3, chunk.len()));
        let values = [Value::from(LANGUAGE_CHINESE), Value::from(site.0)]
            .into_iter()
            .chain(chunk.iter().map(|id| Value::from(id.0)));
        let rows = Row::find_by_statement(statement(read, sql, values)).all(read).await?;
        found.extend(rows.into_iter().map(|row| Related {
            of: row.of_resource.into(),
            resource: row.resource.into(),
            edition: row.edition.into(),
            serial: row.serial,
            address_month: row.address_month,
            title: row.title,
            document_number: row.document_number,
            sort_at: from_instant(row.sort_at),
        }));
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct Row {
    of_resource: Uuid,
    resource: Uuid,
    edition: Uuid,
    serial: i64,
    address_month: String,
    title: String,
    document_number: Option<String>,
    sort_at: DateTimeUtc,
}
