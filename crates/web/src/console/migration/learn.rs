//! `/console/migrations/{id}/learn`: two or three pages marked by a person show how all pages of the site are read.

use app::{
    AppError,
    migration::{MarkedPage, PageFilter},
};
use axum::extract::Path;
use domain::{
    ids::{MigrationId, OldPageId},
    migration::OldPageKind,
};
use minijinja::Value;
use serde_json::json;

use super::frame::{head, path_of};
use crate::{Page, Submitted, WebResult, flash::Flash, form_view::FormView, view};

const TEMPLATE: &str = "console/migration/learn.html";
/// Stable words of the fields that are marked.
const FIELDS: [&str; 5] = ["title", "published", "source", "document_number", "body"];
/// Pages marked at a time.
const PAGES: usize = 3;

/// The form, for the pages that were ticked (`?page=…&page=…`), else for the first texts of the site.
pub async fn form(page: Page, Path(id): Path<MigrationId>, uri: axum::http::Uri) -> WebResult {
    let asked = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri).map(|query| query.0);
    let asked = asked.unwrap_or_default().into_iter().filter(|(name, _)| name == "page");
    let mut pages: Vec<OldPageId> = asked.filter_map(|(_, page)| page.parse().ok()).take(PAGES).collect();
    if pages.is_empty() {
        let texts = vec![OldPageKind::Article, OldPageKind::Guide];
        let filter = PageFilter { kinds: texts, ..PageFilter::default() };
        let (first, _) = app::migration::pages(page.app(), &page.actor, id, &filter, 0, PAGES as u64).await?;
        pages = first.into_iter().map(|page| page.id).collect();
    }
    let (view, form) = the_view(&page, id, &pages).await?;
    page.render_form(TEMPLATE, view, &form)
}

/// Learns, and has every page read again.
pub async fn learn(page: Page, Path(id): Path<MigrationId>, submitted: Submitted) -> WebResult {
    app::migration::show(page.app(), &page.actor, id).await?;
    let pages: Vec<OldPageId> = submitted.all("page").iter().filter_map(|page| page.parse().ok()).take(PAGES).collect();
    let marked: Vec<MarkedPage> = pages
        .iter()
        .enumerate()
        .map(|(number, page)| MarkedPage {
            page: Some(*page),
            values: FIELDS
                .iter()
                .map(|field| ((*field).to_owned(), submitted.text(&format!("{field}.{number}")).to_owned()))
                .collect(),
        })
        .collect();
    match app::migration::learn(page.app(), &page.actor, id, &marked).await {
        Ok(learned) => {
            let names: Vec<&str> = learned.fields.iter().map(|(name, _)| name.as_str()).collect();
            let message = format!("已学会：{}。平台正在按新的规则重新识别全部页面。", names.join("、"));
            let message = match learned.not_learned.is_empty() {
                true => Flash::success(message),
                false => Flash::warning(format!(
                    "{message}没有找到共同位置的：{}，仍按原来的办法识别。",
                    learned.not_learned.join("、")
                )),
            };
            page.redirect(&path_of(id), message)
        }
        Err(error @ (AppError::Invalid(_) | AppError::Conflict(_))) => {
            let (view, _) = the_view(&page, id, &pages).await?;
            page.ask_again(TEMPLATE, view, &submitted, error)
        }
        Err(error) => Err(error.into()),
    }
}

/// The pages to be marked, with what was read as a beginning.
async fn the_view(page: &Page, id: MigrationId, pages: &[OldPageId]) -> Result<(Value, FormView), AppError> {
    let (_, head) = head(page, id).await?;
    let learned = app::migration::learned_before(page.app(), &page.actor, id).await?;
    let mut form = FormView::blank();
    let mut rows = Vec::new();
    for (number, old) in pages.iter().enumerate() {
        let shown = app::migration::page(page.app(), &page.actor, id, *old).await?;
        let one = &shown.page;
        let read = |field: &str| {
            shown.found.iter().find(|found| found.field == field).map(|found| found.value.clone()).unwrap_or_default()
        };
        let now = |corrected: &Option<String>, field: &str| corrected.clone().unwrap_or_else(|| read(field));
        form = form
            .with(&format!("title.{number}"), now(&one.corrected.title, "title"))
            .with(&format!("published.{number}"), now(&one.corrected.published, "published"))
            .with(&format!("source.{number}"), now(&one.corrected.source, "source"))
            .with(&format!("document_number.{number}"), now(&one.corrected.document_number, "document_number"));
        rows.push(json!({
            "id": one.id,
            "number": number,
            "title": one.title_now(),
            "address": one.address,
            "path": format!("/console/migrations/{id}/pages/{}", one.id),
        }));
    }
    Ok((view! { head, pages => rows, learned }, form))
}
