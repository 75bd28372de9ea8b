//! Whose packs a person may see and change.

use domain::{
    actor::Actor,
    duty::Duty,
    ids::{LexiconPackId, UnitId},
    lexicon::PackLevel,
    unit::Unit,
};
use policy::{Action, Target};
use store::{Read, Scope, lexicon::StoredPack};

use super::engine::units_on;
use crate::{App, AppError, AppResult, authorise};

/// What the actor may do with packs of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rights {
    pub(super) propose: bool,
    pub(super) confirm: bool,
}

/// The level of packs that a unit keeps.
pub fn level_of(unit: &Unit) -> PackLevel {
    PackLevel::of(unit.kind, unit.division.level())
}

/// What the actor may do with packs of this unit. Packs of competent offices bind others and are kept by supervisors.
pub(super) fn rights(app: &App, actor: &Actor, unit: &Unit) -> Rights {
    let target = Target::Unit { path: &unit.path };
    let may = |action| app.policy.decide(actor, action, &target).allowed;
    if level_of(unit).binds_others() {
        let oversees = may(Action::LexiconOversee);
        return Rights { propose: oversees, confirm: oversees };
    }
    Rights { propose: may(Action::LexiconPropose), confirm: may(Action::LexiconConfirm) }
}

/// The refusal of somebody who sees the pack but may not change it.
pub(super) fn require_propose(app: &App, actor: &Actor, unit: &Unit) -> AppResult<()> {
    if rights(app, actor, unit).propose {
        return Ok(());
    }
    Err(AppError::Forbidden(match level_of(unit).binds_others() {
        true => format!("“{}”的词库约束所有下级单位，由该办公厅（室）的主管巡检员提出变更。", unit.name),
        false => "您没有“提出词库变更”的权限。如工作需要，请联系本单位主办管理员调整任职。".to_owned(),
    }))
}

pub(super) fn require_confirm(app: &App, actor: &Actor, unit: &Unit) -> AppResult<()> {
    if rights(app, actor, unit).confirm {
        return Ok(());
    }
    Err(AppError::Forbidden(match level_of(unit).binds_others() {
        true => format!("“{}”的词库约束所有下级单位，由该办公厅（室）的另一位主管巡检员确认。", unit.name),
        false => "词库变更由本单位三审以上人员或主办管理员确认。".to_owned(),
    }))
}

pub(super) fn not_found() -> AppError {
    AppError::NotFound("词库".to_owned())
}

/// A pack with its unit, if the actor may know of it; another office's is not found.
pub(super) async fn visible(app: &App, read: &Read, actor: &Actor, id: LexiconPackId) -> AppResult<(StoredPack, Unit)> {
    let pack = store::lexicon::by_id(read, id).await?.ok_or_else(not_found)?;
    let unit = store::unit::by_id(read, pack.unit).await?.ok_or_else(not_found)?;
    authorise::visible(app, actor, Action::LexiconRead, &Target::Unit { path: &unit.path }, "词库")?;
    Ok((pack, unit))
}

/// Whose packs the actor sees: those of exactly these units (one's own and all above), and all below the scope.
pub(super) fn reach(app: &App, actor: &Actor) -> AppResult<(Vec<UnitId>, Scope)> {
    authorise::require(app, actor, Action::LexiconRead, &Target::Platform)?;
    let reviewing = [Duty::Reviewer1, Duty::Reviewer2, Duty::Reviewer3, Duty::Reviewer4];
    let counts = |held: &&domain::actor::HeldDuty| {
        !held.duty.is_administrator() && (held.on_behalf_of.is_none() || reviewing.contains(&held.duty))
    };
    let mut units: Vec<UnitId> =
        actor.duties.iter().filter(counts).flat_map(|held| units_on(&held.unit_path)).collect();
    units.sort_unstable();
    units.dedup();
    let over = [Duty::SiteManager, Duty::Supervisor, Duty::Observer];
    let held = actor.duties.iter().filter(|held| held.on_behalf_of.is_none() && over.contains(&held.duty));
    Ok((units, Scope::below(held.map(|held| held.unit_path.clone()))))
}
