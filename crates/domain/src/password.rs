//! What a password must look like (GB/T 22239-2019 身份鉴别: 复杂度要求并定期更换). The numbers are settings.

use jiff::{SignedDuration, Timestamp};

use crate::setting::Settings;

/// The rules in force for one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordPolicy {
    /// Shortest length, in characters.
    pub min_length: i64,
    /// Kinds of characters: upper case, lower case, digits, others.
    pub min_classes: i64,
    /// So many of the last passwords may not come back.
    pub history: i64,
    /// After so many days it must be changed.
    pub max_age_days: i64,
}

/// Longer input is refused before any hashing: it can only be a mistake or an attack.
pub const LONGEST: usize = 128;

impl PasswordPolicy {
    /// The rules for an administrator or for anybody else.
    pub fn from_settings(settings: &Settings, administrator: bool) -> Self {
        let general = settings.value("password.min_length");
        let stricter = settings.value("password.admin_min_length").max(general);
        Self {
            min_length: if administrator { stricter } else { general },
            min_classes: settings.value("password.min_classes"),
            history: settings.value("password.history"),
            max_age_days: settings.value("password.max_age_days"),
        }
    }

    /// Says what is wrong with `password` for the person with `login`; `None` when nothing is.
    pub fn objection(&self, password: &str, login: &str) -> Option<String> {
        let length = password.chars().count();
        if i64::try_from(length).unwrap_or(i64::MAX) < self.min_length {
            return Some(format!("口令至少 {} 位，现在只有 {length} 位。", self.min_length));
        }
        if password.len() > LONGEST {
            return Some(format!("口令太长，请不超过 {LONGEST} 个字节。"));
        }
        if password.chars().any(char::is_control) {
            return Some("口令不能含有换行、制表等控制字符。".into());
        }
        let classes = classes(password);
        if classes < self.min_classes {
            return Some(format!(
                "口令须包含大写字母、小写字母、数字、符号中的至少 {} 种，现在只有 {classes} 种。",
                self.min_classes
            ));
        }
        let folded = password.to_lowercase();
        if login.chars().count() >= 3 && folded.contains(&login.to_lowercase()) {
            return Some("口令不能包含登录名，请换一个。".into());
        }
        if WIDELY_KNOWN.iter().any(|known| folded.trim_end_matches(['!', '.', '@', '#']) == *known) {
            return Some("这个口令太常见，容易被猜中，请换一个。".into());
        }
        None
    }

    /// True when a password set at `changed_at` must be changed at `now`.
    pub fn expired(&self, changed_at: Timestamp, now: Timestamp) -> bool {
        now.duration_since(changed_at) >= SignedDuration::from_hours(self.max_age_days.saturating_mul(24))
    }

    /// The rules in one sentence, shown beside the field.
    pub fn describe(&self) -> String {
        format!(
            "至少 {} 位，含大写字母、小写字母、数字、符号中的至少 {} 种，不含登录名，不与最近 {} 次口令相同；{} 天内须更换。",
            self.min_length, self.min_classes, self.history, self.max_age_days
        )
    }
}

/// Passwords that satisfy the classes and are tried first by everybody.
const WIDELY_KNOWN: [&str; 12] = [
    "admin@123",
    "admin123",
    "passw0rd",
    "password1",
    "password123",
    "p@ssw0rd",
    "p@ssword1",
    "qwer1234",
    "qwe123",
    "abc123456",
    "aa123456",
    "1qaz@wsx",
];

fn classes(password: &str) -> i64 {
    let kinds: [fn(char) -> bool; 4] = [
        |c| c.is_uppercase(),
        |c| c.is_lowercase(),
        |c| c.is_ascii_digit(),
        |c| !c.is_uppercase() && !c.is_lowercase() && !c.is_ascii_digit(),
    ];
    kinds.into_iter().map(|kind| i64::from(password.chars().any(kind))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::parse_beijing;

    fn policy(administrator: bool) -> PasswordPolicy {
        PasswordPolicy::from_settings(&Settings::default(), administrator)
    }

    #[test]
    fn a_password_is_judged_by_length_classes_login_and_fame() {
        let cases = [
            ("Caoyuan-26", None),
            ("草原Ab12345", None),
            ("Ab1!", Some("至少 8 位")),
            ("caoyuan2026", Some("只有 2 种")),
            ("Nmg.Editor1", Some("登录名")),
            ("P@ssw0rd", Some("太常见")),
            ("Admin@123!", Some("太常见")),
            ("Abc123\n!!", Some("控制字符")),
        ];
        for (password, expected) in cases {
            let objection = policy(false).objection(password, "nmg.editor");
            match expected {
                None => assert_eq!(objection, None, "{password}"),
                Some(part) => assert!(objection.as_deref().unwrap_or("").contains(part), "{password}: {objection:?}"),
            }
        }
        assert!(policy(false).objection(&"Aa1".repeat(60), "x").unwrap().contains("太长"));
    }

    #[test]
    fn administrators_need_longer_ones() {
        assert_eq!(policy(false).objection("Caoyuan-26", "a.b"), None);
        assert!(policy(true).objection("Caoyuan-26", "a.b").unwrap().contains("12 位"));
    }

    #[test]
    fn a_password_expires_on_the_day_the_setting_says() {
        let set = parse_beijing("2026-01-01 09:00").unwrap();
        assert!(!policy(false).expired(set, parse_beijing("2026-04-01 08:59").unwrap()));
        assert!(policy(false).expired(set, parse_beijing("2026-04-01 09:00").unwrap()));
    }
}
