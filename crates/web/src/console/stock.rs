//! `/console/stock`: what was found in the stock (存量问题), closing it, and the runs that found it.

use app::stock::IssueQuery;
use axum::{
    Router,
    extract::Path,
    routing::{get, post},
};
use domain::{
    ids::StockIssueId,
    stock::{StockIssueState, StockRunKind},
};

use crate::{ListQuery, Page, Submitted, WebResult, export, state::WebState, view};

const PATH: &str = "/console/stock";

/// Routes of this file.
pub fn router() -> Router<WebState> {
    Router::new().route("/stock", get(list)).route("/stock/runs", get(runs)).route("/stock/{id}/ignore", post(ignore))
}

/// The list; open issues unless `?state=` says otherwise.
async fn list(page: Page, query: ListQuery) -> WebResult {
    let wanted = IssueQuery {
        state: match query.filter("state") {
            Some("all") => None,
            Some(state) => StockIssueState::parse(state),
            None => Some(StockIssueState::Open),
        },
        severity: query.filter("severity"),
        run: query.parsed_filter("run"),
        search: query.search(),
    };
    let (rows, total) = app::stock::list(page.app(), &page.actor, &wanted, query.offset(), query.limit()).await?;
    if query.wants_csv() {
        let header = [
            "信息",
            "单位",
            "位置",
            "原文",
            "问题",
            "建议",
            "类别",
            "严重程度",
            "依据",
            "规则版本",
            "状态",
            "发现时间",
            "办理人",
            "办理时间",
            "说明",
        ];
        let table = rows.iter().map(|row| {
            vec![
                row.title.clone(),
                row.unit_name.clone(),
                row.field.clone(),
                row.excerpt.clone(),
                row.message.clone(),
                row.suggestion.clone().unwrap_or_default(),
                row.category.to_owned(),
                row.severity_words.to_owned(),
                row.basis.clone(),
                row.pack_version.clone(),
                row.state_words.to_owned(),
                domain::time::beijing_minutes(row.found_at),
                row.closed_by_name.clone().unwrap_or_default(),
                row.closed_at.map(domain::time::beijing_minutes).unwrap_or_default(),
                row.remark.clone().unwrap_or_default(),
            ]
        });
        return Ok(export::csv("存量问题", &header, table));
    }
    let list = query.view(total);
    let states: Vec<(&str, &str)> = StockIssueState::ALL
        .into_iter()
        .map(|state| (state.as_str(), state.chinese()))
        .chain([("all", "全部状态")])
        .collect();
    page.render("console/stock/list.html", view! { rows, list, states, severities => app::lexicon::severities() })
}

/// Closes an issue with a reason.
async fn ignore(page: Page, Path(id): Path<StockIssueId>, submitted: Submitted) -> WebResult {
    app::stock::ignore(page.app(), &page.actor, id, submitted.text("reason")).await?;
    page.done(PATH, "已忽略，原因记录在案。")
}

/// The runs.
async fn runs(page: Page, query: ListQuery) -> WebResult {
    let kind = query.filter("kind").and_then(StockRunKind::parse);
    let (rows, total) = app::stock::runs(page.app(), &page.actor, kind, query.offset(), query.limit()).await?;
    if query.wants_csv() {
        let header = [
            "类型",
            "范围",
            "词库",
            "版本",
            "开始",
            "完成",
            "查看概要",
            "重点栏目",
            "抽查",
            "应检查",
            "已检查",
            "新发现",
            "其中本地区",
        ];
        let table = rows.iter().map(|row| {
            let run = &row.run;
            vec![
                row.kind_words.to_owned(),
                row.unit_name.clone(),
                row.pack_name.clone().unwrap_or_default(),
                row.version.clone().unwrap_or_default(),
                domain::time::beijing_minutes(run.started_at),
                run.finished_at.map(domain::time::beijing_minutes).unwrap_or_default(),
                run.looked_at.to_string(),
                run.sensitive.to_string(),
                run.sampled.to_string(),
                run.selected.to_string(),
                run.screened.to_string(),
                run.hits.to_string(),
                row.own_hits.to_string(),
            ]
        });
        return Ok(export::csv("存量检查记录", &header, table));
    }
    let list = query.view(total);
    let kinds: Vec<(&str, &str)> = StockRunKind::ALL.into_iter().map(|kind| (kind.as_str(), kind.chinese())).collect();
    page.render("console/stock/runs.html", view! { rows, list, kinds })
}
