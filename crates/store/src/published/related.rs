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
    let mut links: Vec<(ResourceId, EditionId)> = Vec::new();
    for chunk in policies.chunks(5000) {
        let sql =
            format!("SELECT policy, edition FROM interpretation_link WHERE policy IN ({})", places(1, chunk.len()));
        let values = chunk.iter().map(|id| Value::from(id.0));
        let rows = LinkRow::find_by_statement(statement(read, sql, values)).all(read).await?;
        links.extend(rows.into_iter().map(|row| (row.policy.into(), row.edition.into())));
    }
    let sql = "SELECT r.id AS resource, e.id AS edition, r.serial, r.address_month, e.title, e.document_number,
                      MIN(p.sort_at) AS sort_at
               FROM edition e
               JOIN resource r ON r.id = e.resource
               JOIN placement p ON p.resource = e.resource AND p.site = $2 AND p.state = 'live'
               JOIN site_column c ON c.id = p.site_column AND c.active
               WHERE e.id IN (PLACES) AND e.state = 'admitted' AND e.language = $1
               GROUP BY r.id, e.id, r.serial, r.address_month, e.title, e.document_number";
    let editions: Vec<_> = links.iter().map(|(_, edition)| edition.0).collect();
    let found = fetch(read, sql, site, &editions).await?;
    let mut all: Vec<Related> = links
        .into_iter()
        .filter_map(|(policy, edition)| {
            let one = found.iter().find(|one| one.edition == edition)?;
            Some(Related { of: policy, ..one.clone() })
        })
        .collect();
    all.sort_by_key(|one| (one.sort_at, one.serial));
    Ok(all)
}

/// Those of these policies that are live on the site, oldest first; `of` is the policy itself.
pub async fn policies_on_site(read: &Read, site: SiteId, policies: &[ResourceId]) -> Result<Vec<Related>> {
    let sql = "SELECT r.id AS resource, e.id AS edition, r.serial, r.address_month, e.title,
                      e.document_number, MIN(p.sort_at) AS sort_at
               FROM resource r
               JOIN edition e ON e.resource = r.id AND e.state = 'admitted' AND e.language = $1
               JOIN placement p ON p.resource = r.id AND p.site = $2 AND p.state = 'live'
               JOIN site_column c ON c.id = p.site_column AND c.active
               WHERE r.id IN (PLACES)
               GROUP BY r.id, e.id, r.serial, r.address_month, e.title, e.document_number";
    let keys: Vec<_> = policies.iter().map(|id| id.0).collect();
    let mut found = fetch(read, sql, site, &keys).await?;
    found.sort_by_key(|one| (one.sort_at, one.serial));
    Ok(found)
}

async fn fetch(read: &Read, sql: &str, site: SiteId, keys: &[Uuid]) -> Result<Vec<Related>> {
    let mut found = Vec::new();
    for chunk in keys.chunks(5000) {
        let sql = sql.replace("PLACES", &places(3, chunk.len()));
        let values = [Value::from(LANGUAGE_CHINESE), Value::from(site.0)]
            .into_iter()
            .chain(chunk.iter().map(|id| Value::from(*id)));
        let rows = Row::find_by_statement(statement(read, sql, values)).all(read).await?;
        found.extend(rows.into_iter().map(|row| Related {
            of: row.resource.into(),
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
struct LinkRow {
    policy: Uuid,
    edition: Uuid,
}

#[derive(FromQueryResult)]
struct Row {
    resource: Uuid,
    edition: Uuid,
    serial: i64,
    address_month: String,
    title: String,
    document_number: Option<String>,
    sort_at: DateTimeUtc,
}
