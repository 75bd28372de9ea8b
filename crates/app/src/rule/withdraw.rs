//! 撤销调整: takes a proposal back before the region decides.

use domain::{actor::Actor, ids::AmendmentId, rule::AmendmentState};
use policy::{Action, Target};

use super::{
    decide::{not_found, visible},
    place::office_of,
};
use crate::{App, AppError, AppResult, authorise, record};

/// Takes it back; it stays on record.
///
/// # Errors
/// As [`super::decide`], for the people who may amend the division's rules.
pub async fn withdraw(app: &App, actor: &Actor, id: AmendmentId) -> AppResult<()> {
    let seen = visible(app, actor, id).await?;
    let office = office_of(&app.store.read(), &seen.division).await?;
    authorise::require(app, actor, Action::RuleAmend, &Target::Unit { path: &office.path })?;
    let office = office.id;
    app.store
        .write(|tx| async move {
            let before = store::rule_amendment::lock(&tx, id).await?.ok_or_else(not_found)?;
            if before.state != AmendmentState::Proposed {
                return Err(AppError::Conflict(format!("这项调整已办结：{}，不能再撤销。", before.state.chinese())));
            }
            let mut after = before.clone();
            after.state = AmendmentState::Withdrawn;
            store::rule_amendment::update(&tx, &after).await?;
            record::event("rule.withdraw", id, format!("{} {}", after.rule, after.key))
                .unit(office)
                .before(&before)
                .after(&after)
                .write(&tx, Some(actor))
                .await
        })
        .await
}
