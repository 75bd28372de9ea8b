//! 本稿忽略、本单位忽略: asked for from a finding in the editor.

use domain::{
    actor::Actor,
    finding_outcome::Outcome,
    ids::{EditionId, ExceptionId},
    screening_exception::{ExceptionState, ScreeningException, Wanted, problems},
    time::beijing_date,
};
use jiff::civil::Date;
use policy::{Action, Target};
use screen::Category;

use crate::{
    App, AppError, AppResult, authorise,
    edition::{known_finding, lock_for, require_editable},
    record,
};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewException {
    /// For the unit, not for this item alone.
    pub for_unit: bool,
    /// The rule as a whole, not these words (units only).
    pub whole_rule: bool,
    /// Last day (units only).
    pub until: Option<Date>,
    /// Why.
    pub reason: String,
}

/// Asks for an exception. For an item it holds at once; for a unit when a second person has confirmed it.
///
/// # Errors
/// [`AppError::Invalid`] for what `domain` refuses, [`AppError::Conflict`] when the same one is there already.
pub async fn propose(
    app: &App,
    actor: &Actor,
    edition: EditionId,
    fingerprint: &str,
    new: &NewException,
) -> AppResult<(ExceptionId, ExceptionState)> {
    app.store
        .write(|tx| async move {
            let loaded = lock_for(app, &tx, actor, edition, Action::FindingDispose).await?;
            require_editable(&loaded.edition)?;
            authorise::require(app, actor, Action::ExceptionPropose, &Target::Unit { path: &loaded.unit_path })?;
            let (finding, words) = known_finding(app, &tx, &loaded, fingerprint).await?;
            let key = words.key(&finding);
            let case = crate::edition::case_of(&finding, &loaded.resource, &key);
            let NewException { for_unit, whole_rule, until, reason } = new;
            let wanted = Wanted { for_unit: *for_unit, whole_rule: *whole_rule, until: *until, reason };
            let mut problems = problems(&wanted, &case, beijing_date(tx.now()));
            if finding.category == Category::Privacy && !words.exact(&finding) {
                problems.push(domain::problem::FieldProblem::new(
                    "screening",
                    "附件和隐藏文字里的个人信息不能设为例外，请在文件里遮盖后重新上传。",
                ));
            }
            if !problems.is_empty() {
                return Err(AppError::Invalid(problems));
            }
            let state = if *for_unit { ExceptionState::Proposed } else { ExceptionState::InForce };
            let exception = ScreeningException {
                id: tx.ids().fresh(),
                unit: loaded.resource.unit,
                resource: (!for_unit).then_some(loaded.resource.id),
                rule: finding.rule_id.clone(),
                words: if *whole_rule { String::new() } else { key },
                excerpt: finding.excerpt.clone(),
                message: finding.message.clone(),
                reason: reason.trim().to_owned(),
                until: until.filter(|_| *for_unit),
                state,
                proposed_by: actor.person,
                proposed_at: tx.now(),
                decided_by: None,
                decided_at: None,
                remark: None,
                ended_by: None,
                ended_at: None,
                end_reason: None,
            };
            store::screening_exception::insert(&tx, &exception).await.map_err(|error| match error {
                store::StoreError::Duplicate { .. } if *for_unit => {
                    AppError::Conflict("同样的例外正在等本单位另一人复核，不用重复申请。".into())
                }
                store::StoreError::Duplicate { .. } => {
                    AppError::Conflict("本稿已有同样的例外，请重新机审后查看。".into())
                }
                other => other.into(),
            })?;
            if state == ExceptionState::InForce {
                let key = [finding.fingerprint.clone()];
                let outcome = Some(Outcome::Ignored);
                store::finding_outcome::decide(&tx, loaded.resource.id, &key, outcome, tx.now()).await?;
            }
            record::event("exception.propose", exception.id, &loaded.edition.title)
                .unit(exception.unit)
                .after(&exception)
                .write(&tx, Some(actor))
                .await?;
            Ok((exception.id, state))
        })
        .await
}
