//! 申请放行: the editor says why a blocking finding should not stop the text.

use domain::{
    actor::Actor,
    clearance::{Clearance, ClearanceState},
    ids::{ClearanceId, EditionId},
    screening_exception::reason_problem,
};
use policy::Action;
use screen::Severity;

use crate::{
    App, AppError, AppResult,
    edition::{known_finding, lock_for, require_editable},
    record,
    review_chain::resolve_in,
};

/// Asks the holder of the last step of the chain that applies now.
///
/// # Errors
/// [`AppError::Invalid`] without a reason or for a finding that does not block; [`AppError::Conflict`] when it waits
/// for a decision already, was let pass already, or the text cannot be changed now.
pub async fn ask(
    app: &App,
    actor: &Actor,
    edition: EditionId,
    fingerprint: &str,
    reason: &str,
) -> AppResult<ClearanceId> {
    if let Some(problem) = reason_problem(reason) {
        return Err(AppError::Invalid(vec![problem]));
    }
    app.store
        .write(|tx| async move {
            let loaded = lock_for(app, &tx, actor, edition, Action::FindingDispose).await?;
            require_editable(&loaded.edition)?;
            let (finding, words) = known_finding(app, &tx, &loaded, fingerprint).await?;
            if finding.severity != Severity::Block {
                return Err(AppError::invalid("screening", "只有“须改正”的问题需要申请放行，其他的可以直接忽略。"));
            }
            let key = words.key(&finding);
            let last = resolve_in(&tx, &loaded.resource).await?.last_step(loaded.resource.unit);
            let last = last.ok_or_else(|| AppError::Conflict("审核链没有步骤，请先设置审核链。".into()))?;
            let before = store::clearance::of_edition(&tx, edition).await?;
            if before.iter().any(|one| one.holds(edition, fingerprint, &key, Some(&last))) {
                return Err(AppError::Conflict("这一处已经放行，可以送审。".into()));
            }
            let clearance = Clearance {
                id: tx.ids().fresh(),
                edition,
                unit: loaded.resource.unit,
                fingerprint: fingerprint.to_owned(),
                words: key,
                rule: finding.rule_id.clone(),
                excerpt: finding.excerpt.clone(),
                message: finding.message.clone(),
                reason: reason.trim().to_owned(),
                state: ClearanceState::Asked,
                asked_by: actor.person,
                asked_at: tx.now(),
                step: last,
                decided_by: None,
                on_behalf_of: None,
                decided_at: None,
                remark: None,
            };
            store::clearance::insert(&tx, &clearance).await.map_err(|error| match error {
                store::StoreError::Duplicate { .. } => {
                    AppError::Conflict("这一处的放行申请正在等末审人员决定，不用重复申请。".into())
                }
                other => other.into(),
            })?;
            record::event("clearance.ask", clearance.id, &loaded.edition.title)
                .unit(clearance.unit)
                .after(&clearance)
                .write(&tx, Some(actor))
                .await?;
            Ok(clearance.id)
        })
        .await
}
