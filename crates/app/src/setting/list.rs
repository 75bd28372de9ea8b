//! All policy values with bounds, source and last change.

use std::collections::HashMap;

use domain::{
    actor::Actor,
    ids::PersonId,
    setting::{SETTING_RULES, SettingRule, Settings},
};
use jiff::Timestamp;
use policy::{Action, Target};
use serde::Serialize;

use crate::{App, AppError, AppResult};

/// One value as people read it.
#[derive(Debug, Clone, Serialize)]
pub struct SettingView {
    /// Meaning, bounds, default, source.
    #[serde(flatten)]
    pub rule: RuleView,
    /// Value in force.
    pub value: i64,
    /// Who changed it last.
    pub changed_by: Option<String>,
    /// When.
    pub changed_at: Option<Timestamp>,
    /// The caller may change it.
    pub may_change: bool,
}

/// The rule of a value.
#[derive(Debug, Clone, Serialize)]
pub struct RuleView {
    /// Stable key.
    pub key: &'static str,
    /// What it means.
    pub meaning: String,
    /// Default.
    pub default: i64,
    /// Least.
    pub min: i64,
    /// Most.
    pub max: i64,
    /// Where it comes from.
    pub source: String,
    /// Reliability mark.
    pub mark: &'static str,
    /// Belongs to the security administrator.
    pub security: bool,
}

/// All values, for people who may change some of them.
pub async fn list(app: &App, actor: &Actor) -> AppResult<Vec<SettingView>> {
    let may = |action| app.policy.decide(actor, action, &Target::Platform).allowed;
    if !may(Action::SecuritySettingChange) && !may(Action::PlatformSettingChange) {
        return Err(AppError::Forbidden("策略参数由安全管理员和系统管理员设置，您没有查看权限。".into()));
    }
    let read = app.store.read();
    let stored = store::setting::all(&read).await?;
    let ids: Vec<PersonId> = stored.iter().filter_map(|setting| setting.changed_by).collect();
    let names: HashMap<PersonId, String> =
        store::person::by_ids(&read, &ids).await?.into_iter().map(|person| (person.id, person.name)).collect();
    let values = Settings::from_stored(stored.iter().map(|setting| (setting.key.clone(), setting.value)));
    Ok(SETTING_RULES
        .iter()
        .map(|rule| {
            let change = stored.iter().find(|setting| setting.key == rule.key);
            SettingView {
                rule: view(rule),
                value: values.value(rule.key),
                changed_by: change.map(|change| {
                    change.changed_by.and_then(|id| names.get(&id).cloned()).unwrap_or_else(|| "系统".to_owned())
                }),
                changed_at: change.map(|change| change.changed_at),
                may_change: may(super::action(rule)),
            }
        })
        .collect())
}

fn view(rule: &SettingRule) -> RuleView {
    RuleView {
        key: rule.key,
        meaning: rule.meaning.clone(),
        default: rule.default,
        min: rule.min,
        max: rule.max,
        source: rule.source.clone(),
        mark: rule.mark,
        security: rule.is_security(),
    }
}
