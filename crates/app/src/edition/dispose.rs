//! Deciding about a finding of the machine: accepted, corrected, or ignored at its place with a reason. What blocks is
//! none of this: the last reviewer lets it pass, see [`crate::clearance`].

use domain::{
    actor::Actor,
    disposition::{Disposition, DispositionKind},
    finding_outcome::Outcome,
    ids::EditionId,
};
use policy::Action;
use screen::Severity;

use crate::{
    App, AppError, AppResult,
    edition::{
        finding::known_finding,
        load::{lock_for, require_editable},
    },
    record,
};

/// Keeps the decision; every reviewer sees it with its reason.
///
/// # Errors
/// [`AppError::Invalid`] when a blocking finding is accepted or ignored, or a reason is lacking.
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
        return Err(AppError::invalid("reason", "忽略机审意见须写明理由（至少4个字），审核人会看到。"));
    }
    app.store
        .write(|tx| async move {
            let loaded = lock_for(app, &tx, actor, id, Action::FindingDispose).await?;
            require_editable(&loaded.edition)?;
            let (finding, _) = known_finding(app, &tx, &loaded, fingerprint).await?;
            if finding.severity == Severity::Block && kind == DispositionKind::Accepted {
                return Err(AppError::invalid(
                    "kind",
                    "“须改正”的问题不能只标为已知悉：请改正正文，确有理由的可申请放行。",
                ));
            }
            if finding.severity == Severity::Block && kind == DispositionKind::Overruled {
                return Err(AppError::invalid(
                    "reason",
                    "“须改正”的问题不能自行忽略：请改正正文，或写明理由后点“申请放行”，由末审人员决定。",
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
            let outcome = match kind {
                DispositionKind::Accepted => Outcome::Accepted,
                DispositionKind::Corrected => Outcome::Corrected,
                DispositionKind::Overruled => Outcome::Overruled,
            };
            let key = [fingerprint.to_owned()];
            store::finding_outcome::decide(&tx, loaded.resource.id, &key, Some(outcome), tx.now()).await?;
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
