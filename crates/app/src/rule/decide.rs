//! 审批放宽: the region approves or refuses a looser value; never the person who asked for it.

use domain::{
    actor::Actor,
    ids::AmendmentId,
    rule::{Amendment, AmendmentState, amendment::judge},
    time::beijing_date,
};
use policy::{Action, Target};

use super::{
    amend::{end_earlier, taken},
    amendments::rule_of,
    place::{office_of, places},
};
use crate::{App, AppError, AppResult, authorise, record};

/// What the region says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    /// 批准
    Approve,
    /// 不批准
    Refuse,
}

/// Approves or refuses. An approved value begins on its day, or today when that day has passed meanwhile: a past day
/// has been judged already.
///
/// # Errors
/// [`AppError::NotFound`] for other people's places, [`AppError::Forbidden`] for everybody but the region and for the
/// proposer, [`AppError::Invalid`] without a reason for a refusal, [`AppError::Conflict`] when it was decided already.
pub async fn decide(app: &App, actor: &Actor, id: AmendmentId, ruling: Ruling, remark: &str) -> AppResult<()> {
    let seen = visible(app, actor, id).await?;
    authorise::require(app, actor, Action::RuleDecide, &Target::Platform)?;
    if seen.proposed_by == actor.person {
        return Err(AppError::Forbidden("不能审批本人提出的调整，请由另一位自治区主管人员审批。".to_owned()));
    }
    let remark = remark.trim();
    if ruling == Ruling::Refuse && remark.is_empty() {
        return Err(AppError::invalid("remark", "不批准时请说明原因，提出调整的单位会看到。"));
    }
    if remark.chars().count() > 500 {
        return Err(AppError::invalid("remark", "审批意见请控制在 500 字以内。"));
    }
    app.store
        .write(|tx| async move {
            let before = store::rule_amendment::lock(&tx, id).await?.ok_or_else(not_found)?;
            if before.state != AmendmentState::Proposed {
                return Err(AppError::Conflict(format!("这项调整已办结：{}。", before.state.chinese())));
            }
            let today = beijing_date(tx.now());
            let mut decided = before.clone();
            decided.decided_by = Some(actor.person);
            decided.decided_at = Some(tx.now());
            decided.remark = (!remark.is_empty()).then(|| remark.to_owned());
            decided.state = AmendmentState::Refused;
            if ruling == Ruling::Approve {
                decided.state = AmendmentState::InForce;
                decided.from = before.from.max(today);
                let all = store::rule_amendment::in_force(&tx).await?;
                let Amendment { rule, key, division, value, from, .. } = &decided;
                judge(&app.rules, &all, rule, key, division, value, *from, today).map_err(|problem| {
                    AppError::Conflict(format!("现在不能批准：{}可以不批准，由该单位重新提出。", problem.message))
                })?;
                let open = store::rule_amendment::lock_open(&tx, rule, key, division).await?;
                end_earlier(&tx, &open, decided.from).await?;
            }
            store::rule_amendment::update(&tx, &decided).await.map_err(taken)?;
            let name = rule_of(app, &decided).map_or_else(|| decided.rule.to_string(), |rule| rule.name.clone());
            record::event("rule.decide", id, name)
                .unit(office_of(&tx, &decided.division).await?.id)
                .before(&before)
                .after(&decided)
                .write(&tx, Some(actor))
                .await
        })
        .await
}

/// The amendment, if its place is one whose rules the actor may read.
pub(super) async fn visible(app: &App, actor: &Actor, id: AmendmentId) -> AppResult<Amendment> {
    let places = places(app, actor).await?;
    let found = store::rule_amendment::by_id(&app.store.read(), id).await?;
    found.filter(|one| places.iter().any(|place| place.code == one.division)).ok_or_else(not_found)
}

pub(super) fn not_found() -> AppError {
    AppError::NotFound("规则参数调整".to_owned())
}
