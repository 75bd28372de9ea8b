//! `/console/migrations/{id}/pages`: every old address, to be looked for and decided in one go.

use app::{AppError, migration::PageFilter};
use axum::extract::Path;
use domain::{
    ids::{MigrationId, OldPageId},
    migration::{Fate, OldPage, OldPageKind},
    time::{beijing_date, beijing_minutes},
};
use minijinja::Value;
use serde_json::json;

use super::frame::{answer, column_name, head, title_or_name};
use crate::{
    ListQuery, Page, Submitted, WebResult, error_page::percent_encode, export, flash::Flash, form_view::FormView, view,
};

const TEMPLATE: &str = "console/migration/pages.html";
/// How a filter names the pages of no column: an empty parameter would mean all.
const NO_COLUMN: &str = "-";

/// The list.
pub async fn list(page: Page, Path(id): Path<MigrationId>, query: ListQuery) -> WebResult {
    if query.wants_csv() {
        let filter = filter_of(&query);
        let (pages, _) =
            app::migration::pages(page.app(), &page.actor, id, &filter, query.offset(), query.limit()).await?;
        return Ok(csv(&pages));
    }
    let view = the_view(&page, id, &query, &[]).await?;
    page.render_form(TEMPLATE, view, &FormView::blank())
}

/// Decides about the ticked pages, or takes them along to the page of reading rules.
pub async fn decide(page: Page, Path(id): Path<MigrationId>, query: ListQuery, submitted: Submitted) -> WebResult {
    // Says first whether there is such a migration.
    app::migration::show(page.app(), &page.actor, id).await?;
    let ticked: Vec<OldPageId> = submitted.all("page").iter().filter_map(|page| page.parse().ok()).collect();
    if submitted.text("act") == "learn" && !ticked.is_empty() {
        let pages: Vec<String> = ticked.iter().take(3).map(|page| format!("page={page}")).collect();
        return Ok(page.redirect_quietly(&format!("/console/migrations/{id}/learn?{}", pages.join("&"))));
    }
    let done = match (ticked.is_empty(), Fate::parse(submitted.text("fate"))) {
        (true, _) => Err(AppError::invalid("page", "请先在表格左侧勾选页面。")),
        (_, None) => Err(AppError::invalid("fate", "请选择勾选的页面去哪里。")),
        (_, Some(fate)) => {
            let reason = submitted.text("reason");
            app::migration::decide_pages(page.app(), &page.actor, id, &ticked, fate, reason).await
        }
    };
    match done {
        Ok(count) => page.done(&query.url_with(&[]), &format!("已决定 {count} 个页面的去向。")),
        Err(error @ (AppError::Invalid(_) | AppError::Conflict(_))) => {
            let view = the_view(&page, id, &query, &ticked).await?;
            page.ask_again(TEMPLATE, view, &submitted, error)
        }
        Err(error) => Err(error.into()),
    }
}

/// Writes one source on every text that has none.
pub async fn fill_source(page: Page, Path(id): Path<MigrationId>, submitted: Submitted) -> WebResult {
    let done = app::migration::fill_source(page.app(), &page.actor, id, submitted.text("source")).await;
    answer(&page, &format!("/console/migrations/{id}/pages"), done, |count| match count {
        0 => Flash::warning("没有缺少来源的内容页，未作改动。"),
        count => Flash::success(format!("已为 {count} 个缺少来源的内容页填写来源。")),
    })
}

fn filter_of(query: &ListQuery) -> PageFilter {
    let kinds = match query.filter("kind") {
        Some("text") => vec![OldPageKind::Article, OldPageKind::Guide],
        Some(kind) => OldPageKind::parse(kind).into_iter().collect(),
        None => Vec::new(),
    };
    PageFilter {
        kinds,
        fate: query.filter("fate").and_then(Fate::parse),
        column: query.filter("column").map(|key| if key == NO_COLUMN { String::new() } else { key.to_owned() }),
        flagged: query.filter("only") == Some("flagged"),
        stuck: query.filter("only") == Some("stuck"),
        words: query.search().map(str::to_owned),
    }
}

async fn the_view(page: &Page, id: MigrationId, query: &ListQuery, ticked: &[OldPageId]) -> Result<Value, AppError> {
    let (_, head) = head(page, id).await?;
    let filter = filter_of(query);
    let (pages, total) =
        app::migration::pages(page.app(), &page.actor, id, &filter, query.offset(), query.per_page).await?;
    let keys = app::migration::column_keys(page.app(), &page.actor, id).await?;
    let columns: Vec<(String, String)> = keys
        .into_iter()
        .map(|key| (if key.is_empty() { NO_COLUMN.to_owned() } else { key.clone() }, column_name(&key).to_owned()))
        .collect();
    let mut kinds = vec![("text", "内容页和办事指南")];
    kinds.extend(OldPageKind::ALL.map(|kind| (kind.as_str(), kind.chinese())));
    let fates = Fate::ALL.map(|fate| (fate.as_str(), fate.chinese()));
    let choices =
        [("archived", "归档原件"), ("dropped", "不迁移"), ("moved", "迁移"), ("undecided", "按栏目和规则重新判定")];
    let rows: Vec<serde_json::Value> = pages.iter().map(|one| row(id, one, ticked.contains(&one.id))).collect();
    Ok(view! { head, rows, list => query.view(total), kinds, fates, choices, columns, action => query.url_with(&[]) })
}

fn row(id: MigrationId, page: &OldPage, ticked: bool) -> serde_json::Value {
    json!({
        "id": page.id,
        "path": format!("/console/migrations/{id}/pages/{}", page.id),
        "title": title_or_name(page.title_now(), &page.address),
        "address": page.address,
        "kind": page.kind.chinese(),
        "day": page.published_at.map(|at| beijing_date(at).to_string()),
        "column": page.column_key,
        "column_name": column_name(&page.column_key),
        "column_link": percent_encode(if page.column_key.is_empty() { NO_COLUMN } else { &page.column_key }),
        "text": page.kind.is_text(),
        "fate": page.fate.as_str(),
        "fate_name": page.fate.chinese(),
        "fate_by": page.fate_by.chinese(),
        "fate_reason": page.fate_reason,
        "fault": page.fault,
        "stuck": page.trial_fault,
        "blocks": page.blocks,
        "warns": page.warns,
        "corrected": page.corrected != domain::migration::Corrected::default(),
        "ticked": ticked,
    })
}

fn csv(pages: &[OldPage]) -> axum::response::Response {
    let cells = pages.iter().map(|page| {
        vec![
            page.address.clone(),
            page.kind.chinese().to_owned(),
            page.title_now().to_owned(),
            page.column_key.clone(),
            page.published_at.map(beijing_minutes).unwrap_or_default(),
            page.source.clone().unwrap_or_default(),
            page.document_number.clone().unwrap_or_default(),
            page.fate.chinese().to_owned(),
            page.fate_by.chinese().to_owned(),
            page.fate_reason.clone(),
            page.fault.clone().or_else(|| page.trial_fault.clone()).unwrap_or_default(),
            format!("须处理 {}，提醒 {}", page.blocks, page.warns),
        ]
    });
    let head = [
        "旧地址",
        "类型",
        "标题",
        "旧栏目",
        "原发布时间",
        "来源",
        "发文字号",
        "去向",
        "由谁判定",
        "原因",
        "问题",
        "机审",
    ];
    export::csv("旧页面", &head, cells)
}
