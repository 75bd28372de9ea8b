//! 修改参数: some or all of one's values at once, all or none.

use domain::{
    actor::Actor,
    problem::FieldProblem,
    setting::{SettingRule, setting_rule},
};
use policy::Target;

use crate::{App, AppError, AppResult, authorise, record};

/// Sets the values typed under these keys; unchanged ones are left alone. Returns how many changed.
pub async fn change(app: &App, actor: &Actor, typed: &[(String, String)]) -> AppResult<usize> {
    let wanted = read(typed)?;
    for (rule, _) in &wanted {
        authorise::require(app, actor, super::action(rule), &Target::Platform)?;
    }
    let wanted = &wanted;
    app.store
        .write(|tx| async move {
            let (mut before, mut after) = (serde_json::Map::new(), serde_json::Map::new());
            for (rule, value) in wanted {
                let present = store::setting::lock(&tx, rule.key).await?.map_or(rule.default, |stored| stored.value);
                if present == *value {
                    continue;
                }
                store::setting::set(&tx, rule.key, *value, Some(actor.person)).await?;
                before.insert(rule.key.to_owned(), present.into());
                after.insert(rule.key.to_owned(), (*value).into());
            }
            let changed = after.len();
            if changed > 0 {
                record::event("setting.change", "platform", "策略参数")
                    .before(before)
                    .after(after)
                    .write(&tx, Some(actor))
                    .await?;
            }
            AppResult::Ok(changed)
        })
        .await
}

fn read(typed: &[(String, String)]) -> AppResult<Vec<(&'static SettingRule, i64)>> {
    let (mut wanted, mut problems) = (Vec::new(), Vec::new());
    for (key, text) in typed {
        let Some(rule) = setting_rule(key) else {
            problems.push(FieldProblem::new(key, "没有这个参数，请刷新页面。"));
            continue;
        };
        match text.trim().parse::<i64>() {
            Err(_) => problems.push(FieldProblem::new(key, format!("“{}”须填写整数。", rule.meaning))),
            Ok(value) => match rule.objection(value) {
                Some(objection) => problems.push(FieldProblem::new(key, objection)),
                None => wanted.push((rule, value)),
            },
        }
    }
    // A fixed order of locks, whoever asks.
    wanted.sort_by_key(|(rule, _)| rule.key);
    if problems.is_empty() { Ok(wanted) } else { Err(AppError::Invalid(problems)) }
}
