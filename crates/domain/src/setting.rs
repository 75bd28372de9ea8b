//! Policy values (策略参数) that the security and system administrators may set, with their provenance.
//!
//! GB/T 22239-2019 gives no numbers; the defaults are the customary values of assessments (regulations §10.3, mark H),
//! so they are data with a source, never constants in code: see `rules/platform-settings.toml`.

use std::sync::LazyLock;

use serde::Serialize;

use crate::rule::{Parameter, Quantity, Rule};

/// One value with its bounds and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SettingRule {
    /// Stable key, e.g. `password.min_length`.
    pub key: &'static str,
    /// What it means, in Chinese, with the unit.
    pub meaning: String,
    /// Default value.
    pub default: i64,
    /// Smallest allowed value.
    pub min: i64,
    /// Largest allowed value.
    pub max: i64,
    /// 文号 or document it rests on.
    pub source: String,
    /// Reliability mark: V, V~, H or U.
    pub mark: &'static str,
}

/// All policy values: the parameters of the pack `rules/platform-settings.toml`.
pub static SETTING_RULES: LazyLock<Vec<SettingRule>> = LazyLock::new(|| {
    let book = crate::rule::builtin::book();
    let rules = book.all_versions().filter(|rule| rule.pack == PACK);
    rules.flat_map(|rule| rule.parameters.iter().filter_map(|parameter| read(rule, parameter))).collect()
});

/// The pack that holds them.
pub const PACK: &str = "platform-settings";

fn read(rule: &'static Rule, parameter: &'static Parameter) -> Option<SettingRule> {
    let whole = |quantity: Option<Quantity>| quantity.and_then(Quantity::as_whole);
    Some(SettingRule {
        key: &parameter.key,
        meaning: if parameter.unit.is_empty() {
            parameter.name.clone()
        } else {
            format!("{}（{}）", parameter.name, parameter.unit)
        },
        default: whole(parameter.value.number())?,
        min: whole(parameter.min)?,
        max: whole(parameter.max)?,
        source: rule.citation(),
        mark: parameter.mark.as_str(),
    })
}

/// The rule of `key`, if there is one.
pub fn setting_rule(key: &str) -> Option<&'static SettingRule> {
    SETTING_RULES.iter().find(|rule| rule.key == key)
}

impl SettingRule {
    /// True for the values of the security administrator; the others belong to the system administrator.
    pub fn is_security(&self) -> bool {
        ["password.", "login.", "session.", "audit."].iter().any(|group| self.key.starts_with(group))
    }

    /// Says why `value` cannot be set; `None` when it can.
    pub fn objection(&self, value: i64) -> Option<String> {
        if (self.min..=self.max).contains(&value) {
            return None;
        }
        Some(format!("“{}”须在 {} 到 {} 之间，请重新填写。", self.meaning, self.min, self.max))
    }
}

/// The values in force: what was set, otherwise the default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    set: std::collections::BTreeMap<String, i64>,
}

impl Settings {
    /// From the stored values; keys that no rule knows (any more) are ignored.
    pub fn from_stored(stored: impl IntoIterator<Item = (String, i64)>) -> Self {
        Self { set: stored.into_iter().filter(|(key, _)| setting_rule(key).is_some()).collect() }
    }

    /// The value of `key`, kept within its bounds even if a stored value is not. Unknown keys are 0, which a test of
    /// the caller shows at once.
    pub fn value(&self, key: &str) -> i64 {
        let Some(rule) = setting_rule(key) else { return 0 };
        self.set.get(key).copied().unwrap_or(rule.default).clamp(rule.min, rule.max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_lies_within_its_bounds_and_keys_are_unique() {
        let shipped: usize = crate::rule::builtin::book()
            .all_versions()
            .filter(|rule| rule.pack == PACK)
            .map(|rule| rule.parameters.len())
            .sum();
        assert!(shipped > 0 && SETTING_RULES.len() == shipped, "every parameter of the pack has whole bounds");
        for (index, rule) in SETTING_RULES.iter().enumerate() {
            assert_eq!(rule.objection(rule.default), None, "{}", rule.key);
            assert!(SETTING_RULES[..index].iter().all(|other| other.key != rule.key), "{}", rule.key);
        }
    }

    #[test]
    fn a_stored_value_beats_the_default_but_never_its_bounds() {
        let stored = [("password.min_length", 10), ("login.max_failures", 9999), ("gone.since_long", 3)];
        let settings = Settings::from_stored(stored.map(|(key, value)| (key.to_owned(), value)));
        assert_eq!(settings.value("password.min_length"), 10);
        assert_eq!(settings.value("login.max_failures"), 10);
        assert_eq!(settings.value("session.idle_minutes"), 30);
        assert_eq!(settings.value("gone.since_long"), 0);
    }

    #[test]
    fn a_value_out_of_bounds_is_refused_with_the_bounds() {
        let rule = setting_rule("login.lock_minutes").unwrap();
        assert!(rule.is_security());
        assert_eq!(rule.objection(10), None);
        assert!(rule.objection(9).unwrap().contains("10 到 1440"));
        assert!(!setting_rule("review.due_hours").unwrap().is_security());
    }
}
