//! Numbers of placements by state, and those that wait for their hour, for the pages of site managers.

use domain::{
    ids::{ColumnId, SiteId},
    placement::{Placement, PlacementState},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, entity::prelude::Uuid,
};

use super::{all, entity};
use crate::{
    Read, Result, StoreError,
    columns::{chunks_of_keys, from_count},
};

/// How many placements of each state these sites have.
pub async fn counts_of_sites(read: &Read, sites: &[SiteId]) -> Result<Vec<(SiteId, PlacementState, u64)>> {
    let keys: Vec<Uuid> = sites.iter().map(|id| id.0).collect();
    let mut found = Vec::new();
    for chunk in chunks_of_keys(&keys) {
        let rows: Vec<(Uuid, String, i64)> = entity::Entity::find()
            .select_only()
            .column(entity::Column::Site)
            .column(entity::Column::State)
            .column_as(entity::Column::Id.count(), "number")
            .filter(entity::Column::Site.is_in(chunk.iter().copied()))
            .group_by(entity::Column::Site)
            .group_by(entity::Column::State)
            .into_tuple()
            .all(read)
            .await?;
        for (site, state, number) in rows {
            found.push((site.into(), read_state(&state)?, from_count(number)));
        }
    }
    Ok(found)
}

/// How many placements of each state each column of a site has.
pub async fn counts_by_column(read: &Read, site: SiteId) -> Result<Vec<(ColumnId, PlacementState, u64)>> {
    let rows: Vec<(Uuid, String, i64)> = entity::Entity::find()
        .select_only()
        .column(entity::Column::SiteColumn)
        .column(entity::Column::State)
        .column_as(entity::Column::Id.count(), "number")
        .filter(entity::Column::Site.eq(site.0))
        .group_by(entity::Column::SiteColumn)
        .group_by(entity::Column::State)
        .into_tuple()
        .all(read)
        .await?;
    rows.into_iter()
        .map(|(column, state, number)| Ok((column.into(), read_state(&state)?, from_count(number))))
        .collect()
}

/// Placements of these sites that have an hour and are not live yet, the earliest hour first, and how many there are.
pub async fn awaiting_hour(read: &Read, sites: &[SiteId], offset: u64, limit: u64) -> Result<(Vec<Placement>, u64)> {
    if sites.is_empty() {
        return Ok((Vec::new(), 0));
    }
    let waiting = Condition::any().add(entity::Column::State.eq(PlacementState::Scheduled.as_str())).add(
        Condition::all()
            .add(entity::Column::State.eq(PlacementState::Proposed.as_str()))
            .add(entity::Column::PublishAt.is_not_null()),
    );
    let query = entity::Entity::find().filter(entity::Column::Site.is_in(sites.iter().map(|id| id.0))).filter(waiting);
    let total = query.clone().count(read).await?;
    let query =
        query.order_by_asc(entity::Column::PublishAt).order_by_asc(entity::Column::Id).offset(offset).limit(limit);
    Ok((all(query, read).await?, total))
}

fn read_state(state: &str) -> Result<PlacementState> {
    PlacementState::parse(state).ok_or_else(|| StoreError::unreadable("placement", "state", state))
}
