//! What other parts of the platform must hear when a unit changes.

use domain::{actor::Actor, ids::UnitId, unit::Unit};
use policy::{Action, Target};
use store::{Scope, pending_change::Changed};

use crate::{App, AppError, AppResult, authorise, release};

/// Tells caches on every node.
pub(super) fn announce(tx: &store::Tx, unit: UnitId) {
    tx.after_commit_announce("unit", unit);
}

/// The name of a sponsor stands on every page of its sites: they must be made anew.
pub(super) async fn rebuild_sites_of(tx: &store::Tx, unit: &Unit, actor: &Actor) -> AppResult<()> {
    for site in store::site::list(tx, &Scope::below([unit.path.as_str()])).await? {
        if site.sponsor == unit.id {
            release::note_and_enqueue(tx, site.id, &[Changed::Site], Some(actor.person)).await?;
        }
    }
    Ok(())
}

/// Demands that the actor may do `action` to the unit.
pub(super) fn require(app: &App, actor: &Actor, action: Action, unit: &Unit) -> AppResult<()> {
    authorise::require(app, actor, action, &Target::Unit { path: &unit.path })
}

/// Demands that the unit is still as the person saw it.
pub(super) fn require_seen(unit: &Unit, seen: i64) -> AppResult<()> {
    if unit.lock_version == seen {
        return Ok(());
    }
    Err(AppError::Conflict(format!(
        "“{}”刚刚被其他人修改过。您填写的内容没有丢失：请在另一个窗口核对该单位的最新资料，确认无误后再次提交，将以您填写的内容为准。",
        unit.name
    )))
}

/// A reason as stored: trimmed, `None` when blank.
pub(super) fn reason(text: &str) -> Option<String> {
    Some(text.trim().chars().take(500).collect::<String>()).filter(|text| !text.is_empty())
}
