//! Recalling: choose a text, see every place where it shows, say why, confirm.

use app::AppError;
use domain::ids::ResourceId;
use serde_json::{Value, json};

use crate::{ListQuery, Page, Submitted, WebError, WebResult, console::site::live_url, form_view::FormView, view};

/// What citizens read in place of the page, unless the person writes something better.
const USUAL_NOTICE: &str = "该信息已由发布单位撤回。如需了解有关情况，请与发布单位联系。";

/// Without a resource: the search; with one: what a recall would reach.
pub(super) async fn new(page: Page, query: ListQuery) -> WebResult {
    match query.parsed_filter::<ResourceId>("resource") {
        None => search(page, query).await,
        Some(resource) => {
            let context = consequences(&page, resource).await?;
            let form = FormView::blank().with("public_notice", USUAL_NOTICE);
            page.render_form("console/recall/form.html", context, &form)
        }
    }
}

async fn search(page: Page, query: ListQuery) -> WebResult {
    let found =
        app::recall::candidates(page.app(), &page.actor, query.search(), query.offset(), query.per_page).await?;
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
    page.render("console/recall/search.html", view! { rows, list => query.view(found.total) })
}

pub(super) async fn create(page: Page, submitted: Submitted) -> WebResult {
    let Ok(resource) = submitted.text("resource").parse::<ResourceId>() else {
        return Err(WebError::not_found("信息"));
    };
    let (reason, notice) = (submitted.text("reason"), submitted.text("public_notice"));
    match app::recall::recall(page.app(), &page.actor, resource, reason, notice).await {
        Ok(id) => page.done(&format!("/console/recalls/{id}"), "已撤回，各网站正在下线。回执逐条显示在下面。"),
        Err(error @ AppError::Invalid(_)) => {
            let context = consequences(&page, resource).await?;
            page.ask_again("console/recall/form.html", context, &submitted, error)
        }
        Err(error) => Err(error.into()),
    }
}

async fn consequences(page: &Page, resource: ResourceId) -> WebResult<minijinja::Value> {
    let preview = app::recall::preview(page.app(), &page.actor, resource).await?;
    let mut sites: Vec<&str> = preview.places.iter().map(|place| place.site.name.as_str()).collect();
    sites.dedup();
    let site_count = sites.len();
    let places: Vec<Value> = preview
        .places
        .iter()
        .map(|place| {
            json!({
                "site_name": place.site.name,
                "place": place.place,
                "path": place.path,
                "url": live_url(page, &place.site, &place.path),
            })
        })
        .collect();
    let uses: Vec<Value> = preview
        .uses
        .iter()
        .map(|(site, column, state)| json!({ "site": site.name, "column": column, "state": state.as_str(), "state_name": state.chinese() }))
        .collect();
    let edition = json!({
        "id": preview.edition.id,
        "title": preview.edition.title,
        "number": preview.edition.number,
        "admitted_at": preview.edition.admitted_at,
    });
    Ok(
        view! { resource, unit => preview.unit_name, kind => preview.resource.kind.chinese(), edition, places, uses, site_count },
    )
}
