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
    SettingRule { key: "password.min_length", meaning: "口令最短长度（位）", default: 8, min: 8, max: 64, source: "GB/T 22239-2019 身份鉴别；测评通行值", mark: "H" },
    SettingRule { key: "password.admin_min_length", meaning: "管理员口令最短长度（位）", default: 12, min: 8, max: 64, source: "GB/T 22239-2019 身份鉴别；测评通行值", mark: "H" },
    SettingRule { key: "password.min_classes", meaning: "口令至少包含的字符种类数（大写、小写、数字、符号）", default: 3, min: 2, max: 4, source: "GB/T 22239-2019 身份鉴别；测评通行值", mark: "H" },
    SettingRule { key: "password.max_age_days", meaning: "口令有效期（天），到期强制更换", default: 90, min: 1, max: 365, source: "GB/T 22239-2019 身份鉴别；测评通行值", mark: "H" },
    SettingRule { key: "password.history", meaning: "不得与最近几次口令相同（次）", default: 5, min: 1, max: 24, source: "GB/T 22239-2019 身份鉴别；测评通行值", mark: "H" },
    SettingRule { key: "login.max_failures", meaning: "连续失败多少次锁定账号（次）", default: 5, min: 3, max: 10, source: "GB/T 22239-2019 登录失败处理；测评通行值", mark: "H" },
    SettingRule { key: "login.lock_minutes", meaning: "锁定时长（分钟）", default: 15, min: 10, max: 1440, source: "GB/T 22239-2019 登录失败处理；测评通行值", mark: "H" },
    SettingRule { key: "session.idle_minutes", meaning: "空闲自动退出（分钟）", default: 30, min: 5, max: 30, source: "GB/T 22239-2019 连接超时；测评通行值", mark: "H" },
    SettingRule { key: "session.admin_idle_minutes", meaning: "管理员空闲自动退出（分钟）", default: 15, min: 5, max: 15, source: "GB/T 22239-2019 连接超时；测评通行值", mark: "H" },
    SettingRule { key: "session.max_hours", meaning: "一次登录的最长时间（小时）", default: 12, min: 1, max: 24, source: "平台策略", mark: "U" },
    SettingRule { key: "attachment.max_megabytes", meaning: "单个附件大小上限（MB）", default: 100, min: 1, max: 1024, source: "平台策略", mark: "U" },
    SettingRule { key: "review.due_hours", meaning: "每一审核步骤的办理时限（自然小时）", default: 24, min: 1, max: 240, source: "平台策略", mark: "U" },
    SettingRule { key: "publish.late_minutes", meaning: "定时发布超过多少分钟未上线即告警（分钟）", default: 5, min: 1, max: 120, source: "平台策略", mark: "U" },
    SettingRule { key: "audit.retention_days", meaning: "审计记录留存（天）", default: 400, min: 365, max: 3650, source: "互联网政务应用安全管理规定 第20条（不少于1年）", mark: "V" },
];

/// The rule of `key`, if there is one.
pub fn setting_rule(key: &str) -> Option<&'static SettingRule> {
    SETTING_RULES.iter().find(|rule| rule.key == key)
}
