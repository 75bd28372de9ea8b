//! Going back to an earlier release: first the consequences, then the reason.

use std::collections::BTreeMap;

use app::AppError;
use axum::extract::Path;
use domain::ids::SiteId;
use serde_json::{Value, json};

use super::{change_kind, place_words};
use crate::{Page, Submitted, WebResult, form_view::FormView, view};

/// Pages listed one by one; more are told as a number.
const SHOWN: usize = 200;

pub(super) async fn ask(page: Page, Path((id, number)): Path<(SiteId, i64)>) -> WebResult {
    let context = consequences(&page, id, number).await?;
    page.render_form("console/release/rollback.html", context, &FormView::blank())
}

pub(super) async fn rollback(page: Page, Path((id, number)): Path<(SiteId, i64)>, submitted: Submitted) -> WebResult {
    match app::release::rollback(page.app(), &page.actor, id, number, submitted.text("reason")).await {
        Ok(done) => {
            let kept = done.kept.len();
            let words = match &done.release {
                Some(release) => format!("已回退到第 {number} 版的页面，形成第 {} 版。", release.number),
                None => "现有页面与该版相同，没有需要回退的页面。".to_owned(),
            };
            let words = if kept > 0 { format!("{words}{kept} 个页面按规则保留。") } else { words };
            page.done(&format!("/console/sites/{id}/releases"), &words)
        }
        Err(error @ (AppError::Invalid(_) | AppError::Conflict(_))) => {
            let context = consequences(&page, id, number).await?;
            page.ask_again("console/release/rollback.html", context, &submitted, error)
        }
        Err(error) => Err(error.into()),
    }
}

async fn consequences(page: &Page, id: SiteId, number: i64) -> WebResult<minijinja::Value> {
    let preview = app::release::preview_rollback(page.app(), &page.actor, id, number).await?;
    let total = preview.changes.len();
    let changes: Vec<Value> = preview
        .changes
        .iter()
        .take(SHOWN)
        .map(|change| {
            let before = change.before.as_ref().map(|standing| standing.page.status);
            let after = change.after.as_ref().map(|standing| standing.page.status);
            let (kind, colour) = change_kind(before, after);
            json!({ "path": change.path, "place": place_words(&change.path), "kind": kind, "colour": colour })
        })
        .collect();
    let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for kept in preview.kept.iter().filter(|kept| !kept.path.starts_with("assets/")) {
        reasons.entry(&kept.reason).or_default().push(&kept.path);
    }
    let kept_total: usize = reasons.values().map(Vec::len).sum();
    let kept: Vec<Value> =
        reasons.into_iter().map(|(reason, pages)| json!({ "reason": reason, "pages": pages })).collect();
    Ok(view! { site => preview.site, number, changes, kept, kept_total, total })
}
