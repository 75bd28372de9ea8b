//! The navigation of the console, as data: groups by duty, items with their path, and who sees what.
//!
//! Hiding an item is a courtesy, not a protection: every verb checks the permission itself.

use app::top_bar::TopBar;
use domain::{actor::Actor, duty::Duty};
use serde::Serialize;

use Duty::{
    AuditAdmin, Editor, Observer, Reviewer1, Reviewer2, Reviewer3, Reviewer4, SecurityAdmin, SiteManager, Supervisor,
    SystemAdmin,
};

const EVERYBODY: &[Duty] = &[];
const PUBLISHING: &[Duty] = &[Editor, Reviewer1, Reviewer2, Reviewer3, Reviewer4, SiteManager, Supervisor, Observer];
const REVIEWING: &[Duty] = &[Reviewer1, Reviewer2, Reviewer3, Reviewer4];
const SITES: &[Duty] = &[SiteManager, Supervisor, Observer, Editor];
const RECALLING: &[Duty] = &[Reviewer3, Reviewer4, SiteManager, Supervisor, Observer];
const PLACING: &[Duty] = &[SiteManager];
const IMPORTS: &[Duty] = &[Editor, SiteManager, Supervisor];
const MIGRATING: &[Duty] = PUBLISHING;
const MANAGING: &[Duty] = &[SiteManager, Supervisor];
const PEOPLE: &[Duty] = &[SystemAdmin, SecurityAdmin, Supervisor];
const ALARMED: &[Duty] = &[SiteManager, Supervisor, SystemAdmin];
const ACCOUNTS: &[Duty] = &[SystemAdmin, SecurityAdmin];
const AMENDING: &[Duty] = &[Supervisor, Observer];
const OVERSEEING: &[Duty] = &[SiteManager, Supervisor, Observer];
const SYSTEM: &[Duty] = &[SystemAdmin];
const SECURITY: &[Duty] = &[SecurityAdmin];
const AUDIT: &[Duty] = &[AuditAdmin];

/// One entry: label, path, icon of the sprite (see `assets/build.mjs`), and the duties that see it.
struct Entry(&'static str, &'static str, &'static str, &'static [Duty]);

/// The whole navigation. Add one line per page that people reach from the menu.
const NAVIGATION: &[(&str, &[Entry])] = &[
    (
        "我的工作",
        &[
            Entry("工作台", "/console", "layout-dashboard", EVERYBODY),
            Entry("委托代办", "/console/delegations", "user-share", PUBLISHING),
            Entry("告警", "/console/alarms", "bell", ALARMED),
        ],
    ),
    (
        "采编",
        &[
            Entry("撰写信息", "/console/resources/new", "pencil-plus", &[Editor]),
            Entry("信息资源库", "/console/resources", "books", PUBLISHING),
            Entry("批量导入", "/console/imports", "file-import", IMPORTS),
            Entry("网站迁移", "/console/migrations", "package", MIGRATING),
        ],
    ),
    (
        "审核",
        &[
            Entry("待我审核", "/console/reviews", "checklist", REVIEWING),
            Entry("欠审补审", "/console/reviews/owed", "clock-exclamation", REVIEWING),
        ],
    ),
    (
        "机审",
        &[
            Entry("机审例外", "/console/screening-exceptions", "circle-x", PUBLISHING),
            Entry("规则异议", "/console/appeals", "messages", PUBLISHING),
            Entry("机审准确率", "/console/screening-precision", "shield-check", PUBLISHING),
        ],
    ),
    (
        "网站与发布",
        &[
            Entry("网站", "/console/sites", "world", SITES),
            Entry("选用上栏目", "/console/placements/new", "copy", PLACING),
            Entry("定时发布", "/console/placements", "clock", SITES),
            Entry("发布版", "/console/releases", "rocket", SITES),
            Entry("撤回", "/console/recalls", "arrow-back-up", RECALLING),
            Entry("审核链", "/console/review-chains", "git-branch", MANAGING),
        ],
    ),
    (
        "规则与时限",
        &[
            Entry("规则", "/console/rules", "report", EVERYBODY),
            Entry("参数调整", "/console/rules/amendments", "edit", AMENDING),
            Entry("工作日历", "/console/calendar", "calendar", EVERYBODY),
            Entry("办理时限", "/console/deadlines", "clipboard-text", PUBLISHING),
        ],
    ),
    (
        "词库与存量",
        &[
            Entry("词库", "/console/lexicons", "list-check", PUBLISHING),
            Entry("词库变更单", "/console/lexicon-changes", "checklist", PUBLISHING),
            Entry("存量问题", "/console/stock", "alert-triangle", PUBLISHING),
            Entry("检查记录", "/console/stock/runs", "history", OVERSEEING),
        ],
    ),
    (
        "机构与人员",
        &[Entry("单位", "/console/units", "sitemap", PEOPLE), Entry("人员", "/console/people", "users", ACCOUNTS)],
    ),
    (
        "系统",
        &[
            Entry("后台任务", "/console/jobs", "list-check", SYSTEM),
            Entry("接口令牌", "/console/tokens", "key", SECURITY),
            Entry("策略参数", "/console/settings", "shield-lock", ACCOUNTS),
            Entry("审计日志", "/console/audit", "history", AUDIT),
        ],
    ),
];

