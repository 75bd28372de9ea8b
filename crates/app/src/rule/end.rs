//! 终止调整: back to the value of the level above, from the day after the last one.

use domain::{actor::Actor, ids::AmendmentId, rule::AmendmentState, time::beijing_date};
use jiff::civil::Date;
use policy::{Action, Target};

use super::{
    decide::{not_found, visible},
    place::office_of,
};
use crate::{App, AppError, AppResult, authorise, record};

/// Ends an amendment with `last_day` (today when `None`). One that has not begun yet never holds when it ends before.
///
/// # Errors
/// As [`super::withdraw`]; [`AppError::Invalid`] for a day that has passed: it has been judged already.
pub async fn end(app: &App, actor: &Actor, id: AmendmentId, last_day: Option<Date>, remark: &str) -> AppResult<()> {
    let seen = visible(app, actor, id).await?;
    let office = office_of(&app.store.read(), &seen.division).await?;
    authorise::require(app, actor, Action::RuleAmend, &Target::Unit { path: &office.path })?;
    let (office, remark) = (office.id, remark.trim());
    app.store
        .write(|tx| async move {
            let before = store::rule_amendment::lock(&tx, id).await?.ok_or_else(not_found)?;
            let today = beijing_date(tx.now());
            if before.state != AmendmentState::InForce || before.until.is_some() {
                return Err(AppError::Conflict("这项调整没有生效，或者已经终止，不用再终止。".to_owned()));
            }
            let last_day = last_day.unwrap_or(today);
            if last_day < today {
                return Err(AppError::invalid("until", "终止日期不能早于今天：过去的日子按当时的规则评判，不能改。"));
            }
            let mut after = before.clone();
            after.until = Some(last_day);
            if !remark.is_empty() {
                let earlier = before.remark.as_deref().map(|text| format!("{text}；")).unwrap_or_default();
                after.remark = Some(format!("{earlier}终止：{remark}").chars().take(1000).collect());
            }
            store::rule_amendment::update(&tx, &after).await?;
            record::event("rule.end", id, format!("{} {}", after.rule, after.key))
                .unit(office)
                .before(&before)
                .after(&after)
                .write(&tx, Some(actor))
                .await
        })
        .await
}
