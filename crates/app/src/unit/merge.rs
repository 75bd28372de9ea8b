//! Merging a unit into another: what it had goes there, and it stays behind as a name with a history.

use domain::{
    actor::Actor,
    ids::UnitId,
    unit::{Unit, UnitKind, UnitStatus},
    unit_history::{UnitHistoryDetail, UnitHistoryKind},
};
use policy::Action;
use serde::Serialize;
use serde_json::json;
use store::unit::UnitReferences;

use super::{directory::Directory, follow_up, rules};
use crate::{App, AppError, AppResult, record};

/// What a merger would do.
#[derive(Debug, Clone, Serialize)]
pub struct MergePreview {
    /// The unit that ends.
    pub from: Unit,
    /// The unit that takes over.
    pub to: Unit,
    /// How much goes over.
    pub moves: UnitReferences,
    /// Units below that will be below the unit that takes over.
    pub children: Vec<Unit>,
    /// Consequences worth a second thought, in plain Chinese.
    pub warnings: Vec<String>,
}

/// Says what merging `from` into `to` would do; refuses what [`merge`] would refuse.
///
/// # Errors
/// As for [`merge`].
pub async fn preview_merge(app: &App, actor: &Actor, from: UnitId, to: UnitId) -> AppResult<MergePreview> {
    let read = app.store.snapshot().await?;
    let directory = Directory::load(&read).await?;
    let (from, to) = decide(app, actor, &directory, from, to)?;
    preview(&read, &directory, from, to).await
}

/// Merges `from` into `to`: people, appointments, resources, sites, waiting review steps, chains of sites and columns,
/// tokens and the units below go over; `from` stays as merged, is found by its name and points to `to`.
///
/// # Errors
/// [`AppError::Invalid`] for an impossible pair, [`AppError::Conflict`] when `from` was changed meanwhile,
/// [`AppError::Forbidden`] unless the actor administers both.
pub async fn merge(
    app: &App,
    actor: &Actor,
    from: UnitId,
    to: UnitId,
    lock_version: i64,
    reason: &str,
) -> AppResult<MergePreview> {
    app.store
        .write(|tx| async move {
            store::unit::lock_tree(&tx).await?;
            for id in [from.min(to), from.max(to)] {
                store::unit::lock(&tx, id).await?;
            }
            let directory = Directory::load(&tx).await?;
            let (from, to) = decide(app, actor, &directory, from, to)?;
            follow_up::require_seen(from, lock_version)?;
            let done = preview(&tx, &directory, from, to).await?;
            for child in &done.children {
                store::unit::move_subtree(&tx, child, to).await?;
            }
            follow_up::rebuild_sites_of(&tx, from, actor).await?;
            store::unit::hand_over(&tx, from.id, &from.path, to.id, &to.path).await?;
            let mut ended = from.clone();
            ended.status = UnitStatus::Merged;
            ended.merged_into = Some(to.id);
            store::unit::update(&tx, &ended).await?;
            store::unit::remember_former_name(&tx, to.id, &from.name).await?;
            write_history(&tx, actor, from, to, reason).await?;
            follow_up::announce(&tx, from.id);
            follow_up::announce(&tx, to.id);
            record::event("unit.merge", from.id, &from.name)
                .unit(from.id)
                .before(from)
                .after(json!({ "merged_into": to.id, "name": to.name, "moved": done.moves }))
                .write(&tx, Some(actor))
                .await?;
            Ok(done)
        })
        .await
}

/// Authorises, and refuses pairs that cannot be merged.
fn decide<'d>(
    app: &App,
    actor: &Actor,
    directory: &'d Directory,
    from: UnitId,
    to: UnitId,
) -> AppResult<(&'d Unit, &'d Unit)> {
    let from = directory.require(from)?;
    follow_up::require(app, actor, Action::UnitMerge, from)?;
    let to = directory.unit(to).ok_or_else(|| AppError::invalid("target", "并入的单位不存在，请重新选择。"))?;
    follow_up::require(app, actor, Action::UnitMerge, to)?;
    let refuse = |message: String| Err(AppError::invalid("target", message));
    if from.status == UnitStatus::Merged {
        return Err(AppError::Conflict(format!("“{}”此前已经并入其他单位。", from.name)));
    }
    if from.id == to.id {
        return refuse("不能并入自己，请选择另一个单位。".into());
    }
    if to.status != UnitStatus::Active {
        return refuse(format!("“{}”{}，请选择在用的单位。", to.name, to.status.chinese()));
    }
    if directory.is_inside(to.id, from.id) {
        return refuse(format!("“{}”是本单位的下级。请先调整它的隶属，再办理合并。", to.name));
    }
    for child in directory.children(from.id) {
        if child.status != UnitStatus::Active {
            continue;
        }
        if let Some(message) = rules::parent_objection(child, to, directory) {
            return refuse(format!("下级单位“{}”不能随同并入：{message}", child.name));
        }
    }
    Ok((from, to))
}

async fn preview(read: &store::Read, directory: &Directory, from: &Unit, to: &Unit) -> AppResult<MergePreview> {
    let mut warnings = Vec::new();
    let place = directory.division_name(&from.division);
    if from.kind == UnitKind::GovernmentOffice && (to.kind, &to.division) != (from.kind, &from.division) {
        warnings.push(format!("{place}将没有政府办公厅（室），其主管职责由上级区划的政府办公厅（室）承担。"));
    }
    if let Some(role) = from.coordinator_role.as_deref()
        && (to.coordinator_role.as_deref(), &to.division) != (Some(role), &from.division)
    {
        warnings.push(format!(
            "{place}的“{role}”协同监管职责将由上级区划的单位承担；如由并入单位承担，请在合并后修改其资料。"
        ));
    }
    if from.kind != to.kind {
        warnings.push(format!("两个单位类别不同：{}并入{}。", from.kind.chinese(), to.kind.chinese()));
    }
    Ok(MergePreview {
        moves: store::unit::count_references(read, from.id).await?,
        children: directory.children(from.id).into_iter().cloned().collect(),
        from: from.clone(),
        to: to.clone(),
        warnings,
    })
}

async fn write_history(tx: &store::Tx, actor: &Actor, from: &Unit, to: &Unit, reason: &str) -> AppResult<()> {
    let reason = follow_up::reason(reason);
    let detail = |other: &Unit| UnitHistoryDetail {
        changes: Vec::new(),
        other: Some((other.id, other.name.clone())),
        reason: reason.clone(),
    };
    store::unit::append_history(tx, from.id, UnitHistoryKind::Merged, &detail(to), &actor.login).await?;
    store::unit::append_history(tx, to.id, UnitHistoryKind::Absorbed, &detail(from), &actor.login).await?;
    Ok(())
}
