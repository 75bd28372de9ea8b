//! `/console/sites/{id}/columns` and `/console/columns/{id}`: the columns of a site and what stands in each.

mod arrange;
mod edit;

use std::collections::BTreeMap;

use app::{placement::PlacedLine, site::PlacementNumbers};
use axum::{
    Router,
    extract::Path,
    routing::{get, post},
};
use domain::{
    column::Column,
    ids::{ColumnId, SiteId},
    placement::PlacementState,
};
use serde_json::{Value, json};

use crate::{ListQuery, Page, WebResult, WebState, console::site::live_url, view};

/// Routes of this folder.
pub fn router() -> Router<WebState> {
    Router::new()
        .route("/sites/{id}/columns", get(tree).post(edit::create))
        .route("/sites/{id}/columns/new", get(edit::new))
        .route("/columns/{id}", get(show).post(edit::change))
        .route("/columns/{id}/edit", get(edit::edit))
        .route("/columns/{id}/shift", post(arrange::shift))
        .route("/columns/{id}/move", get(arrange::ask_move).post(arrange::move_to))
        .route("/columns/{id}/close", get(arrange::ask_close).post(arrange::close))
        .route("/columns/{id}/reopen", post(arrange::reopen))
}

async fn tree(page: Page, Path(id): Path<SiteId>) -> WebResult {
    let (site, columns) = app::column::list(page.app(), &page.actor, id).await?;
    let numbers = app::placement::numbers_by_column(page.app(), &page.actor, id).await?;
    let rows: Vec<Value> = in_order(&columns)
        .into_iter()
        .map(|(depth, place, column)| {
            let count = numbers.get(&column.id).copied().unwrap_or_default();
            json!({
                "id": column.id,
                "name": column.name,
                "path": column.path,
                "type": column.column_type,
                "active": column.active,
                "in_navigation": column.in_navigation,
                "depth": depth,
                "first": place.0,
                "last": place.1,
                "numbers": count,
                "url": if column.active { live_url(&page, &site, &column.index_path()) } else { String::new() },
            })
        })
        .collect();
    let can = app::site::abilities(page.app(), &page.actor, &site);
    page.render("console/column/tree.html", view! { site, columns => rows, can })
}

async fn show(page: Page, Path(id): Path<ColumnId>, query: ListQuery) -> WebResult {
    let state = query.filter("state").and_then(PlacementState::parse).unwrap_or(PlacementState::Live);
    let found = app::placement::column_page(page.app(), &page.actor, id, state, query.offset(), query.per_page).await?;
    let n = found.numbers;
    let total = match state {
        PlacementState::Proposed => n.proposed,
        PlacementState::Scheduled => n.scheduled,
        PlacementState::Live => n.live,
        PlacementState::Removed => n.removed,
        PlacementState::Recalled => n.recalled,
    };
    let tabs: Vec<Value> = [
        (PlacementState::Live, "线上", n.live),
        (PlacementState::Scheduled, "定时", n.scheduled),
        (PlacementState::Proposed, "待入库", n.proposed),
        (PlacementState::Removed, "已取消", n.removed),
        (PlacementState::Recalled, "已撤回", n.recalled),
    ]
    .into_iter()
    .map(|(key, label, count)| {
        json!({ "key": key, "label": label, "count": count, "path": format!("/console/columns/{id}?state={}", key.as_str()) })
    })
    .collect();
    let rows: Vec<Value> = found.rows.iter().map(|line| placed_row(&page, line)).collect();
    let (_, columns) = app::column::list(page.app(), &page.actor, found.site.id).await?;
    let above = ancestors(&columns, &found.column);
    let can = app::site::abilities(page.app(), &page.actor, &found.site);
    let url =
        if found.column.active { live_url(&page, &found.site, &found.column.index_path()) } else { String::new() };
    page.render(
        "console/column/show.html",
        view! { site => found.site, column => found.column, rows, tabs, state, can, url, above, list => query.view(total) },
    )
}

