//! The newest releases of several sites in one list.

use domain::{ids::SiteId, release::Release};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{entity, from_row};
use crate::{Read, Result};

/// Releases of these sites, newest first, and how many there are.
pub async fn newest(read: &Read, sites: &[SiteId], offset: u64, limit: u64) -> Result<(Vec<Release>, u64)> {
    if sites.is_empty() {
        return Ok((Vec::new(), 0));
    }
    let query = entity::Entity::find().filter(entity::Column::Site.is_in(sites.iter().map(|id| id.0)));
    let total = query.clone().count(read).await?;
    let rows = query
        .order_by_desc(entity::Column::MadeAt)
        .order_by_desc(entity::Column::Id)
        .offset(offset)
        .limit(limit)
        .all(read)
        .await?;
    Ok((rows.into_iter().map(from_row).collect::<Result<_>>()?, total))
}
