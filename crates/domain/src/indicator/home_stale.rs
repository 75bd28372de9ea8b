//! W-V3 首页不更新: two weeks without news on the home page; where it is only a way into columns, on all second-level
//! pages (国办秘函〔2019〕19号 第一部分).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Finding, Updates, Verdict,
    updates::{Freshness, Window, last_update},
};
use crate::rule::RuleInForce;

/// The home page and what it leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomePage {
    /// The page itself.
    pub home: Updates,
    /// Whether it is only a way into columns; `None` while nobody has said.
    #[serde(default)]
    pub navigation_only: Option<bool>,
    /// All second-level pages; asked for unless the home page is fresh or surely no mere way in.
    #[serde(default)]
    pub second_level: Vec<Updates>,
}

/// Judges the state on `at`.
pub fn judge(rule: &RuleInForce<'_>, at: Date, observed: &HomePage) -> Option<Verdict> {
    let window = Window::Days(rule.whole("home.stale_days")?);
    let home = observed.home.freshness(at, window, rule);
    match (home, observed.navigation_only) {
        (Freshness::Fresh(latest), _) => Some(Verdict::clear(format!("首页在{latest}有信息更新。"))),
        (Freshness::Stale(latest), Some(false)) => Some(found(rule, at, "finding", latest, 0)),
        (Freshness::Unknown, Some(false)) => Some(unread()),
        (home, navigation_only) => Some(second_level(rule, at, window, observed, home, navigation_only)),
    }
}

/// The home page is, or may be, a mere way in. If every page behind it is stale as well, that question does not matter.
fn second_level(
    rule: &RuleInForce<'_>,
    at: Date,
    window: Window,
    observed: &HomePage,
    home: Freshness,
    navigation_only: Option<bool>,
) -> Verdict {
    let pages: Vec<Freshness> = observed.second_level.iter().map(|page| page.freshness(at, window, rule)).collect();
    let fresh = pages.iter().find_map(|page| match page {
        Freshness::Fresh(latest) => Some(*latest),
        _ => None,
    });
    let unread_pages = pages.iter().filter(|page| **page == Freshness::Unknown).count();
    let undecided =
        || Verdict::not_enough("首页超过规定时间没有更新，请先核实首页是否仅为栏目导航入口，再查看二级页面。");
    match (fresh, navigation_only) {
        (Some(latest), Some(true)) => {
            return Verdict::clear(format!("首页仅为栏目导航入口，二级页面在{latest}有信息更新。"));
        }
        (Some(_), _) => return undecided(),
        (None, _) => {}
    }
    if home == Freshness::Unknown && navigation_only.is_none() {
        return unread();
    }
    if pages.is_empty() && navigation_only.is_none() {
        return undecided();
    }
    if pages.is_empty() {
        return Verdict::not_enough("首页仅为栏目导航入口，还没有查看二级页面。");
    }
    if unread_pages > 0 {
        return Verdict::not_enough(format!("有{unread_pages}个二级页面没有读到更新时间，请重新查看。"));
    }
    let latest = observed.second_level.iter().filter_map(|page| page.latest(at)).max();
    let latest = latest.max(observed.home.latest(at));
    found(rule, at, "navigation", latest, pages.len())
}

fn found(rule: &RuleInForce<'_>, at: Date, sentence: &str, latest: Option<Date>, pages: usize) -> Verdict {
    let facts = [
        ("at", at.to_string()),
        ("latest", latest.map(|date| date.to_string()).unwrap_or_default()),
        ("last_update", last_update(latest, at)),
        ("pages", pages.to_string()),
    ];
    Verdict::Found { findings: vec![Finding::new(rule, sentence, &facts)] }
}

fn unread() -> Verdict {
    Verdict::not_enough("没有读到首页的更新时间，请重新查看。")
}
