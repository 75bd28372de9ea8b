//! What a page about one column shows.

use std::collections::BTreeMap;

use domain::{
    actor::Actor,
    column::Column,
    ids::{ColumnId, SiteId},
    placement::PlacementState,
    site::Site,
};

use super::board::{PlacedLine, line};
use crate::{App, AppResult, site::PlacementNumbers};

/// A column with the placements of one state.
#[derive(Debug, Clone)]
pub struct ColumnPage {
    /// Its site.
    pub site: Site,
    /// The column.
    pub column: Column,
    /// Its placements by state.
    pub numbers: PlacementNumbers,
    /// Placements of the wanted state, newest first.
    pub rows: Vec<PlacedLine>,
}

/// A column and a page of its placements, for those who may see the site.
pub async fn column_page(
    app: &App,
    actor: &Actor,
    id: ColumnId,
    state: PlacementState,
    offset: u64,
    limit: u64,
) -> AppResult<ColumnPage> {
    let (site, column) = crate::column::get(app, actor, id).await?;
    let read = app.store.read();
    let numbers = numbers(&read, site.id).await?.get(&id).copied().unwrap_or_default();
    let mut rows = Vec::new();
    for placement in store::placement::in_column(&read, id, state, offset, limit).await? {
        rows.push(line(app, &read, actor, placement).await?);
    }
    Ok(ColumnPage { site, column, numbers, rows })
}

/// How many placements each column of a site has, for those who may see the site.
pub async fn numbers_by_column(
    app: &App,
    actor: &Actor,
    site: SiteId,
) -> AppResult<BTreeMap<ColumnId, PlacementNumbers>> {
    let read = app.store.read();
    crate::site::visible(app, &read, actor, site).await?;
    numbers(&read, site).await
}

async fn numbers(read: &store::Read, site: SiteId) -> AppResult<BTreeMap<ColumnId, PlacementNumbers>> {
    let mut found: BTreeMap<ColumnId, PlacementNumbers> = BTreeMap::new();
    for (column, state, number) in store::placement::counts_by_column(read, site).await? {
        found.entry(column).or_default().add(state, number);
    }
    Ok(found)
}
