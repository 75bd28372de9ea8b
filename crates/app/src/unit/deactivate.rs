//! Taking a unit out of use. It stays: what it published keeps its author.

use domain::{
    actor::Actor,
    ids::UnitId,
    site::SiteState,
    unit::{Unit, UnitStatus},
    unit_history::{UnitHistoryDetail, UnitHistoryKind},
};
use policy::Action;
use serde::Serialize;

use super::{follow_up, get::duty_holders, rename::require_active};
use crate::{App, AppError, AppResult, record};

/// Why a unit cannot be taken out of use yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Obstacle {
    /// What remains, e.g. 在用的下级单位.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
    /// What they are called.
    pub names: Vec<String>,
}

/// What keeps a unit from being taken out of use; empty when nothing does.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Forbidden`].
pub async fn obstacles(app: &App, actor: &Actor, id: UnitId) -> AppResult<Vec<Obstacle>> {
    let read = app.store.snapshot().await?;
    let unit = store::unit::by_id(&read, id).await?.ok_or_else(|| AppError::NotFound("单位".into()))?;
    follow_up::require(app, actor, Action::UnitDeactivate, &unit)?;
    find_obstacles(&read, &unit).await
}

/// Takes a unit out of use.
///
/// # Errors
/// [`AppError::Conflict`] that names the units below, sites and appointments that remain, or when the unit was
/// changed meanwhile; [`AppError::Forbidden`].
pub async fn deactivate(app: &App, actor: &Actor, id: UnitId, lock_version: i64, reason: &str) -> AppResult<()> {
    app.store
        .write(|tx| async move {
            store::unit::lock_tree(&tx).await?;
            // Appointments and sites that are being made hold the row: they are counted below, or come too late.
            let unit = store::unit::lock(&tx, id).await?.ok_or_else(|| AppError::NotFound("单位".into()))?;
            follow_up::require(app, actor, Action::UnitDeactivate, &unit)?;
            follow_up::require_seen(&unit, lock_version)?;
            require_active(&unit)?;
            if unit.parent.is_none() {
                return Err(AppError::Conflict("自治区政府办公厅是单位树的根，不能停用。".into()));
            }
            let obstacles = find_obstacles(&tx, &unit).await?;
            if !obstacles.is_empty() {
                return Err(AppError::Conflict(refusal(&unit, &obstacles)));
            }
            let mut after = unit.clone();
            after.status = UnitStatus::Inactive;
            store::unit::update(&tx, &after).await?;
            let detail = UnitHistoryDetail { reason: follow_up::reason(reason), ..UnitHistoryDetail::default() };
            store::unit::append_history(&tx, id, UnitHistoryKind::Deactivated, &detail, &actor.login).await?;
            follow_up::announce(&tx, id);
            record::event("unit.deactivate", id, &unit.name)
                .unit(id)
                .before(unit.status)
                .after(after.status)
                .write(&tx, Some(actor))
                .await
        })
        .await
}

async fn find_obstacles(read: &store::Read, unit: &Unit) -> AppResult<Vec<Obstacle>> {
    let children = store::unit::children(read, unit.id).await?;
    let children = children.into_iter().filter(|child| child.status == UnitStatus::Active).map(|child| child.name);
    let sites = store::site::list(read, &store::Scope::everything()).await?;
    let sites = sites
        .into_iter()
        .filter(|site| site.state != SiteState::Closed)
        .filter(|site| site.sponsor == unit.id || site.operator == Some(unit.id))
        .map(|site| site.name);
    let holders = duty_holders(read, unit.id).await?;
    let appointments = holders.into_iter().map(|holder| format!("{}（{}）", holder.name, holder.duty.chinese()));
    let found = [
        ("在用的下级单位", "请先停用、合并或调整隶属", children.collect::<Vec<_>>()),
        ("主办或承办的网站", "请先变更网站的主办、承办单位，或关停网站", sites.collect()),
        ("有效的任职", "请先解除任职", appointments.collect()),
    ];
    Ok(found
        .into_iter()
        .filter(|(_, _, names)| !names.is_empty())
        .map(|(what, remedy, names)| Obstacle { what: what.into(), remedy: remedy.into(), names })
        .collect())
}

fn refusal(unit: &Unit, obstacles: &[Obstacle]) -> String {
    let parts: Vec<String> = obstacles
        .iter()
        .map(|obstacle| {
            let shown = obstacle.names.iter().take(5).cloned().collect::<Vec<_>>().join("、");
            let more = if obstacle.names.len() > 5 { "等" } else { "" };
            format!("还有{}个{}（{shown}{more}），{}", obstacle.names.len(), obstacle.what, obstacle.remedy)
        })
        .collect();
    format!("“{}”还不能停用：{}。", unit.name, parts.join("；"))
}
