//! Facts of a unit other than its name, code and place in the tree.

use domain::{
    actor::Actor,
    ids::UnitId,
    unit::UnitKind,
    unit_history::{UnitHistoryDetail, UnitHistoryKind},
};
use policy::Action;
use serde::{Deserialize, Serialize};

use super::{differences, directory::Directory, draft::Draft, follow_up, rename::require_active, rules};
use crate::{App, AppError, AppResult, record};

/// What the form sends.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UnitFacts {
    /// What it is.
    pub kind: UnitKind,
    /// Code of its division as typed.
    pub division: String,
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
    /// The lock version that the person saw.
    pub lock_version: i64,
}

/// Changes the facts of a unit.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Conflict`], [`AppError::Forbidden`].
pub async fn change(app: &App, actor: &Actor, id: UnitId, facts: &UnitFacts) -> AppResult<()> {
    app.store
        .write(|tx| async move {
            store::unit::lock_tree(&tx).await?;
            let directory = Directory::load(&tx).await?;
            let before = directory.require(id)?;
            follow_up::require(app, actor, Action::UnitChange, before)?;
            follow_up::require_seen(before, facts.lock_version)?;
            require_active(before)?;
            let mut after = Draft::from(before);
            after.kind = facts.kind;
            after.division.clone_from(&facts.division);
            after.administrative_sign.clone_from(&facts.administrative_sign);
            after.coordinator_role.clone_from(&facts.coordinator_role);
            after.organ_code.clone_from(&facts.organ_code);
            after.document_prefix.clone_from(&facts.document_prefix);
            rules::normalise(&mut after);
            let after = rules::check(after, &directory).map_err(AppError::Invalid)?;
            let changes = differences::between(Some(before), &after, &directory);
            if changes.is_empty() {
                return Err(AppError::Conflict("没有任何变化，不需要保存。".into()));
            }
            store::unit::update(&tx, &after).await?;
            let reason = facts.reason.as_deref().and_then(follow_up::reason);
            let detail = UnitHistoryDetail { changes, reason, ..UnitHistoryDetail::default() };
            store::unit::append_history(&tx, id, UnitHistoryKind::Changed, &detail, &actor.login).await?;
            follow_up::announce(&tx, id);
            record::event("unit.change", id, &after.name)
                .unit(id)
                .before(before)
                .after(&after)
                .write(&tx, Some(actor))
                .await
        })
        .await
}
