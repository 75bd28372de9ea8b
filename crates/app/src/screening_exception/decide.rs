//! 复核例外: a second person of the unit confirms or refuses; never the one who asked.

use domain::{
    actor::Actor,
    ids::ExceptionId,
    screening_exception::{ExceptionState, ScreeningException},
    time::beijing_date,
};
use policy::{Action, Target};

use super::{not_found, with_unit};
use crate::{App, AppError, AppResult, authorise, record};

/// What the second person says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// 同意
    Confirm,
    /// 不同意
    Refuse,
}

/// Confirms or refuses an exception of a unit.
///
/// # Errors
/// [`AppError::NotFound`] for other offices', [`AppError::Forbidden`] for whoever asked for it or has not the duty,
/// [`AppError::Invalid`] without a reason for a refusal, [`AppError::Conflict`] when it was decided already or its
/// last day has passed.
pub async fn decide(app: &App, actor: &Actor, id: ExceptionId, verdict: Verdict, remark: &str) -> AppResult<()> {
    let (seen, unit) = with_unit(&app.store.read(), id).await?;
    let target = Target::Unit { path: &unit.path };
    authorise::visible(app, actor, Action::ExceptionRead, &target, "机审例外")?;
    authorise::require(app, actor, Action::ExceptionConfirm, &target)?;
    if seen.proposed_by == actor.person {
        return Err(AppError::Forbidden("不能复核本人申请的例外，请由本单位另一位审核人员或主办管理员复核。".into()));
    }
    let remark = remark.trim();
    if verdict == Verdict::Refuse && remark.chars().count() < 4 {
        return Err(AppError::invalid("remark", "不同意时请写明理由（至少4个字），申请人会看到。"));
    }
    if remark.chars().count() > 300 {
        return Err(AppError::invalid("remark", "意见请控制在300字以内。"));
    }
    app.store
        .write(|tx| async move {
            let before = store::screening_exception::lock(&tx, id).await?.ok_or_else(not_found)?;
            if before.state != ExceptionState::Proposed {
                return Err(AppError::Conflict(format!("这项例外已办结：{}。", before.state.chinese())));
            }
            let over = before.until.is_some_and(|until| until < beijing_date(tx.now()));
            if over && verdict == Verdict::Confirm {
                return Err(AppError::Conflict("申请的截止日期已经过去，请申请人按新的日期重新申请。".into()));
            }
            let after = ScreeningException {
                state: if verdict == Verdict::Confirm { ExceptionState::InForce } else { ExceptionState::Refused },
                decided_by: Some(actor.person),
                decided_at: Some(tx.now()),
                remark: (!remark.is_empty()).then(|| remark.to_owned()),
                ..before.clone()
            };
            store::screening_exception::update(&tx, &after).await?;
            let action = if verdict == Verdict::Confirm { "exception.confirm" } else { "exception.refuse" };
            record::event(action, id, after.rule.clone())
                .unit(after.unit)
                .before(&before)
                .after(&after)
                .write(&tx, Some(actor))
                .await
        })
        .await
}
