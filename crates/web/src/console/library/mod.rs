//! `GET /console/resources`: the library as a list, by state.

use app::library::{LibraryFilter, LibraryRow};
use axum::{Router, response::Response, routing::get};
use domain::{
    edition::EditionState,
    ids::{EditionId, UnitId},
    resource::ResourceKind,
    time::beijing_minutes,
};
use jiff::Timestamp;
use serde::Serialize;

use crate::{console::page::Page, error::WebResult, export, paging::ListQuery, state::WebState, view};

/// Routes of this file.
pub fn router() -> Router<WebState> {
    Router::new().route("/resources", get(list))
}

/// Tabs: key in the address, words, states.
const TABS: &[(&str, &str, &[EditionState])] = &[
    ("", "全部", &[]),
    ("draft", "草稿", &[EditionState::Draft]),
    ("returned", "已退回", &[EditionState::Returned]),
    ("in_review", "审核中", &[EditionState::InReview]),
    ("admitted", "已入库", &[EditionState::Admitted]),
    ("recalled", "已撤回", &[EditionState::Recalled]),
    ("ended", "历史与放弃", &[EditionState::Superseded, EditionState::Discarded]),
];

async fn list(page: Page, query: ListQuery) -> WebResult {
    let filter = filter(&page, &query);
    let found = app::library::list(page.app(), &page.actor, &filter, query.offset(), query.limit()).await?;
    if query.wants_csv() {
        return Ok(csv(&found.rows));
    }
    let units = units(&page).await?;
    let kinds: Vec<(&str, &str)> = ResourceKind::ALL.iter().map(|kind| (kind.as_str(), kind.chinese())).collect();
    let rows: Vec<Row> = found.rows.into_iter().map(|row| Row::of(&page, row)).collect();
    let list = query.view(found.total);
    let tab = query.filter("state").unwrap_or_default().to_owned();
    let tabs = tabs(&page, &query, &filter).await?;
    let can_write = page.actor.holds(domain::duty::Duty::Editor);
    page.render("console/library/list.html", view! { rows, list, kinds, units, tab, tabs, can_write })
}

fn filter(page: &Page, query: &ListQuery) -> LibraryFilter {
    let tab = query.filter("state").unwrap_or_default();
    let states = TABS.iter().find(|(key, ..)| *key == tab).map(|(.., states)| states.to_vec()).unwrap_or_default();
    LibraryFilter {
        text: query.search().map(str::to_owned),
        kind: query.filter("kind").and_then(ResourceKind::parse),
        states,
        unit: query.parsed_filter::<UnitId>("unit"),
        written_by: query.filter("mine").map(|_| page.actor.person),
        // Without a choice the newest change stands first; with one, the arrow says which way.
        oldest_first: !query.sort.is_empty() && !query.descending,
        by_title: query.sort == "title",
    }
}

/// A tab with its number of items under the other conditions.
#[derive(Serialize)]
struct Tab {
    key: &'static str,
    label: &'static str,
    path: String,
    count: u64,
}

async fn tabs(page: &Page, query: &ListQuery, filter: &LibraryFilter) -> WebResult<Vec<Tab>> {
    let mut tabs = Vec::with_capacity(TABS.len());
    for (key, label, states) in TABS {
        let filter = LibraryFilter { states: states.to_vec(), ..filter.clone() };
        let count = app::library::list(page.app(), &page.actor, &filter, 0, 1).await?.total;
        tabs.push(Tab { key, label, count, path: query.url_with(&[("state", (*key).to_owned())]) });
    }
    Ok(tabs)
}

/// One line.
#[derive(Serialize)]
struct Row {
    id: EditionId,
    path: String,
    title: String,
    document_number: Option<String>,
    kind: &'static str,
    unit: String,
    number: i32,
    state: EditionState,
    state_name: &'static str,
    writer: String,
    updated_at: Timestamp,
    admitted_at: Option<Timestamp>,
}

impl Row {
    fn of(page: &Page, row: LibraryRow) -> Self {
        let writes = row.state.editable() && page.actor.holds_at(domain::duty::Duty::Editor, row.unit);
        Self {
            id: row.edition,
            path: format!("/console/editions/{}{}", row.edition, if writes { "/edit" } else { "" }),
            title: if row.title.is_empty() { "（未填写标题）".into() } else { row.title },
            document_number: row.document_number,
            kind: row.kind.chinese(),
            unit: row.unit_name,
            number: row.number,
            state: row.state,
            state_name: row.state.chinese(),
            writer: row.writer_name,
            updated_at: row.updated_at,
            admitted_at: row.admitted_at,
        }
    }
}

/// Units to filter by: those where the person has a duty. Others are found by their titles.
async fn units(page: &Page) -> WebResult<Vec<(String, String)>> {
    let names = app::names::units(page.app(), page.actor.duties.iter().map(|held| held.unit)).await?;
    let mut units: Vec<(String, String)> = names.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    units.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(units)
}

fn csv(rows: &[LibraryRow]) -> Response {
    let header = ["标题", "发文字号", "类型", "单位", "版本", "状态", "采编", "最近修改", "入库时间"];
    export::csv(
        "信息资源库",
        &header,
        rows.iter().map(|row| {
            vec![
                row.title.clone(),
                row.document_number.clone().unwrap_or_default(),
                row.kind.chinese().to_owned(),
                row.unit_name.clone(),
                row.number.to_string(),
                row.state.chinese().to_owned(),
                row.writer_name.clone(),
                beijing_minutes(row.updated_at),
                row.admitted_at.map(beijing_minutes).unwrap_or_default(),
            ]
        }),
    )
}
