//! Duties (职责) that a person can hold at a unit, and which of them exclude each other.

use serde::{Deserialize, Serialize};

/// A duty held by appointment at one unit; it reaches that unit and, where it says so, the units below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// 采编
    Editor,
    /// 初审
    Reviewer1,
    /// 复审
    Reviewer2,
    /// 终审
    Reviewer3,
    /// 四审（特别审签）
    Reviewer4,
    /// 主办管理员: runs the sites, columns, chains and placements of the unit.
    SiteManager,
    /// 主管巡检员: the competent office's eye; reads everything of its division and below.
    Supervisor,
    /// 只读观察员
    Observer,
    /// 系统管理员: accounts, units, parameters, jobs. Cannot grant duties or read audit.
    SystemAdmin,
    /// 安全管理员: grants duties, sets security policy. Cannot create accounts.
    SecurityAdmin,
    /// 审计管理员: reads and exports audit only.
    AuditAdmin,
}

impl Duty {
    /// All duties, in the order of forms.
    pub const ALL: [Self; 11] = [
        Self::Editor,
        Self::Reviewer1,
        Self::Reviewer2,
        Self::Reviewer3,
        Self::Reviewer4,
        Self::SiteManager,
        Self::Supervisor,
        Self::Observer,
        Self::SystemAdmin,
        Self::SecurityAdmin,
        Self::AuditAdmin,
    ];

    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Editor => "采编",
            Self::Reviewer1 => "初审",
            Self::Reviewer2 => "复审",
            Self::Reviewer3 => "终审",
            Self::Reviewer4 => "特别审签",
            Self::SiteManager => "主办管理员",
            Self::Supervisor => "主管巡检员",
            Self::Observer => "只读观察员",
            Self::SystemAdmin => "系统管理员",
            Self::SecurityAdmin => "安全管理员",
            Self::AuditAdmin => "审计管理员",
        }
    }

    /// Stable word stored in the database, used by Cedar and in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Editor => "editor",
            Self::Reviewer1 => "reviewer1",
            Self::Reviewer2 => "reviewer2",
            Self::Reviewer3 => "reviewer3",
            Self::Reviewer4 => "reviewer4",
            Self::SiteManager => "site_manager",
            Self::Supervisor => "supervisor",
            Self::Observer => "observer",
            Self::SystemAdmin => "system_admin",
            Self::SecurityAdmin => "security_admin",
            Self::AuditAdmin => "audit_admin",
        }
    }

    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|duty| duty.as_str() == text)
    }

    /// The reviewing duty with this number (1–4).
    pub fn reviewer(number: u8) -> Option<Self> {
        match number {
            1 => Some(Self::Reviewer1),
            2 => Some(Self::Reviewer2),
            3 => Some(Self::Reviewer3),
            4 => Some(Self::Reviewer4),
            _ => None,
        }
    }

    /// True for the three administrators of GB/T 22239-2019 (三权分立).
    pub fn is_administrator(self) -> bool {
        matches!(self, Self::SystemAdmin | Self::SecurityAdmin | Self::AuditAdmin)
    }
}

/// Says why a person holding `held` may not also be given `wanted`; `None` when there is no objection.
///
/// The three administrators are three different natural persons, and none of them takes part in the publishing
/// chain (GB/T 22239-2019 三级 安全管理机构; the security administrator is a full-time post).
pub fn conflict(held: &[Duty], wanted: Duty) -> Option<String> {
    let clash =
        held.iter().copied().find(|have| *have != wanted && (have.is_administrator() || wanted.is_administrator()))?;
    Some(format!(
        "该人员已任“{}”，不能再任“{}”：系统管理员、安全管理员、审计管理员须由三个不同的人担任，且不得兼任其他职责。请先解除原任职，或另选一人。",
        clash.chinese(),
        wanted.chinese()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_administrators_are_three_persons() {
        let administrators = [Duty::SystemAdmin, Duty::SecurityAdmin, Duty::AuditAdmin];
        for have in administrators {
            for want in Duty::ALL {
                assert_eq!(conflict(&[have], want).is_some(), have != want, "{have:?} + {want:?}");
                assert_eq!(conflict(&[want], have).is_some(), have != want, "{want:?} + {have:?}");
            }
        }
    }

    #[test]
    fn publishing_duties_may_be_joined() {
        assert_eq!(conflict(&[Duty::Editor, Duty::Reviewer1], Duty::SiteManager), None);
        assert_eq!(conflict(&[], Duty::AuditAdmin), None);
    }

    #[test]
    fn words_are_read_back() {
        for duty in Duty::ALL {
            assert_eq!(Duty::parse(duty.as_str()), Some(duty));
        }
    }
}
