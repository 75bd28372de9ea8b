//! New units.

use domain::{
    actor::Actor,
    ids::UnitId,
    unit::{Unit, UnitKind, UnitStatus, unit_path},
    unit_history::{UnitHistoryDetail, UnitHistoryKind},
};
use policy::Action;
use serde::{Deserialize, Serialize};

use super::{differences, directory::Directory, draft::Draft, follow_up, rules};
use crate::{App, AppError, AppResult, record};

/// What the form sends.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewUnit {
    /// Stable short code; never changed, never reused.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Short name; the full name when blank.
    pub short_name: Option<String>,
    /// What it is.
    pub kind: UnitKind,
    /// Code of its division as typed.
    pub division: String,
    /// The unit above.
    pub parent: UnitId,
    /// Administrative sign that a party organ bears.
    pub administrative_sign: Option<String>,
    /// 编制, 公安, 通管, 宣传 or 网信.
    pub coordinator_role: Option<String>,
    /// Unified social credit code or organ code as typed.
    pub organ_code: Option<String>,
    /// 机关代字.
    pub document_prefix: Option<String>,
    /// Document or reason.
    pub reason: Option<String>,
}

/// Adds a unit below another.
///
/// # Errors
/// [`AppError::Invalid`] with one problem per wrong field; [`AppError::Forbidden`] unless the actor administers the
/// unit above.
pub async fn create(app: &App, actor: &Actor, new: &NewUnit) -> AppResult<UnitId> {
    app.store
        .write(|tx| async move {
            store::unit::lock_tree(&tx).await?;
            let directory = Directory::load(&tx).await?;
            let parent = directory.unit(new.parent);
            let parent = parent.ok_or_else(|| AppError::invalid("parent", "上级单位不存在，请重新选择。"))?;
            follow_up::require(app, actor, Action::UnitCreate, parent)?;
            let draft = assemble(new, tx.ids().fresh(), parent);
            let unit = rules::check(draft, &directory).map_err(AppError::Invalid)?;
            store::unit::insert(&tx, &unit).await?;
            let detail = UnitHistoryDetail {
                changes: differences::between(None, &unit, &directory),
                reason: new.reason.as_deref().and_then(follow_up::reason),
                ..UnitHistoryDetail::default()
            };
            store::unit::append_history(&tx, unit.id, UnitHistoryKind::Created, &detail, &actor.login).await?;
            follow_up::announce(&tx, unit.id);
            record::event("unit.create", unit.id, &unit.name)
                .unit(unit.id)
                .after(&unit)
                .write(&tx, Some(actor))
                .await?;
            Ok(unit.id)
        })
        .await
}

fn assemble(new: &NewUnit, id: UnitId, parent: &Unit) -> Draft {
    let mut draft = Draft {
        id,
        code: new.code.clone(),
        name: new.name.clone(),
        short_name: new.short_name.clone().unwrap_or_default(),
        kind: new.kind,
        division: new.division.clone(),
        parent: Some(parent.id),
        path: unit_path(&parent.path, id),
        administrative_sign: new.administrative_sign.clone(),
        coordinator_role: new.coordinator_role.clone(),
        organ_code: new.organ_code.clone(),
        document_prefix: new.document_prefix.clone(),
        status: UnitStatus::Active,
        merged_into: None,
        lock_version: 1,
    };
    rules::normalise(&mut draft);
    draft
}
