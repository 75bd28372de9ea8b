//! `/console/releases` and `/console/sites/{id}/releases`: what went live when, and going back.

mod rollback;

use std::collections::BTreeMap;

use axum::{Router, extract::Path, routing::get};
use domain::{ids::SiteId, site::SiteState};
use serde_json::{Value, json};

use crate::{
    ListQuery, Page, WebResult, WebState,
    console::{
        placement::site_choices,
        site::{live_url, release_row},
    },
    view,
};

/// Routes of this folder.
pub fn router() -> Router<WebState> {
    Router::new()
        .route("/releases", get(newest))
        .route("/sites/{id}/releases", get(of_site))
        .route("/sites/{id}/releases/{number}", get(show))
        .route("/sites/{id}/releases/{number}/rollback", get(rollback::ask).post(rollback::rollback))
}

/// The newest releases of all sites.
async fn newest(page: Page, query: ListQuery) -> WebResult {
    let site: Option<SiteId> = query.parsed_filter("site");
    let (releases, total) = app::release::newest(page.app(), &page.actor, site, query.offset(), query.per_page).await?;
    let makers = releases.iter().filter_map(|(release, _)| release.made_by).collect::<Vec<_>>();
    let people = app::names::people(page.app(), makers).await?;
    let rows: Vec<Value> = releases
        .iter()
        .map(|(release, site)| {
            let mut row = release_row(release, release.made_by.and_then(|person| people.get(&person)));
            row["site_name"] = json!(site.name);
            row["current"] = json!(site.release_number == release.number);
            row
        })
        .collect();
    let sites = site_choices(&page).await?;
    page.render("console/release/newest.html", view! { rows, sites, list => query.view(total) })
}

/// The releases of one site.
async fn of_site(page: Page, Path(id): Path<SiteId>, query: ListQuery) -> WebResult {
    let site = app::site::get(page.app(), &page.actor, id).await?;
    let found = app::release::list(page.app(), &page.actor, id, query.offset(), query.per_page).await?;
    let people =
        app::names::people(page.app(), found.releases.iter().filter_map(|release| release.made_by).collect::<Vec<_>>())
            .await?;
    let rows: Vec<Value> = found
        .releases
        .iter()
        .map(|release| {
            let mut row = release_row(release, release.made_by.and_then(|person| people.get(&person)));
            row["current"] = json!(site.release_number == release.number);
            row
        })
        .collect();
    let can = app::site::abilities(page.app(), &page.actor, &site);
    let url = live_url(&page, &site, "");
    let waiting_reason = waiting_reason(&site);
    page.render(
        "console/release/list.html",
        view! { site, rows, can, url, waiting_reason, pending => found.pending, list => query.view(found.total) },
    )
}

/// Why changes wait, when it is not just a matter of seconds.
fn waiting_reason(site: &domain::site::Site) -> String {
    if !site.missing_marks().is_empty() {
        return "网站缺少必备标识，补齐后自动发布。".to_owned();
    }
    match site.state {
        SiteState::Live => String::new(),
        state => format!("网站目前{}，转为“运行”后自动发布。", state.chinese()),
    }
}

async fn show(page: Page, Path((id, number)): Path<(SiteId, i64)>, query: ListQuery) -> WebResult {
    let found = app::release::detail_with_reason(page.app(), &page.actor, id, number).await?;
    let people = app::names::people(page.app(), found.release.made_by.into_iter().collect::<Vec<_>>()).await?;
    let row = release_row(&found.release, found.release.made_by.and_then(|person| people.get(&person)));
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    let all: Vec<Value> = found
        .pages
        .iter()
        .map(|change| {
            let kind = change_kind(
                change.before.as_ref().map(|page| page.page.status),
                change.after.as_ref().map(|page| page.page.status),
            );
            *counts.entry(kind.0).or_default() += 1;
            let size = |standing: &Option<_>| standing.as_ref().map(|standing: &StandingSize| standing.0);
            let before = change.before.as_ref().map(|page| StandingSize(page.page.size));
            let after = change.after.as_ref().map(|page| StandingSize(page.page.size));
            json!({
                "path": change.path,
                "place": place_words(&change.path),
                "kind": kind.0,
                "colour": kind.1,
                "before": size(&before),
                "after": size(&after),
                "url": if change.after.is_some() { live_url(&page, &found.site, &change.path) } else { String::new() },
            })
        })
        .filter(|row| query.search().is_none_or(|text| row["path"].as_str().is_some_and(|path| path.contains(text))))
        .filter(|row| query.filter("kind").is_none_or(|kind| row["kind"].as_str() == Some(kind)))
        .collect();
    let total = u64::try_from(all.len()).unwrap_or(u64::MAX);
    let skip = usize::try_from(query.offset()).unwrap_or(usize::MAX);
    let take = usize::try_from(query.per_page).unwrap_or(usize::MAX);
    let rows: Vec<Value> = all.into_iter().skip(skip).take(take).collect();
    let can = app::site::abilities(page.app(), &page.actor, &found.site);
    let current = found.site.release_number;
    page.render(
        "console/release/show.html",
        view! { site => found.site, release => row, reason => found.reason, rows, counts, can, current, list => query.view(total) },
    )
}

struct StandingSize(i64);

/// What happened to a page, in a word and its colour.
pub(super) fn change_kind(before: Option<i32>, after: Option<i32>) -> (&'static str, &'static str) {
    match (before, after) {
        (_, Some(410)) => ("撤回页", "recalled"),
        (None, Some(_)) => ("新增", "live"),
        (Some(_), Some(_)) => ("更新", "building"),
        (_, None) => ("移除", "retired"),
    }
}

/// What a path is, in words.
pub(super) fn place_words(path: &str) -> &'static str {
    match path {
        "index.html" => "首页",
        _ if path.starts_with("sitemap") => "网站地图",
        "404.html" => "未找到页",
        _ if path.starts_with("assets/") => "样式文件",
        _ if path.starts_with("content/") && !path.ends_with(".html") => "附件",
        _ if path.starts_with("content/") => "内容页",
        _ => "栏目页",
    }
}
