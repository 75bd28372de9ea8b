//! `/console/screening-precision` (机审准确率): how often the rules of the screening were right, month by month.

use app::precision::MonthFigures;
use axum::{Router, routing::get};

use crate::{ListQuery, Page, WebResult, WebState, export, view};

/// Routes of this file.
pub fn router() -> Router<WebState> {
    Router::new().route("/screening-precision", get(show))
}

async fn show(page: Page, query: ListQuery) -> WebResult {
    let unit = query.parsed_filter("unit");
    let mut found = app::precision::precision(page.app(), &page.actor, unit).await?;
    if let Some(words) = query.search() {
        found.rules.retain(|one| {
            let text = format!("{} {}", one.rule, one.name);
            words.split_whitespace().all(|word| text.contains(word))
        });
    }
    if query.filter("order") == Some("hits") {
        found.rules.sort_by_key(|one| std::cmp::Reverse(one.total.tally.hits));
    }
    if query.wants_csv() {
        let header = [
            "规则",
            "检查内容",
            "月份",
            "命中",
            "采纳或改正",
            "忽略或放行",
            "自行消失",
            "异议",
            "未处理",
            "准确率（%）",
        ];
        let rows = found.rules.iter().flat_map(|one| {
            let whole = std::iter::once(("近12个月".to_owned(), &one.total));
            let months = one.months.iter().filter(|month| month.tally.hits > 0 || month.tally.appeals > 0);
            whole
                .chain(months.map(|month| (month.month.clone(), month)))
                .map(|(month, figures)| csv_row(&one.rule, &one.name, month, figures))
                .collect::<Vec<_>>()
        });
        return Ok(export::csv("机审准确率", &header, rows));
    }
    let list = query.view(found.rules.len() as u64);
    let skip = usize::try_from(query.offset()).unwrap_or(usize::MAX);
    let take = usize::try_from(query.per_page).unwrap_or(usize::MAX);
    let rows: Vec<_> = found.rules.into_iter().skip(skip).take(take).collect();
    let units: Vec<(String, String)> = found.units.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    let orders = [("hits", "命中最多在前")];
    page.render(
        "console/precision/list.html",
        view! { rows, list, units, orders, total => found.total, months => found.months },
    )
}

fn csv_row(rule: &str, name: &str, month: String, figures: &MonthFigures) -> Vec<String> {
    let tally = &figures.tally;
    let precision = figures.precision.map(|tenths| format!("{}.{}", tenths / 10, tenths % 10)).unwrap_or_default();
    let mut row = vec![rule.to_owned(), name.to_owned(), month];
    let numbers = [tally.hits, tally.right, tally.wrong, tally.vanished, tally.appeals, figures.undecided];
    row.extend(numbers.map(|number| number.to_string()));
    row.push(precision);
    row
}
