//! `/console/sites`: the register of sites and the page of each.

mod edit;
mod rebuild;

use app::site::{SiteFilter, SiteLine, SiteView};
use axum::{
    Router,
    extract::Path,
    response::Response,
    routing::{get, post},
};
use domain::{
    ids::SiteId,
    release::Release,
    site::{Site, SiteState},
};
use serde_json::{Value, json};

use crate::{ListQuery, Page, WebResult, WebState, console::column, error_page::percent_encode, export, view};

/// Routes of this folder.
pub fn router() -> Router<WebState> {
    Router::new()
        .route("/sites", get(list).post(edit::create))
        .route("/sites/new", get(edit::new))
        .route("/sites/{id}", get(show).post(edit::change))
        .route("/sites/{id}/edit", get(edit::edit))
        .route("/sites/{id}/rebuild", get(rebuild::ask).merge(post(rebuild::rebuild)))
}

async fn list(page: Page, query: ListQuery) -> WebResult {
    let filter = SiteFilter {
        text: query.search().map(str::to_owned),
        state: query.filter("state").and_then(SiteState::parse),
        lacking: query.filter("marks") == Some("lacking"),
    };
    let found = app::site::overview(page.app(), &page.actor, &filter, query.offset(), query.limit()).await?;
    if query.wants_csv() {
        return Ok(csv(&found.rows));
    }
    let may_create = !app::site::sponsors(page.app(), &page.actor).await?.is_empty();
    let rows: Vec<Value> = found.rows.iter().map(|line| row(&page, line)).collect();
    page.render(
        "console/site/list.html",
        view! { sites => rows, list => query.view(found.total), may_create, states => state_choices() },
    )
}

async fn show(page: Page, Path(id): Path<SiteId>) -> WebResult {
    let found = app::site::show(page.app(), &page.actor, id).await?;
    let SiteView { line, operator_name, releases, columns, alarms, chain, abilities } = &found;
    let numbers = app::placement::numbers_by_column(page.app(), &page.actor, id).await?;
    let people =
        app::names::people(page.app(), releases.iter().filter_map(|release| release.made_by).collect::<Vec<_>>())
            .await?;
    let units =
        app::names::units(page.app(), chain.steps.iter().filter_map(|step| step.unit).collect::<Vec<_>>()).await?;
    let steps: Vec<Value> = chain
        .steps
        .iter()
        .map(|step| json!({ "name": step.name, "duty": step.duty.chinese(), "unit": step.unit.and_then(|unit| units.get(&unit)) }))
        .collect();
    let releases: Vec<Value> = releases
        .iter()
        .map(|release| release_row(release, release.made_by.and_then(|person| people.get(&person))))
        .collect();
    let alarms: Vec<Value> = alarms
        .iter()
        .map(|alarm| json!({ "id": alarm.id, "message": alarm.message, "raised_at": alarm.raised_at }))
        .collect();
    let view = view! {
        site => line.site,
        row => row(&page, line),
        missing => line.missing,
        numbers => line.numbers,
        columns => column::tree_nodes(columns, &numbers),
        column_count => columns.iter().filter(|column| column.active).count(),
        chain => json!({ "name": chain.name, "steps": steps }),
        operator_name,
        releases,
        alarms,
        can => abilities,
    };
    page.render("console/site/show.html", view)
}

/// A site as lists and headers show it.
fn row(page: &Page, line: &SiteLine) -> Value {
    let site = &line.site;
    json!({
        "id": site.id,
        "name": site.name,
        "sponsor": site.sponsor_name,
        "state": state_colour(site.state),
        "state_name": site.state.chinese(),
        "live": site.state == SiteState::Live,
        "domain": site.domain,
        "site_code": site.site_code,
        "release_number": site.release_number,
        "released_at": line.live_release.as_ref().map(|release| release.made_at),
        "missing": line.missing.len(),
        "pending": line.pending,
        "live_items": line.numbers.live,
        "url": live_url(page, site, ""),
    })
}

/// A release as tables show it.
pub(super) fn release_row(release: &Release, made_by: Option<&String>) -> Value {
    json!({
        "number": release.number,
        "site": release.site,
        "cause": release.cause.chinese(),
        "cause_kind": release.cause.as_str(),
        "rolled_back_to": release.rolled_back_to,
        "written": release.pages_written,
        "removed": release.pages_removed,
        "made_by": made_by,
        "made_at": release.made_at,
        "theme": release.theme_version.chars().take(8).collect::<String>(),
    })
}

/// The word of `ui.status` whose colour fits.
pub(super) fn state_colour(state: SiteState) -> &'static str {
    match state {
        SiteState::Live => "live",
        SiteState::Preparing => "scheduled",
        SiteState::Suspended => "returned",
        SiteState::Closed => "retired",
    }
}

/// Address under which the platform itself serves a page of a site; empty unless citizens can read the site.
pub(super) fn live_url(page: &Page, site: &Site, path: &str) -> String {
    if site.state != SiteState::Live || site.release_number == 0 {
        return String::new();
    }
    let config = &page.web.config;
    // With a console host of its own, the portal answers elsewhere.
    let base = if config.console_host.is_some() { config.base_url.as_str() } else { "" };
    let path = if path == "index.html" { "" } else { path };
    format!("{base}/sites/{}/{}", site.slug, percent_encode(path))
}

/// States for a choice.
fn state_choices() -> Vec<(&'static str, &'static str)> {
    [SiteState::Live, SiteState::Preparing, SiteState::Suspended, SiteState::Closed]
        .map(|state| (state.as_str(), state.chinese()))
        .to_vec()
}

fn csv(lines: &[SiteLine]) -> Response {
    let header = [
        "网站名称",
        "主办单位",
        "状态",
        "域名",
        "网站标识码",
        "ICP备案编号",
        "公安备案号",
        "联系方式",
        "发布版",
        "线上信息数",
        "缺少的标识",
    ];
    let rows = lines.iter().map(|line| {
        let site = &line.site;
        vec![
            site.name.clone(),
            site.sponsor_name.clone(),
            site.state.chinese().to_owned(),
            site.domain.to_string(),
            written(site.site_code.as_ref()),
            written(site.icp_record.as_ref()),
            written(site.police_record.as_ref()),
            site.contact.clone(),
            site.release_number.to_string(),
            line.numbers.live.to_string(),
            line.missing.len().to_string(),
        ]
    });
    export::csv("网站", &header, rows)
}

/// A cell with an identifier: blank when the record lacks it.
fn written(identifier: Option<&impl ToString>) -> String {
    identifier.map(ToString::to_string).unwrap_or_default()
}
