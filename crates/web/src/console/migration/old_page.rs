//! `/console/migrations/{id}/pages/{page}`: the original and what becomes of it, side by side.

use app::{AppError, migration::PageView};
use axum::extract::Path;
use domain::{
    ids::{MigrationId, OldPageId},
    migration::{Corrected, Fate, OldPageKind},
};
use minijinja::Value;
use serde_json::json;

use super::frame::{column_name, head};
use crate::{Page, Submitted, WebResult, form_view::FormView, view};

const TEMPLATE: &str = "console/migration/page.html";

/// The page.
pub async fn show(page: Page, Path((id, old)): Path<(MigrationId, OldPageId)>) -> WebResult {
    let (view, shown) = the_view(&page, id, old).await?;
    let now = |corrected: &Option<String>, read: Option<String>| corrected.clone().or(read).unwrap_or_default();
    let (one, corrected) = (&shown.page, &shown.page.corrected);
    let form = FormView::blank()
        .with("title", now(&corrected.title, Some(one.title.clone())))
        .with("published", now(&corrected.published, found(&shown, "published")))
        .with("source", now(&corrected.source, one.source.clone()))
        .with("document_number", now(&corrected.document_number, one.document_number.clone()));
    page.render_form(TEMPLATE, view, &form)
}

/// Puts right what was read wrongly. What says the same as the page is no correction.
pub async fn correct(page: Page, Path((id, old)): Path<(MigrationId, OldPageId)>, submitted: Submitted) -> WebResult {
    let shown = app::migration::page(page.app(), &page.actor, id, old).await?;
    let typed = |name: &str, read: Option<&str>| {
        let text = submitted.text(name);
        (!text.is_empty() && Some(text) != read).then(|| text.to_owned())
    };
    let one = &shown.page;
    let corrected = Corrected {
        title: typed("title", Some(&one.title)),
        published: typed("published", found(&shown, "published").as_deref()),
        source: typed("source", one.source.as_deref()),
        document_number: typed("document_number", one.document_number.as_deref()),
    };
    let done = app::migration::correct(page.app(), &page.actor, id, old, &corrected).await;
    let message = match one.edition {
        Some(_) => "已保存。再次“试迁移”后，稿件按改正的内容更新。",
        None => "已保存，迁移时以改正的内容为准。",
    };
    finish(&page, id, old, &submitted, done, message).await
}

/// Decides what becomes of it.
pub async fn decide(page: Page, Path((id, old)): Path<(MigrationId, OldPageId)>, submitted: Submitted) -> WebResult {
    app::migration::show(page.app(), &page.actor, id).await?;
    let done = match Fate::parse(submitted.text("fate")) {
        Some(fate) => {
            let reason = submitted.text("fate_reason");
            app::migration::decide_pages(page.app(), &page.actor, id, &[old], fate, reason).await
        }
        None => Err(AppError::invalid("fate", "请选择这个页面去哪里。")),
    };
    let done = done.map_err(|error| renamed(error, "reason", "fate_reason"));
    finish(&page, id, old, &submitted, done, "去向已保存。").await
}

/// Notes a comparison with the original.
pub async fn check(page: Page, Path((id, old)): Path<(MigrationId, OldPageId)>, submitted: Submitted) -> WebResult {
    app::migration::show(page.app(), &page.actor, id).await?;
    let note = submitted.text("note");
    let done = match submitted.text("agrees") {
        "yes" => app::migration::check(page.app(), &page.actor, id, old, true, note).await,
        "no" => app::migration::check(page.app(), &page.actor, id, old, false, note).await,
        _ => Err(AppError::invalid("agrees", "请选择与原页面一致还是不一致。")),
    };
    finish(&page, id, old, &submitted, done, "抽查结果已记录在您名下。").await
}

fn renamed(error: AppError, from: &str, to: &str) -> AppError {
    match error {
        AppError::Invalid(mut problems) => {
            for problem in problems.iter_mut().filter(|problem| problem.field == from) {
                problem.field = to.to_owned();
            }
            AppError::Invalid(problems)
        }
        other => other,
    }
}

async fn finish<T>(
    page: &Page,
    id: MigrationId,
    old: OldPageId,
    submitted: &Submitted,
    done: Result<T, AppError>,
    message: &str,
) -> WebResult {
    match done {
        Ok(_) => page.done(&format!("/console/migrations/{id}/pages/{old}"), message),
        Err(error @ (AppError::Invalid(_) | AppError::Conflict(_))) => {
            let (view, _) = the_view(page, id, old).await?;
            page.ask_again(TEMPLATE, view, submitted, error)
        }
        Err(error) => Err(error.into()),
    }
}

/// What was read for a field, as it was read.
fn found(shown: &PageView, field: &str) -> Option<String> {
    shown.found.iter().find(|found| found.field == field).map(|found| found.value.clone())
}

async fn the_view(page: &Page, id: MigrationId, old: OldPageId) -> Result<(Value, PageView), AppError> {
    let (_, head) = head(page, id).await?;
    let shown = app::migration::page(page.app(), &page.actor, id, old).await?;
    let one = &shown.page;
    let base = format!("/console/migrations/{id}/pages");
    // Pictures and files that were collected are shown from what was collected; nothing is loaded from the old site.
    let pictures = render::rich_text::pictures(&shown.html);
    let html = render::rich_text::rewrite_references(&shown.html, |address| {
        let collected = shown.pictures.iter().find(|(named, _)| named == address);
        match collected {
            Some((_, file)) => Some(format!("{base}/{file}/original")),
            None => pictures.iter().any(|picture| picture == address).then(|| "data:,".to_owned()),
        }
    });
    let files: Vec<serde_json::Value> = shown
        .files
        .iter()
        .map(|(address, name, collected)| json!({ "address": address, "name": name, "collected": collected }))
        .collect();
    let checks: Vec<serde_json::Value> = shown
        .checks
        .iter()
        .map(|(check, who)| {
            let (what, kind) = if check.agrees { ("认为一致", "success") } else { ("认为不一致", "danger") };
            json!({ "at": check.checked_at, "who": who, "what": what, "kind": kind, "note": check.note })
        })
        .collect();
    let facts = json!({
        "id": one.id,
        "path": format!("{base}/{}", one.id),
        "title": one.title_now(),
        "address": one.address,
        "kind": one.kind.chinese(),
        "is_text": one.kind.is_text(),
        "is_page": one.hash.is_some() && !matches!(one.kind, OldPageKind::File | OldPageKind::Redirect | OldPageKind::Failed),
        "kept": one.hash.is_some(),
        "status": one.status,
        "size": one.size,
        "collected_at": one.collected_at,
        "referrer": one.referrer,
        "target": one.target,
        "column": column_name(&one.column_key),
        "fault": one.fault,
        "stuck": one.trial_fault,
        "remarks": one.remarks,
        "blocks": one.blocks,
        "warns": one.warns,
        "fate": one.fate.as_str(),
        "fate_name": one.fate.chinese(),
        "fate_by": one.fate_by.chinese(),
        "fate_reason": one.fate_reason,
        "merged_into": one.merged_into,
        "edition": one.edition,
        "stale": one.edition.is_some() && one.tried_round < one.changed_round,
    });
    let choices =
        [("moved", "迁移"), ("archived", "归档原件"), ("dropped", "不迁移"), ("undecided", "按栏目和规则重新判定")];
    let view = view! { head, page => facts, found => shown.found, html, files, checks, choices, may_change => shown.may_change };
    Ok((view, shown))
}
