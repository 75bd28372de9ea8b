//! Deciding about a finding of the machine: accepted, corrected, or overruled with a reason.

use domain::{
    actor::Actor,
    disposition::{Disposition, DispositionKind},
    ids::EditionId,
};
use policy::Action;
use screen::{Report, Severity};

use crate::{
    App, AppError, AppResult,
    edition::load::{lock_for, require_editable},
    record,
};

/// Keeps the decision; every reviewer sees it with its reason.
///
/// # Errors
/// [`AppError::Invalid`] when a blocking finding is merely accepted or an overruling lacks its reason.
pub async fn dispose(
    app: &App,
    actor: &Actor,
    id: EditionId,
    fingerprint: &str,
    kind: DispositionKind,
    reason: Option<&str>,
) -> AppResult<()> {
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    if kind == DispositionKind::Overruled && reason.is_none_or(|reason| reason.chars().count() < 4) {
        return Err(AppError::invalid("reason", "不采纳机审意见须写明理由（至少4个字），审核人会看到。"));
    }
    app.store
        .write(|tx| async move {
            let loaded = lock_for(app, &tx, actor, id, Action::FindingDispose).await?;
            require_editable(&loaded.edition)?;
            let stored = store::screening::latest(&tx, id).await?;
            let report: Option<Report> =
                stored.map(|stored| serde_json::from_str(&stored.report)).transpose().map_err(AppError::internal)?;
            let finding = report
                .and_then(|report| report.findings.into_iter().find(|one| one.fingerprint() == fingerprint))
                .ok_or_else(|| AppError::NotFound("机审意见（可能已随修改消失，请重新机审）".into()))?;
            if finding.severity == Severity::Block && kind == DispositionKind::Accepted {
                return Err(AppError::invalid(
                    "kind",
                    "“须改正”的问题不能只标为已知悉：请改正正文，或写明理由后选择“不采纳”。",
                ));
            }
            let decision = Disposition {
                edition: id,
                fingerprint: fingerprint.to_owned(),
                kind,
                reason: reason.map(str::to_owned),
                decided_by: actor.person,
                decided_at: tx.now(),
            };
            store::screening::decide(&tx, &decision).await?;
            record::event("edition.dispose", id, &loaded.edition.title)
                .unit(loaded.resource.unit)
                .after(serde_json::json!({
                    "rule": finding.rule_id, "excerpt": finding.excerpt, "kind": kind, "reason": reason,
                }))
                .write(&tx, Some(actor))
                .await
        })
        .await
}
