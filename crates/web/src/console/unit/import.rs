//! `/console/units/import`: upload → what would happen, line by line → confirm. The table travels in the form between
//! the two, so nothing is kept on the server before the confirmation.

use app::{
    AppError,
    unit::{ImportLine, ImportPreview, LineOutcome},
};
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};

use super::options;
use crate::{
    Submitted, WebResult, console::page::Page, error::WebError, error_page::percent_encode, form_view::FormView, view,
};

const TEMPLATE: &str = "console/unit/import.html";

/// Lines of each outcome that are shown; a large table would make the page unusable.
const SHOWN: usize = 200;

#[derive(Deserialize)]
struct Confirmation {
    table: String,
    fingerprint: String,
}

/// The lines of one outcome, for the page.
#[derive(Serialize)]
struct Group<'p> {
    title: &'static str,
    outcome: LineOutcome,
    count: usize,
    lines: Vec<&'p ImportLine>,
}

pub(super) async fn form(page: Page) -> WebResult {
    options::require(app::unit::abilities(page.app(), &page.actor).import)?;
    page.render_form(TEMPLATE, nothing_yet(), &FormView::blank())
}

pub(super) async fn preview(page: Page, submitted: Submitted) -> WebResult {
    options::require(app::unit::abilities(page.app(), &page.actor).import)?;
    let text = match submitted.file("file") {
        Some(file) => app::unit::decode("file", &file.bytes).map(|(text, _)| text),
        None => Err(AppError::invalid("file", "请选择要导入的CSV文件。")),
    };
    let planned = match text {
        Ok(text) => app::unit::preview_import(page.app(), &page.actor, &text).await.map(|plan| (plan, text)),
        Err(error) => Err(error),
    };
    match planned {
        Ok((plan, text)) => page.render_form(TEMPLATE, planned_view(&plan, &text), &FormView::blank()),
        Err(error) => page.ask_again(TEMPLATE, nothing_yet(), &submitted, error),
    }
}

pub(super) async fn confirm(page: Page, submitted: Submitted) -> WebResult {
    options::require(app::unit::abilities(page.app(), &page.actor).import)?;
    let Confirmation { table, fingerprint } = submitted.parse()?;
    match app::unit::import_csv(page.app(), &page.actor, &table, &fingerprint).await {
        Ok(done) if done.rejected.is_empty() => {
            page.done("/console/units", &format!("导入完成：新建{}个，修改{}个。", done.created, done.changed))
        }
        Ok(done) => page.render_form(
            TEMPLATE,
            view! { plan => Option::<ImportPreview>::None, groups => Vec::<Group<'_>>::new(), table, done },
            &FormView::blank(),
        ),
        Err(AppError::Conflict(message)) => {
            let plan = app::unit::preview_import(page.app(), &page.actor, &table).await?;
            page.render_form(TEMPLATE, planned_view(&plan, &table), &FormView::blank().with_refusal(message))
        }
        Err(error) => page.ask_again(TEMPLATE, nothing_yet(), &submitted, error),
    }
}

pub(super) async fn rejected(page: Page, submitted: Submitted) -> WebResult {
    options::require(app::unit::abilities(page.app(), &page.actor).import)?;
    let text = app::unit::rejected_csv(page.app(), &page.actor, submitted.text("table")).await?;
    Ok(download("未导入的单位", text))
}

pub(super) async fn template(_page: Page) -> WebResult {
    Ok(download("单位导入模板", app::unit::import_template().map_err(WebError)?))
}

/// A CSV file to download; `name` without ending.
pub(super) fn download(name: &str, text: String) -> Response {
    let disposition = format!("attachment; filename=\"units.csv\"; filename*=UTF-8''{}.csv", percent_encode(name));
    let disposition = HeaderValue::try_from(disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], text).into_response()
}

fn nothing_yet() -> minijinja::Value {
    let none = Option::<ImportPreview>::None;
    view! { plan => none, groups => Vec::<Group<'_>>::new(), table => "", done => Option::<()>::None }
}

fn planned_view(plan: &ImportPreview, table: &str) -> minijinja::Value {
    let group = |title, outcome, count| Group {
        title,
        outcome,
        count,
        lines: plan.lines.iter().filter(|line| line.outcome == outcome).take(SHOWN).collect(),
    };
    let groups = [
        group("不能导入", LineOutcome::Rejected, plan.rejected),
        group("将新建", LineOutcome::Created, plan.created),
        group("将修改", LineOutcome::Changed, plan.changed),
        group("没有变化", LineOutcome::Same, plan.same),
    ];
    let groups: Vec<_> = groups.into_iter().filter(|group| group.count > 0).collect();
    view! { plan, groups, table, done => Option::<()>::None }
}
