//! The board of scheduled publications (定时发布): what is due when, and what is late.

use domain::{
    actor::Actor,
    alarm::Alarm,
    column::Column,
    duty::Duty,
    ids::{PlacementId, SiteId},
    placement::{Placement, PlacementState},
    site::Site,
};
use store::Scope;

use super::{PlacedTitle, place_of, titles::title_of};
use crate::{App, AppError, AppResult, site::SiteAbilities};

/// Late alarms shown on the board.
const MOST_ALARMS: u64 = 100;

/// A placement with its surroundings.
#[derive(Debug, Clone)]
pub struct PlacedLine {
    /// The placement.
    pub placement: Placement,
    /// Its site.
    pub site: Site,
    /// Its column.
    pub column: Column,
    /// What it is called.
    pub title: PlacedTitle,
    /// Its hour has passed and it is still not live.
    pub late: bool,
    /// What the reader may do with the site's placements.
    pub abilities: SiteAbilities,
}

/// A page of the board.
#[derive(Debug, Clone)]
pub struct Board {
    /// The earliest hour first.
    pub rows: Vec<PlacedLine>,
    /// How many there are in all.
    pub total: u64,
    /// Publications that came late and that nobody has looked into yet.
    pub late_alarms: Vec<Alarm>,
}

/// Placements with an hour on the sites that the actor may see, or on one of them.
pub async fn board(app: &App, actor: &Actor, site: Option<SiteId>, offset: u64, limit: u64) -> AppResult<Board> {
    let read = app.store.read();
    let sites: Vec<SiteId> = crate::site::list(app, actor)
        .await?
        .into_iter()
        .map(|site| site.id)
        .filter(|id| site.is_none_or(|wanted| wanted == *id))
        .collect();
    let (placements, total) = store::placement::awaiting_hour(&read, &sites, offset, limit).await?;
    let mut rows = Vec::with_capacity(placements.len());
    for placement in placements {
        rows.push(line(app, &read, actor, placement).await?);
    }
    let scope = Scope::below(actor.paths_of(&[Duty::SiteManager, Duty::Supervisor]));
    let mut late_alarms = store::alarm::up(&read, &scope, false, MOST_ALARMS).await?;
    late_alarms.retain(|alarm| alarm.kind == "placement.late");
    Ok(Board { rows, total, late_alarms })
}

/// One placement, for those who may see its site.
pub async fn get(app: &App, actor: &Actor, id: PlacementId) -> AppResult<PlacedLine> {
    let read = app.store.read();
    let missing = || AppError::NotFound("栏目中的这条信息".into());
    let placement = store::placement::by_id(&read, id).await?.ok_or_else(missing)?;
    crate::site::visible(app, &read, actor, placement.site).await.map_err(|_| missing())?;
    line(app, &read, actor, placement).await
}

pub(super) async fn line(app: &App, read: &store::Read, actor: &Actor, placement: Placement) -> AppResult<PlacedLine> {
    let place = place_of(read, placement.column).await?;
    let title = title_of(app, read, actor, placement.resource).await?;
    let waiting = placement.state == PlacementState::Scheduled;
    let late = waiting && placement.publish_at.is_some_and(|at| at < app.now());
    let abilities = crate::site::abilities(app, actor, &place.site);
    Ok(PlacedLine { placement, site: place.site, column: place.column, title, late, abilities })
}
