//! `GET /console/rules`: every rule in force at a place, with its source and its values.

use app::rule::{RuleQuery, RuleRow};

use crate::{ListQuery, Page, WebResult, export, view};

/// The list, cut to a page; the whole of it as a table.
pub async fn list(page: Page, query: ListQuery) -> WebResult {
    let wanted = RuleQuery {
        division: query.filter("division"),
        pack: query.filter("pack"),
        to_confirm: query.filter("only") == Some("to_confirm"),
        adjusted: query.filter("only") == Some("adjusted"),
        search: query.search(),
        sort: &query.sort,
        descending: query.descending,
    };
    let found = app::rule::list(page.app(), &page.actor, &wanted).await?;
    if query.wants_csv() {
        let name = format!("规则（{}）", found.place.name);
        return Ok(export::csv(&name, &HEADER, found.rows.iter().flat_map(table_rows)));
    }
    let list = query.view(found.rows.len() as u64);
    let skip = usize::try_from(query.offset()).unwrap_or(usize::MAX);
    let take = usize::try_from(query.per_page).unwrap_or(usize::MAX);
    let rows: Vec<RuleRow> = found.rows.into_iter().skip(skip).take(take).collect();
    let places: Vec<(String, String)> =
        found.places.iter().map(|place| (place.code.to_string(), place.name.clone())).collect();
    let only = [("to_confirm", "只看待确认"), ("adjusted", "只看已调整")];
    page.render(
        "console/rule/list.html",
        view! { rows, list, place => found.place, places, packs => found.packs, only },
    )
}

const HEADER: [&str; 18] = [
    "规则编号",
    "规则",
    "依据",
    "原文摘录",
    "层级",
    "可靠性",
    "是否待确认",
    "参数",
    "单位",
    "规则包的值",
    "现值",
    "谁的值",
    "参数可靠性",
    "调整方向",
    "最近调整人",
    "调整时间",
    "规则包",
    "版本",
];

/// One line per parameter, so that values can be sorted and compared; one for a rule without any.
fn table_rows(row: &RuleRow) -> Vec<Vec<String>> {
    let before = [
        row.id.clone(),
        row.name.clone(),
        row.citation.clone(),
        row.excerpt.clone().unwrap_or_default(),
        row.level.to_owned(),
        row.mark_words.to_owned(),
        if row.to_confirm { "待确认" } else { "" }.to_owned(),
    ];
    let after = [row.pack.clone(), row.pack_version.clone()];
    let line = |middle: [String; 9]| before.iter().chain(&middle).chain(&after).cloned().collect::<Vec<_>>();
    if row.parameters.is_empty() {
        return vec![line(std::array::from_fn(|_| String::new()))];
    }
    row.parameters
        .iter()
        .map(|parameter| {
            line([
                parameter.name.clone(),
                parameter.unit.clone(),
                parameter.pack_value.clone(),
                parameter.value.clone(),
                parameter.whose.to_owned(),
                parameter.mark_words.to_owned(),
                parameter.direction.to_owned(),
                parameter.changed_by.clone().unwrap_or_default(),
                parameter.changed_at.map(domain::time::beijing_minutes).unwrap_or_default(),
            ])
        })
        .collect()
}
