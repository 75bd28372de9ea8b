//! Placing from the library: choose a text, then one's own columns.

use app::{
    AppError,
    library::LibraryFilter,
    placement::{Candidate, candidate},
};
use axum::{http::StatusCode, response::Response};
use domain::{
    edition::EditionState,
    ids::{ColumnId, ResourceId},
    problem::FieldProblem,
    resource::ResourceKind,
};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{ListQuery, Page, Submitted, WebResult, form_view::FormView, view};

#[derive(Deserialize)]
struct PlaceForm {
    resource: ResourceId,
    columns: Vec<ColumnId>,
    publish_at: Option<String>,
    pinned: bool,
}

/// Without a resource: the search; with one: the form.
pub(super) async fn new(page: Page, query: ListQuery) -> WebResult {
    match query.parsed_filter::<ResourceId>("resource") {
        None => search(page, query).await,
        Some(resource) => {
            let found = candidate(page.app(), &page.actor, resource).await?;
            require_own_site(&found)?;
            let form = FormView::blank().with("columns", query.filter("column").unwrap_or(""));
            page.render_form("console/placement/form.html", form_context(&found, &[]), &form)
        }
    }
}

async fn search(page: Page, query: ListQuery) -> WebResult {
    let column = query.parsed_filter::<ColumnId>("column");
    let column_name = match column {
        Some(id) => {
            let (site, column) = app::column::get(page.app(), &page.actor, id).await?;
            Some(format!("{} · {}", site.name, column.name))
        }
        None => None,
    };
    if app::placement::own_places(page.app(), &page.actor).await?.is_empty() {
        return Err(AppError::Forbidden("选用信息上栏目由网站的主办管理员办理。".into()).into());
    }
    let filter = LibraryFilter {
        text: query.search().map(str::to_owned),
        kind: query.filter("kind").and_then(ResourceKind::parse),
        states: vec![EditionState::Admitted],
        ..LibraryFilter::default()
    };
    let found = app::library::list(page.app(), &page.actor, &filter, query.offset(), query.per_page).await?;
    let rows: Vec<Value> = found
        .rows
        .iter()
        .map(|row| {
            json!({
                "resource": row.resource,
                "edition": row.edition,
                "title": row.title,
                "number": row.document_number,
                "kind": row.kind.chinese(),
                "unit": row.unit_name,
                "admitted_at": row.admitted_at,
            })
        })
        .collect();
    let kinds = ResourceKind::ALL.map(|kind| (kind.as_str(), kind.chinese()));
    page.render(
        "console/placement/search.html",
        view! { rows, kinds, column, column_name, list => query.view(found.total) },
    )
}

pub(super) async fn create(page: Page, submitted: Submitted) -> WebResult {
    let form: PlaceForm = match submitted.parse() {
        Ok(form) => form,
        Err(error) => return refused(&page, &submitted, error, &[]).await,
    };
    let publish_at = match hour(form.publish_at.as_deref(), "publish_at") {
        Ok(at) => at,
        Err(error) => return refused(&page, &submitted, error, &[]).await,
    };
    if form.columns.is_empty() {
        let error = AppError::invalid("columns", "请至少选择一个栏目。");
        return refused(&page, &submitted, error, &[]).await;
    }
    let mut done = Vec::new();
    let mut problems: Vec<FieldProblem> = Vec::new();
    for column in &form.columns {
        let (site, named) = app::column::get(page.app(), &page.actor, *column).await?;
        let name = format!("{}·{}", site.name, named.name);
        let placed =
            app::placement::place_pinned(page.app(), &page.actor, form.resource, *column, publish_at, form.pinned)
                .await;
        match placed {
            Ok(_) => done.push(name),
            Err(AppError::Invalid(reasons)) => {
                problems.extend(
                    reasons
                        .into_iter()
                        .map(|problem| FieldProblem::new("columns", format!("{name}：{}", problem.message))),
                );
            }
            Err(AppError::Conflict(reason) | AppError::Forbidden(reason)) => {
                problems.push(FieldProblem::new("columns", format!("{name}：{reason}")));
            }
            Err(other) => return Err(other.into()),
        }
    }
    if !problems.is_empty() {
        return refused(&page, &submitted, AppError::Invalid(problems), &done).await;
    }
    let when = match publish_at.filter(|at| *at > page.app().now()) {
        Some(at) => format!("将于 {} 上线", domain::time::beijing_minutes(at)),
        None => "正在发布".to_owned(),
    };
    let target = match form.columns.as_slice() {
        [only] => format!("/console/columns/{only}{}", if publish_at.is_some() { "?state=scheduled" } else { "" }),
        _ => "/console/placements".to_owned(),
    };
    let target = if publish_at.is_none_or(|at| at <= page.app().now()) && form.columns.len() > 1 {
        format!("/console/placements/new?resource={}", form.resource)
    } else {
        target
    };
    page.done(&target, &format!("已上栏目：{}，{when}。", done.join("、")))
}

/// The form again; columns that took it are named and no longer ticked.
async fn refused(page: &Page, submitted: &Submitted, error: AppError, done: &[String]) -> WebResult<Response> {
    let Ok(resource) = submitted.text("resource").parse::<ResourceId>() else {
        return Err(crate::WebError::not_found("信息"));
    };
    let found = candidate(page.app(), &page.actor, resource).await?;
    let mut answer = page.ask_again("console/placement/form.html", form_context(&found, done), submitted, error)?;
    if *answer.status_mut() == StatusCode::CONFLICT {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

fn form_context(found: &Candidate, done: &[String]) -> minijinja::Value {
    let sites: Vec<Value> = found
        .offers
        .iter()
        .map(|offer| {
            let columns: Vec<Value> = offer
                .columns
                .iter()
                .map(|column| {
                    json!({
                        "id": column.id,
                        "name": column.name,
                        "type": column.column_type,
                        "depth": column.path.matches('/').count(),
                        "refused": found.refused.get(&column.id),
                    })
                })
                .collect();
            json!({ "id": offer.site.id, "name": offer.site.name, "state": offer.site.state.chinese(), "columns": columns })
        })
        .collect();
    let resource = json!({
        "id": found.resource.id,
        "kind": found.resource.kind.chinese(),
        "unit": found.unit_name,
        "first_published_at": found.resource.first_published_at,
    });
    let edition = found.edition.as_ref().map(|edition| {
        json!({
            "id": edition.id,
            "title": edition.title,
            "number": edition.number,
            "admitted_at": edition.admitted_at,
            "open_mode": edition.elements.open_mode.chinese(),
        })
    });
    view! { resource, edition, sites, done }
}

fn require_own_site(found: &Candidate) -> WebResult<()> {
    if found.offers.is_empty() {
        return Err(AppError::Forbidden("选用信息上栏目由网站的主办管理员办理。".into()).into());
    }
    Ok(())
}

/// An hour as typed; blank is none.
pub(super) fn hour(typed: Option<&str>, field: &str) -> Result<Option<Timestamp>, AppError> {
    let Some(text) = typed.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    match domain::time::parse_beijing(text) {
        Some(at) => Ok(Some(at)),
        None => Err(AppError::invalid(field, format!("“{text}”不是有效的时间，请按 2026-12-01 09:00 的样式填写。"))),
    }
}