/// A group as the layout shows it.
#[derive(Debug, Clone, Serialize)]
pub struct NavigationGroup {
    /// Heading.
    pub label: &'static str,
    /// Entries.
    pub items: Vec<NavigationItem>,
}

/// An entry as the layout shows it.
#[derive(Debug, Clone, Serialize)]
pub struct NavigationItem {
    /// Words.
    pub label: &'static str,
    /// Address.
    pub path: &'static str,
    /// Icon of the sprite.
    pub icon: &'static str,
    /// The page shown is this one or below it.
    pub active: bool,
    /// How much waits there.
    pub badge: usize,
}

/// What `actor` sees, with the entry of `path` marked and the numbers of `top_bar` beside the entries they belong to.
pub fn navigation(actor: &Actor, path: &str, top_bar: Option<&TopBar>) -> Vec<NavigationGroup> {
    let active = active_entry(path);
    let item = |Entry(label, path, icon, _): &Entry| NavigationItem {
        label,
        path,
        icon,
        active: active == Some(*path),
        badge: top_bar.map_or(0, |bar| badge(bar, path)),
    };
    NAVIGATION
        .iter()
        .map(|(label, entries)| NavigationGroup {
            label,
            items: entries.iter().filter(|entry| sees(actor, entry)).map(item).collect(),
        })
        .filter(|group| !group.items.is_empty())
        .collect()
}

fn sees(actor: &Actor, Entry(.., duties): &Entry) -> bool {
    duties.is_empty() || duties.iter().any(|duty| actor.holds(*duty))
}

fn badge(bar: &TopBar, path: &str) -> usize {
    match path {
        "/console/reviews" => bar.to_review,
        "/console/reviews/owed" => bar.owed,
        _ => 0,
    }
}

/// The entry with the longest path that `path` is at or below.
fn active_entry(path: &str) -> Option<&'static str> {
    // Editions are reached through the library's list and belong to it.
    if path.starts_with("/console/editions/") {
        return Some("/console/resources");
    }
    // Requests to let a text pass wait on the desk.
    if path.starts_with("/console/clearances/") {
        return Some("/console");
    }
    NAVIGATION
        .iter()
        .flat_map(|(_, entries)| entries.iter())
        .map(|Entry(_, candidate, ..)| *candidate)
        .filter(|candidate| {
            path == *candidate
                || (*candidate != "/console" && path.strip_prefix(candidate).is_some_and(|rest| rest.starts_with('/')))
        })
        .max_by_key(|candidate| candidate.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_specific_entry_is_marked() {
        assert_eq!(active_entry("/console"), Some("/console"));
        assert_eq!(active_entry("/console/reviews/owed"), Some("/console/reviews/owed"));
        assert_eq!(active_entry("/console/reviews/018f"), Some("/console/reviews"));
        assert_eq!(active_entry("/console/editions/018f/edit"), Some("/console/resources"));
        assert_eq!(active_entry("/console/reviewsx"), None);
    }

    #[test]
    fn every_path_stands_once() {
        let mut paths: Vec<_> =
            NAVIGATION.iter().flat_map(|(_, entries)| entries.iter().map(|entry| entry.1)).collect();
        let count = paths.len();
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), count);
    }
}
