//! Policy values (策略参数) that the security and system administrators may set, with their provenance.
//!
//! GB/T 22239-2019 gives no numbers; the defaults are the customary values of assessments (regulations §10.3, mark H),
//! so they are data with a source, never constants in code.

use serde::{Deserialize, Serialize};

/// One value with its bounds and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingRule {
    /// Stable key, e.g. `password.min_length`.
    pub key: &'static str,
    /// What it means, in Chinese, with the unit.
    pub meaning: &'static str,
    /// Default value.
    pub default: i64,
    /// Smallest allowed value.
    pub min: i64,
    /// Largest allowed value.
    pub max: i64,
    /// 文号 or document it rests on.
    pub source: &'static str,
    /// Reliability mark: V, V~, H or U.
    pub mark: &'static str,
}

/// All policy values.
pub const SETTING_RULES: &[SettingRule] = &[
    SettingRule {
        key: "password.min_length",
        meaning: "口令最短长度（位）",
        default: 8,
        min: 8,
        max: 64,
        source: "GB/T 22239-2019 身份鉴别；测评通行值",
        mark: "H",
    },
    SettingRule {
        key: "password.admin_min_length",
        meaning: "管理员口令最短长度（位）",
        default: 12,
        min: 8,
        max: 64,
        source: "GB/T 22239-2019 身份鉴别；测评通行值",
        mark: "H",
    },
    SettingRule {
        key: "password.min_classes",
        meaning: "口令至少包含的字符种类数（大写、小写、数字、符号）",
        default: 3,
        min: 2,
        max: 4,
        source: "GB/T 22239-2019 身份鉴别；测评通行值",
        mark: "H",
    },
    SettingRule {
        key: "password.max_age_days",
        meaning: "口令有效期（天），到期强制更换",
        default: 90,
        min: 1,
        max: 365,
        source: "GB/T 22239-2019 身份鉴别；测评通行值",
        mark: "H",
    },
    SettingRule {
        key: "password.history",
        meaning: "不得与最近几次口令相同（次）",
        default: 5,
        min: 1,
        max: 24,
        source: "GB/T 22239-2019 身份鉴别；测评通行值",
        mark: "H",
    },
    SettingRule {
        key: "login.max_failures",
        meaning: "连续失败多少次锁定账号（次）",
        default: 5,
        min: 3,
        max: 10,
        source: "GB/T 22239-2019 登录失败处理；测评通行值",
        mark: "H",
    },
    SettingRule {
        key: "login.lock_minutes",
        meaning: "锁定时长（分钟）",
        default: 15,
        min: 10,
        max: 1440,
        source: "GB/T 22239-2019 登录失败处理；测评通行值",
        mark: "H",
    },
    SettingRule {
        key: "login.admin_second_factor",
        meaning: "管理员必须使用二次验证",
        default: 1,
        min: 0,
        max: 1,
        source: "GB/T 22239-2019 三级 身份鉴别（两种或以上鉴别技术）",
        mark: "V",
    },
    SettingRule {
        key: "session.idle_minutes",
        meaning: "空闲自动退出（分钟）",
        default: 30,
        min: 5,
        max: 30,
        source: "GB/T 22239-2019 连接超时；测评通行值",
        mark: "H",
    },
    SettingRule {
        key: "session.admin_idle_minutes",
        meaning: "管理员空闲自动退出（分钟）",
        default: 15,
        min: 5,
        max: 15,
        source: "GB/T 22239-2019 连接超时；测评通行值",
        mark: "H",
    },
    SettingRule {
        key: "session.max_hours",
        meaning: "一次登录的最长时间（小时）",
        default: 12,
        min: 1,
        max: 24,
        source: "平台策略",
        mark: "U",
    },
    SettingRule {
        key: "attachment.max_megabytes",
        meaning: "单个附件大小上限（MB）",
        default: 100,
        min: 1,
        max: 1024,
        source: "平台策略",
        mark: "U",
    },
    SettingRule {
        key: "review.due_hours",
        meaning: "每一审核步骤的办理时限（自然小时）",
        default: 24,
        min: 1,
        max: 240,
        source: "平台策略",
        mark: "U",
    },
    SettingRule {
        key: "publish.late_minutes",
        meaning: "定时发布超过多少分钟未上线即告警（分钟）",
        default: 5,
        min: 1,
        max: 120,
        source: "平台策略",
        mark: "U",
    },
    SettingRule {
        key: "audit.retention_days",
        meaning: "审计记录留存（天）",
        default: 400,
        min: 365,
        max: 3650,
        source: "互联网政务应用安全管理规定 第20条（不少于1年）",
        mark: "V",
    },
];

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