/// A placement as tables show it.
pub(super) fn placed_row(page: &Page, line: &PlacedLine) -> Value {
    let placement = &line.placement;
    let live = placement.state == PlacementState::Live;
    json!({
        "id": placement.id,
        "resource": placement.resource,
        "title": line.title.title,
        "edition": line.title.edition,
        "kind": line.title.kind.chinese(),
        "unit": line.title.unit_name,
        "site": line.site.id,
        "site_name": line.site.name,
        "column": line.column.id,
        "column_name": line.column.name,
        "state": placement.state,
        "pinned": placement.pinned,
        "sort_at": placement.sort_at,
        "publish_at": placement.publish_at,
        "live_at": placement.live_at,
        "expires_at": placement.expires_at,
        "placed_at": placement.placed_at,
        "late": line.late,
        "can": line.abilities,
        "url": if live { live_url(page, &line.site, &line.title.page_path) } else { String::new() },
    })
}

/// Columns as `ui.tree` wants them.
pub(super) fn tree_nodes(columns: &[Column], numbers: &BTreeMap<ColumnId, PlacementNumbers>) -> Vec<Value> {
    fn below(parent: Option<ColumnId>, all: &[Column], numbers: &BTreeMap<ColumnId, PlacementNumbers>) -> Vec<Value> {
        siblings(all, parent)
            .into_iter()
            .map(|column| {
                let live = numbers.get(&column.id).map_or(0, |numbers| numbers.live);
                json!({
                    "label": column.name,
                    "path": format!("/console/columns/{}", column.id),
                    "note": if column.active { format!("{} · {live} 条", column.column_type) } else { "已关闭".to_owned() },
                    "open": column.active,
                    "current": false,
                    "state": "",
                    "children": below(Some(column.id), all, numbers),
                })
            })
            .collect()
    }
    below(None, columns, numbers)
}

/// Columns after the one above them, with their depth and whether they are the first and the last of their siblings.
pub(super) fn in_order(columns: &[Column]) -> Vec<(usize, (bool, bool), &Column)> {
    fn below<'a>(
        parent: Option<ColumnId>,
        depth: usize,
        all: &'a [Column],
        out: &mut Vec<(usize, (bool, bool), &'a Column)>,
    ) {
        let siblings = siblings(all, parent);
        let open: Vec<ColumnId> = siblings.iter().filter(|column| column.active).map(|column| column.id).collect();
        for column in siblings {
            let place = (open.first() == Some(&column.id), open.last() == Some(&column.id));
            out.push((depth, place, column));
            below(Some(column.id), depth + 1, all, out);
        }
    }
    let mut out = Vec::with_capacity(columns.len());
    below(None, 0, columns, &mut out);
    out
}

/// Open columns for a choice, indented, without `except` and what lies below it.
pub(super) fn column_choices(columns: &[Column], except: Option<&Column>) -> Vec<(String, String)> {
    let inside = except.map(|column| format!("{}/", column.path));
    let barred = |column: &Column| {
        !column.active
            || except.is_some_and(|gone| gone.id == column.id)
            || inside.as_deref().is_some_and(|inside| column.path.starts_with(inside))
    };
    in_order(columns)
        .into_iter()
        .filter(|(_, _, column)| !barred(column))
        .map(|(depth, _, column)| (column.id.to_string(), format!("{}{}", "　".repeat(depth), column.name)))
        .collect()
}

fn siblings(all: &[Column], parent: Option<ColumnId>) -> Vec<&Column> {
    let mut children: Vec<&Column> = all.iter().filter(|column| column.parent == parent).collect();
    children.sort_by(|a, b| (!a.active, a.position, &a.name).cmp(&(!b.active, b.position, &b.name)));
    children
}

/// The columns above one, from the top.
fn ancestors(all: &[Column], column: &Column) -> Vec<Value> {
    let mut path = Vec::new();
    let mut next = column.parent;
    while let Some(above) = next.and_then(|id| all.iter().find(|column| column.id == id)) {
        path.push(json!({ "label": above.name, "path": format!("/console/columns/{}", above.id) }));
        next = above.parent;
        if path.len() > all.len() {
            break;
        }
    }
    path.reverse();
    path
}
