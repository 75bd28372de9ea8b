//! `/console/recalls`: withdrawing a text everywhere, with a receipt for each place.

mod new;

use axum::{Router, extract::Path, routing::get};
use domain::ids::RecallId;
use serde_json::{Value, json};

use crate::{ListQuery, Page, WebResult, WebState, console::site::live_url, export, view};

/// Routes of this folder.
pub fn router() -> Router<WebState> {
    Router::new()
        .route("/recalls", get(list).post(new::create))
        .route("/recalls/new", get(new::new))
        .route("/recalls/{id}", get(show))
}

async fn list(page: Page, query: ListQuery) -> WebResult {
    let found = app::recall::list(page.app(), &page.actor, query.offset(), query.per_page).await?;
    let people =
        app::names::people(page.app(), found.rows.iter().map(|line| line.recall.recalled_by).collect::<Vec<_>>())
            .await?;
    let rows: Vec<Value> = found
        .rows
        .iter()
        .map(|line| {
            json!({
                "id": line.recall.id,
                "title": line.title,
                "unit": line.unit_name,
                "reason": line.recall.reason,
                "recalled_by": people.get(&line.recall.recalled_by),
                "recalled_at": line.recall.recalled_at,
                "places": line.places,
                "cleared": line.cleared,
            })
        })
        .collect();
    let may_recall = app::recall::may_recall(&page.actor);
    page.render("console/recall/list.html", view! { rows, may_recall, list => query.view(found.total) })
}

async fn show(page: Page, Path(id): Path<RecallId>, query: ListQuery) -> WebResult {
    let proof = app::recall::proof(page.app(), &page.actor, id).await?;
    let open = proof.open();
    let visible = proof.places.iter().filter(|place| place.still_visible).count();
    if query.wants_csv() {
        let header = ["网站", "位置", "路径", "清除时间", "发布版", "是否仍可见"];
        let rows = proof.places.iter().map(|place| {
            vec![
                place.site.as_ref().map(|site| site.name.clone()).unwrap_or_default(),
                place.receipt.place.clone(),
                place.receipt.path.clone(),
                place.receipt.cleared_at.map(domain::time::beijing_minutes).unwrap_or_default(),
                place.receipt.release_number.map(|number| number.to_string()).unwrap_or_default(),
                if place.still_visible { "是" } else { "否" }.to_owned(),
            ]
        });
        return Ok(export::csv("撤回回执", &header, rows));
    }
    let places: Vec<Value> = proof
        .places
        .iter()
        .map(|place| {
            let path = &place.receipt.path;
            json!({
                "site": place.site.as_ref().map(|site| site.id),
                "site_name": place.site.as_ref().map(|site| site.name.clone()),
                "place": place.receipt.place,
                "path": path,
                "url": place.site.as_ref().map(|site| live_url(&page, site, path)),
                "cleared_at": place.receipt.cleared_at,
                "release_number": place.receipt.release_number,
                "still_visible": place.still_visible,
            })
        })
        .collect();
    let sites = {
        let mut names: Vec<&str> =
            proof.places.iter().filter_map(|place| place.site.as_ref()).map(|site| site.name.as_str()).collect();
        names.dedup();
        names.len()
    };
    page.render(
        "console/recall/show.html",
        view! {
            recall => proof.recall, title => proof.title, unit => proof.unit_name, recalled_by => proof.recalled_by,
            places, open, visible, sites
        },
    )
}
