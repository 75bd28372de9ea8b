//! M-V2 内容不更新: two weeks without a post; an app that cannot be installed or used (国办秘函〔2019〕19号 第一部分).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Finding, Updates, Verdict,
    updates::{Freshness, Window, last_update},
};
use crate::rule::RuleInForce;

/// What became of trying an app; `None` while nobody has tried.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppTrial {
    /// Whether it can be downloaded.
    pub downloads: Option<bool>,
    /// Whether it works.
    pub works: Option<bool>,
}

/// Posts of an account, or the content and state of an app.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountActivity {
    /// Posts.
    #[serde(flatten)]
    pub posts: Updates,
    /// Set for 移动客户端.
    #[serde(default)]
    pub app: Option<AppTrial>,
}

/// Judges the state on `at`.
pub fn judge(rule: &RuleInForce<'_>, at: Date, observed: &AccountActivity) -> Option<Verdict> {
    let window = Window::Days(rule.whole("media.stale_days")?);
    let (mut findings, mut lacking) = (Vec::new(), Vec::new());
    if let Some(app) = observed.app {
        for (state, failure, question) in
            [(app.downloads, "无法下载", "还没有试过能否下载"), (app.works, "无法使用", "还没有试过能否使用")]
        {
            match state {
                Some(true) => {}
                Some(false) => {
                    let facts = [("at", at.to_string()), ("failure", failure.to_owned())];
                    findings.push(Finding::new(rule, "app", &facts));
                }
                None => lacking.push(format!("移动客户端{question}。")),
            }
        }
    }
    match observed.posts.freshness(at, window, rule) {
        Freshness::Fresh(_) => {}
        Freshness::Stale(latest) => {
            let facts = [
                ("at", at.to_string()),
                ("latest", latest.map(|date| date.to_string()).unwrap_or_default()),
                ("last_update", last_update(latest, at)),
            ];
            findings.push(Finding::new(rule, "finding", &facts));
        }
        Freshness::Unknown => lacking.push("没有读到账号的更新时间，请重新查看。".to_owned()),
    }
    Some(Verdict::from_parts(findings, lacking, format!("截至{at}，{}内有更新。", window.chinese())))
}
